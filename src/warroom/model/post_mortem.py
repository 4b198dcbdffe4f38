"""The post-mortem as it stands: its state, its sections, when it is due, and the lines of its timeline."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import tzinfo

import msgspec

from warroom.model import times
from warroom.model.after_the_fix import Section
from warroom.model.clocks import Clock
from warroom.model.entries import Entry, Logged
from warroom.model.incident import Incident
from warroom.model.kinds.decisions import DecisionMade
from warroom.model.kinds.escalation import EscalationStep
from warroom.model.kinds.lifecycle import Closed, Declared, Reopened, Resolved
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import MilestoneSet, superseded
from warroom.model.kinds.post_mortem import (
    DONE,
    DRAFT,
    LEFT_OUT,
    NOT_STARTED,
    PICKED,
    PINNED,
    WAIVED,
    LineChosen,
    PostMortemState,
    SectionWritten,
    chosen_lines,
    heads,
)
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.playbook import Playbook
from warroom.model.prefill import Known, prefilled
from warroom.model.recovery import worst_severity
from warroom.model.times import MINUTE

STRUCTURED = ("timeline", "action_items")
"""The sections that are lists of their own: lines of the log, and action items."""
MATTERS = (
    Declared, SeveritySet, DecisionMade, MessageSent, EscalationStep, MilestoneSet, Resolved, Reopened, Closed,
)  # fmt: skip
"""The kinds of entry that the timeline of a post-mortem shows unless they are left out."""


FEW_NOTES = 30
"""With no more notes than this, all of them are in the timeline; of more, those that somebody picks."""


class SectionState(msgspec.Struct, frozen=True):
    """A section now: its text, and whether that is filled in from the log (`live`) because nobody has edited it.

    `versions` are the versions that no later one follows: more than one if people wrote side by side; the last is the
    text, and the next version follows them all.
    """

    row: Section
    text: str
    live: bool
    versions: tuple[Logged[SectionWritten], ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """The keys of the versions that the next one follows."""
        return tuple(logged.key for logged in self.versions)

    def whole(self, tz: tzinfo | None) -> str:
        """The text; where people wrote side by side all of it, each text with who wrote it when, for one to be made."""
        if not self.others:
            return self.text
        versions = [one for one in reversed(self.versions) if not one.body.live]
        return "\n\n".join(f"[by {one.author}, {times.clock_zone(one.at, tz)}]\n{one.text}" for one in versions)

    @property
    def others(self) -> tuple[Logged[SectionWritten], ...]:
        """The other texts, where people wrote side by side."""
        return self.versions[:-1]


class PostMortem(msgspec.Struct, frozen=True):
    """The post-mortem now. `by` reviews it, `because` is why it is waived; `due` is in ms UTC, None if none is owed."""

    state: str
    by: str
    because: str
    at: int | None
    due: int | None
    sections: tuple[SectionState, ...]

    @property
    def owed(self) -> bool:
        """Whether it is owed, and neither done nor waived."""
        return self.due is not None and self.state not in (DONE, WAIVED)

    def section(self, id: str) -> SectionState | None:
        """The section with that id, if there is one."""
        return next((section for section in self.sections if section.row.id == id), None)


def standing(incident: Incident) -> tuple[str, str, str, int | None]:
    """The state of the post-mortem, by whom and because of what it was set, and when (ms UTC; None if it never was)."""
    last, restarted = incident.last(PostMortemState), incident.restarted
    if last is not None and restarted and last.order < restarted.order and last.body.state in (DONE, WAIVED):
        return DRAFT, "", "", restarted.at
    if last is not None:
        return last.body.state, last.body.by, last.body.because, last.at
    begun = bool(heads(incident)) or incident.last(LineChosen) is not None
    return DRAFT if begun else NOT_STARTED, "", "", None


def post_mortem(known: Known) -> PostMortem:
    """Work out the post-mortem; what was done before a recurrence is a draft again."""
    incident, rules = known.incident, known.playbook.post_mortem
    written = heads(incident)
    state, by, because, at = standing(incident)
    return PostMortem(
        state,
        by,
        because,
        at,
        due(incident, known.playbook),
        tuple(_section(row, written.get(row.id, ()), known) for row in _rows(rules.sections, written)),
    )


def _rows(rows: Iterable[Section], written: Iterable[str]) -> list[Section]:
    """The playbook's sections, and after them those that it no longer has, but somebody wrote."""
    known = {row.id: row for row in rows}
    gone = (id for id in written if id not in known)
    return [*known.values(), *(Section(id, id.replace("_", " ").capitalize()) for id in gone)]


