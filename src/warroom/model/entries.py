"""The kinds of entry a journal holds, and the codec that carries them in and out of its `data` column.

Adding a kind is adding a struct here and to `Body`; folding it is `incident.py`'s affair. A kind this version does not
know (written by a newer one, or exchanged from another machine) decodes to `Unknown` and is kept and shown as text.
"""

from __future__ import annotations

from typing import Any

import msgspec

from warroom.text.cleaning import clean, clean_deep


class _Body(msgspec.Struct, frozen=True, tag_field="kind", omit_defaults=True):
    """What the fields of one kind of entry share: they are immutable, and `kind` names them in the JSON."""


class Declared(_Body, frozen=True, tag="declared"):
    """The first entry of an incident; times in ms UTC. `began` is when it started, `learned` when the user heard."""

    title: str
    severity: int
    began: int
    learned: int
    detected_by: str = ""


class Retitled(_Body, frozen=True, tag="title"):
    """A better title than the one typed in the first minute."""

    title: str


class SeveritySet(_Body, frozen=True, tag="severity"):
    """A change of severity, 1 (critical) to 4 (low), and why."""

    severity: int
    because: str = ""


class StageSet(_Body, frozen=True, tag="stage"):
    """The incident entering a stage of its life by the user's word; `stage` is a stage id of the playbook."""

    stage: str


class RoleAssigned(_Body, frozen=True, tag="role"):
    """Someone taking a role; an empty name vacates it. `replaces` is who gives it up, `contact` a number.

    `several` seats them beside those present; without it they are the only holder, whoever else was seated meanwhile.
    """

    role: str
    name: str
    replaces: str = ""
    contact: str = ""
    several: bool = False


class FactSet(_Body, frozen=True, tag="fact"):
    """One thing known about the incident; the latest value of a name counts, an empty one withdraws it."""

    name: str
    value: str


class ItemTicked(_Body, frozen=True, tag="item"):
    """A checklist item ticked or unticked; `value` is what was answered while ticking."""

    item: str
    done: bool
    value: str = ""


class Noted(_Body, frozen=True, tag="note"):
    """Something that happened or was learned; the words are the entry's text."""


class ActionTaken(_Body, frozen=True, tag="action"):
    """Something that was done, and by whom; what was done is the entry's text."""

    by: str = ""


class DecisionMade(_Body, frozen=True, tag="decision"):
    """A decision with its reason; what was decided is the entry's text."""

    because: str = ""
    options: str = ""
    by: str = ""
    asked_by: str = ""


class MessageSent(_Body, frozen=True, tag="message"):
    """A message that went out, word for word; `promise` is the next update it promises (ms UTC), if it does.

    `message` is the id of the message kind (`initial`, `update`, …), `number` counts that kind within the incident
    (status updates are numbered from 2 on when an initial acknowledgement went before), `channel` the form it was
    written for (plain, email, slack, markdown, status), `fields` what was filled in, to carry over to the next one.
    """

    message: str
    number: int
    to: str
    subject: str
    body: str
    channel: str = "plain"
    promise: int | None = None
    fields: dict[str, str] = {}


class ClockSnoozed(_Body, frozen=True, tag="snooze"):
    """A clock told to be quiet until a moment (ms UTC), and why; `due` is the deadline it was quietened for."""

    clock: str
    until: int
    because: str
    due: int = 0


class TimerStarted(_Body, frozen=True, tag="timer"):
    """A clock of the user's own, due at a moment (ms UTC); `every` ms after it is dealt with it is due again."""

    label: str
    due: int
    every: int = 0


class TimerFinished(_Body, frozen=True, tag="timer-done"):
    """An own clock dealt with, or stopped for good; a repeating one is due again at `due` (ms UTC)."""

    target: str
    due: int = 0


class AdviceDismissed(_Body, frozen=True, tag="dismissed"):
    """Advice of the NOW line that does not apply here, and why; it is not given again."""

    rule: str
    about: str
    because: str


class TriggerAnswered(_Body, frozen=True, tag="trigger"):
    """The answer to a question only a person can answer: whether a reason to escalate holds."""

    trigger: str
    holds: bool


class EscalationStep(_Body, frozen=True, tag="escalation"):
    """A step of escalating. `step` is `told` (the incident commander agrees or objects, `agrees`), `skipped` (step 1
    left out) or `declined` (a decision not to escalate); the latter two with their reason.
    """

    step: str
    agrees: bool = False
    because: str = ""
    triggers: list[str] = []


