"""One thing that was checked in a drill, and the parts of the report that checks belong to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

PartId = Literal["promises", "first", "wording", "twice", "escalation", "now", "questions", "expected"]

PARTS: dict[PartId, str] = {
    "promises": "Promised updates",
    "first": "First communication",
    "wording": "Wording of what was sent",
    "twice": "Facts written down, and asked for once",
    "escalation": "Escalation by the rules",
    "now": "The NOW line",
    "questions": "Questions that people asked",
    "expected": "What this scenario teaches",
}
"""The parts of a report with their headings, in the order in which they are shown."""

BRIEF: dict[PartId, str] = {
    "promises": "promises",
    "first": "first words",
    "wording": "wording",
    "twice": "facts",
    "escalation": "escalation",
    "now": "NOW",
    "questions": "answers",
    "expected": "the lesson",
}
"""The parts where there is little room."""

NOTHING: dict[PartId, str] = {
    "promises": "No promised update was due.",
    "first": "Nobody outside had to be told by then.",
    "wording": "No message was sent.",
    "twice": "Nothing was told that had to be written down by then, or asked twice.",
    "escalation": "No rule asked for it, and nobody escalated.",
    "now": "Nothing that it asked for was due.",
    "questions": "Nobody asked anything.",
    "expected": "Nothing was expected yet.",
}
"""What is said of a part in which there was nothing to check."""

PRAISE: dict[PartId, str] = {
    "promises": "Every promised update came in time.",
    "first": "Everybody heard of it within the limits of its severity.",
    "wording": "No message went out with a remark on its wording.",
    "twice": "What people told you was written down within minutes, and asked for once.",
    "escalation": "You escalated as the rules say.",
    "now": "Everything that the NOW line asked for was done in time.",
    "questions": "After every question, something that could answer it went out in time.",
    "expected": "Everything that this scenario teaches was done.",
}
"""What is said of a part in which every check held, of several."""


class Where(msgspec.Struct, frozen=True):
    """What a check is about: the reference of the incident, and the key of the log line, if there is one.

    Of checks that have the same `about` or the same `message`, the summary of a report names only one. `message` is
    what came late or never: the key of its entry, or its kind.
    """

    about: str = ""
    incident: str = ""
    entry: str = ""
    message: str = ""

    def on(self, entry: str) -> Where:
        """The same, on a line of the log."""
        return msgspec.structs.replace(self, entry=entry)

    def of_message(self, number: int, kind: str, key: str = "") -> Where:
        """The same, of a message of incident `number` that came late, or with no `key` never."""
        return msgspec.structs.replace(self, message=key or f"{number}:{kind}")


class Check(msgspec.Struct, frozen=True):
    """Something that was checked: whether it `held`, when (`at`, ms UTC of the drill's clock), and what happened.

    `better` is what would have been better, empty where it held. `weight` says how much it matters. `said` is the
    sentence that it is about, word for word, and `why` says what is wrong with it, where the text does not.

    Checks that did not hold and have the same `group` are shown as one, if there are several: `group` is what they have
    in common, with `{}` for how many they are, and `brief` is what each adds to that.
    """

    part: PartId
    held: bool
    at: int
    text: str
    better: str = ""
    weight: int = 50
    said: str = ""
    where: Where = Where()
    why: str = ""
    group: str = ""
    brief: str = ""


_FEWEST = 2
"""From so many on, checks that have the same to say are shown as one."""


def grouped(checks: Sequence[Check]) -> tuple[Check, ...]:
    """The checks in their order, those that have the same to say as one, in the place of the first."""
    rows: dict[tuple[str, str], list[Check]] = {}
    for number, check in enumerate(checks):
        key = (check.group, check.where.incident) if check.group and not check.held else ("", str(number))
        rows.setdefault(key, []).append(check)
    shown = (of if len(of) < _FEWEST else [_as_one(of)] for of in rows.values())
    return tuple(sorted((check for some in shown for check in some), key=lambda check: check.at))


def _as_one(checks: Sequence[Check]) -> Check:
    worst = max(checks, key=lambda check: check.weight)
    text = f"{worst.group.format(len(checks))}: {'; '.join(check.brief for check in checks)}."
    return msgspec.structs.replace(worst, at=checks[0].at, text=text, where=checks[0].where)