def due(incident: Incident, playbook: Playbook) -> int | None:
    """When the post-mortem is due (ms UTC); None if none is owed, or nothing is owed any more.

    Of a past incident, none is owed that was due before it was written down.
    """
    owed = worst_severity(incident) in playbook.post_mortem.owed
    if not owed or incident.resolved_at is None or not incident.follow_up_goes_on:
        return None
    until = incident.resolved_at + playbook.post_mortem.within_min * MINUTE
    return None if incident.came_too_early(until) else until


def _section(row: Section, versions: tuple[Logged[SectionWritten], ...], known: Known) -> SectionState:
    if versions and not versions[-1].body.live:
        return SectionState(row, versions[-1].text, live=False, versions=versions)
    text = "" if row.id in STRUCTURED else prefilled(row.id, known)
    return SectionState(row, text, live=True, versions=versions)


def settled(incident: Incident) -> bool:
    """Whether the post-mortem is done or waived, since the last recurrence; cheaper than all of it."""
    last, restarted = incident.last(PostMortemState), incident.restarted
    since = restarted.order if restarted else (0, "", 0)
    return last is not None and last.order > since and last.body.state in (DONE, WAIVED)


def post_mortem_clock(incident: Incident, playbook: Playbook, id: str) -> Clock | None:
    """The clock of a post-mortem that is owed."""
    until = due(incident, playbook)
    if until is None or incident.resolved_at is None or settled(incident):
        return None
    return Clock(id, "Post-mortem", incident.resolved_at, until, "ok", 0)


class Line(msgspec.Struct, frozen=True):
    """A line of the post-mortem's timeline: when it happened (ms UTC), its kind and its words there.

    `entry` is the entry as the journal has it, `how` says if somebody picked, pinned or left it out. Nobody can do that
    with a `fixed` one: it is another line of an entry whose last line can be chosen.
    """

    entry: Entry
    at: int
    kind: str
    words: str
    how: str = ""
    reworded: bool = False
    fixed: bool = False


def timeline_lines(incident: Incident, playbook: Playbook, others: Iterable[Entry]) -> list[Line]:
    """The lines of the post-mortem's timeline, in the order in which they happened.

    Shown are the kinds in MATTERS, but not milestones that were corrected later; and of `others` (notes, actions and
    lines picked by hand) those that were picked or pinned, actions, and notes if there are only few; never what was
    left out or taken back.
    """
    chosen = chosen_lines(incident)
    found: dict[str, list[Line]] = {}
    preselected: list[Entry] = [logged.entry for kind in MATTERS for logged in incident.all(kind)]
    others = list(others)
    notes = sum(incident.shown(entry).kind == "note" for entry in others) <= FEW_NOTES
    dropped = superseded(incident)
    for entry in (*preselected, *others):
        how = chosen[entry.key].how if entry.key in chosen else _pinned(incident, entry)
        body = incident.shown(entry).body
        told = body.kind == "action" or (body.kind == "note" and notes)
        matters = isinstance(body, MATTERS) and entry.key not in dropped
        if entry.key not in found and (how or matters or told):
            lines = lines_of(incident, playbook, entry)
            found[entry.key] = [line for line in lines if line.how != LEFT_OUT]
    shown = (line for lines in found.values() for line in lines)
    return sorted(shown, key=lambda line: (line.at, line.entry.order))