class DecisionReviewed(_Body, frozen=True, tag="ruling"):
    """What became of a decision later: `confirmed` or `reversed`, and why."""

    target: str
    outcome: str
    because: str = ""


class DecisionContextAdded(_Body, frozen=True, tag="context"):
    """What was added to a decision after it was logged; empty fields leave what was said before."""

    target: str
    options: str = ""
    by: str = ""
    asked_by: str = ""


class Resolved(_Body, frozen=True, tag="resolved"):
    """The fix is in and verified; the entry's `at` is when the users' trouble ended, its text how."""


class Closed(_Body, frozen=True, tag="closed"):
    """Nothing is left to do; acts are refused from here on unless it is reopened."""


class Reopened(_Body, frozen=True, tag="reopened"):
    """A resolved or closed incident that is not over after all, and why."""

    because: str = ""


class Amended(_Body, frozen=True, tag="amended"):
    """A correction: the target entry reads as this entry's text and `at` from now on; the original stays readable."""

    target: str
    because: str = ""


class Retracted(_Body, frozen=True, tag="retracted"):
    """An entry taken back: it no longer counts, and stays readable."""

    target: str
    because: str = ""


class Unknown(msgspec.Struct, frozen=True):
    """A kind from a newer version: kept as it came, shown by its text."""

    kind: str
    data: str


Known = (
    Declared
    | Retitled
    | SeveritySet
    | StageSet
    | RoleAssigned
    | FactSet
    | ItemTicked
    | Noted
    | ActionTaken
    | DecisionMade
    | MessageSent
    | ClockSnoozed
    | TimerStarted
    | TimerFinished
    | AdviceDismissed
    | TriggerAnswered
    | EscalationStep
    | DecisionReviewed
    | DecisionContextAdded
    | Resolved
    | Closed
    | Reopened
    | Amended
    | Retracted
)
Body = Known | Unknown

_decode = msgspec.json.Decoder(Known).decode
_encoder = msgspec.json.Encoder(order="sorted")

NARRATIVE = frozenset({"note", "action"})
"""Kinds that change no state: read a screenful at a time, never folded."""


class Draft(msgspec.Struct, frozen=True):
    """What is about to become an entry: the body, the words for the timeline, when it happened (None: now)."""

    body: Known
    text: str
    at: int | None = None


class Entry(msgspec.Struct, frozen=True):
    """One line of the journal as it stands in a file; `at` and `recorded` in ms UTC."""

    seq: int
    origin: str
    n: int
    hlc: int
    incident: str
    at: int
    recorded: int
    author: str
    text: str
    body: Body

    @property
    def kind(self) -> str:
        """The entry's kind as the journal's column has it."""
        return kind_of(self.body)

    @property
    def key(self) -> str:
        """What names this entry on every machine: what `Amended.target` and `Retracted.target` hold."""
        return f"{self.origin}:{self.n}"

    @property
    def order(self) -> tuple[int, str, int]:
        """Where the entry stands among state-changing ones, the same on every machine."""
        return (self.hlc, self.origin, self.n)

    @property
    def skew(self) -> int:
        """How far the clock that timed it stood behind what this journal had already seen, in ms; 0 as a rule.

        The upper bits of `hlc` never go back; a wall clock does, when it is set or when another machine's runs ahead.
        """
        return max((self.hlc >> 16) - self.recorded, 0)

    @property
    def added_late(self) -> int:
        """How much later than it happened it was written down, in ms; 0 under a minute."""
        late = self.recorded - self.at
        return late if late >= 60_000 else 0


def kind_of(body: Body) -> str:
    """Name a body's kind as the `kind` column stores it."""
    return body.kind if isinstance(body, Unknown) else str(type(body).__struct_config__.tag)


def encode(body: Body) -> str:
    """Turn a body into the text of the `data` column, every string in it cleaned."""
    if isinstance(body, Unknown):
        return body.data
    return _encoder.encode(clean_deep(msgspec.to_builtins(body))).decode()


def decode(kind: str, data: str) -> Body:
    """Turn a `data` column back into a body; a kind or shape this version does not know comes back as `Unknown`."""
    try:
        body: Any = _decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError):
        return Unknown(kind, data)
    return body if kind_of(body) == kind else Unknown(kind, data)


def cleaned(draft: Draft) -> Draft:
    """A draft whose words and fields can be shown and stored as they are; see `cleaning.clean`."""
    body = msgspec.convert(clean_deep(msgspec.to_builtins(draft.body)), type(draft.body))
    return Draft(body=body, text=clean(draft.text), at=draft.at)