def lines_of(incident: Incident, playbook: Playbook, entry: Entry) -> list[Line]:
    """An entry as it reads in the post-mortem's timeline; none if it was taken back, or is no line of its own.

    Of an entry with several lines, such as the declaration, a choice is about the last one; the others stay.
    """
    change = incident.replaced.get(entry.key)
    if entry.body.corrects is not None or (change is not None and change.retracted):
        return []
    choice = chosen_lines(incident).get(entry.key)
    now = entry.corrected(change)
    *before, (at, kind, words) = now.body.log_lines(now, now.at, now.text, playbook) or [(0, "", "")]
    if isinstance(now.body, Declared) and before:
        # When it was detected is not known: it was by the time it was declared.
        before = [(now.at, "incident", "began")]
        words = f"detected via {now.body.detected_by}; {words}" if now.body.detected_by else words
    if not kind:
        return []
    own = choice.words if choice else ""
    how = choice.how if choice else _pinned(incident, entry)
    last = Line(entry, at, kind, own or words, how, reworded=bool(own))
    return [*(Line(entry, ms, name, text, fixed=True) for ms, name, text in before), last]


def _pinned(incident: Incident, entry: Entry) -> str:
    """What is chosen for a line about which nobody has said anything here: it may be pinned in the incident's own."""
    return PINNED if entry.key in incident.pinned else ""


def picked_keys(incident: Incident) -> list[str]:
    """The keys of the lines that were picked or pinned, here or in the incident's own timeline."""
    chosen = chosen_lines(incident)
    picked = [key for key, choice in chosen.items() if choice.how in (PICKED, PINNED)]
    return [*picked, *(key for key in sorted(incident.pinned) if key not in chosen)]


def people_named(incident: Incident) -> tuple[str, ...]:
    """The names of everybody who has or had a role, or wrote something that the incident's state is made of."""
    roles = (logged.body.name for logged in incident.all(RoleAssigned))
    authors = (logged.author for found in incident.by_kind.values() for logged in found)
    return tuple(dict.fromkeys(name for name in (*roles, *authors) if name))


# The whole post-mortem as one text, for an editor.

_MARK = "=== "
_LIKE_MARK = re.compile(r"^(?= *===)", re.MULTILINE)
"""Where a line of a text could be taken for one of ours: it gets a space in front while it is edited."""
_ABOUT = """\
# Edit the sections below the lines that begin with ===, and leave those lines as they are. A section that you don't
# change stays as it is, also where it is filled in from the log. Lines that begin with # at the top are left out.
"""


def as_text(sections: Iterable[SectionState], tz: tzinfo | None) -> str:
    """All sections that are texts as one text to edit, each below a line with its id and title."""
    parts = [
        f"{_MARK}{section.row.id} === {section.row.title}\n{_LIKE_MARK.sub(' ', section.whole(tz))}\n"
        for section in _texts(sections)
    ]
    return f"{_ABOUT}\n" + "\n".join(parts)


def changed_sections(text: str, sections: Iterable[SectionState], tz: tzinfo | None) -> dict[str, str]:
    """The sections that were changed in such a text, by id. What is below no known line belongs to the one above it."""
    known = {section.row.id: section.whole(tz) for section in _texts(sections)}
    found: dict[str, list[str]] = {}
    current: list[str] | None = None
    for line in text.split("\n"):
        id = line.removeprefix(_MARK).split(" === ")[0].strip() if line.startswith(_MARK) else ""
        if id in known and id not in found:
            current = found.setdefault(id, [])
        elif current is not None:
            current.append(line.removeprefix(" ") if _LIKE_MARK.match(line.removeprefix(" ")) else line)
    texts = {id: "\n".join(lines).strip("\n") for id, lines in found.items()}
    return {id: words for id, words in texts.items() if words != known[id].strip("\n")}


def _texts(sections: Iterable[SectionState]) -> list[SectionState]:
    return [section for section in sections if section.row.id not in STRUCTURED]
