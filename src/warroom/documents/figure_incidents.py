"""The incidents behind a figure: which they are, and what each of them adds to it; the most telling one first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import tzinfo

import msgspec

from warroom.documents.figure_words import span
from warroom.model import ids, times
from warroom.model.action_items import counts, tally
from warroom.model.cases import Case
from warroom.model.figures import MEASURES
from warroom.text.counts import counted

SYSTEM, CAUSE = "system:", "cause:"
"""How the ids of the rows begin that stand for a system or a cause; a name follows, as `Case` compares it."""
_POST_MORTEM = {
    "open_late": "not done yet, late",
    "open": "not done yet",
    "let_go": "closed without one",
    "done_late": "done late",
    "waived": "waived",
    "done": "done",
    "extra": "done, not owed",
}
"""How a post-mortem stands, in words; what is worst comes first."""


class Behind(msgspec.Struct, frozen=True):
    """An incident behind a figure, and in `words` what it adds to it, or why it is `left_out`."""

    case: Case
    words: str
    left_out: bool = False


def behind(found: Iterable[Case], figure: str, now: int, tz: tzinfo | None) -> list[Behind]:
    """The incidents behind a figure, see `FigureRow` for its id; none for a figure that there is not.

    Those that are left out of a time or of the cost come last, by reason.
    """
    measure = next((number for number, measure in enumerate(MEASURES) if measure.id == figure), None)
    add: Callable[[Case], _Added | None]
    if measure is not None:
        add = lambda case: _time(case, measure)  # noqa: E731
    elif figure.startswith(SYSTEM):
        add = lambda case: _named(case, case.system[0] == figure.removeprefix(SYSTEM))  # noqa: E731
    elif figure.startswith(CAUSE):
        add = lambda case: _named(case, case.cause[0] == figure.removeprefix(CAUSE))  # noqa: E731
    elif figure == "actions":
        add = lambda case: _action_items(case, times.day(now, tz), tz)  # noqa: E731
    else:
        add = _OTHERS.get(figure, lambda case: None)
    rows: list[tuple[tuple[bool, str], tuple[float, ...], int, Behind]] = []
    for case in found:
        if (told := add(case)) is not None:
            out = isinstance(told, _LeftOut)
            place = () if isinstance(told, _LeftOut) else told[0]
            words = told.because if isinstance(told, _LeftOut) else told[1]
            rows.append(((out, words if out else ""), place, -case.incident.began, Behind(case, words, out)))
    return [row for *_, row in sorted(rows, key=lambda row: row[:3])]


class _LeftOut(msgspec.Struct, frozen=True):
    """That a figure leaves an incident out, and why."""

    because: str


_Added = tuple[tuple[float, ...], str] | _LeftOut
"""What an incident adds to a figure, with a sort key; or why it is left out."""


def _all(case: Case) -> tuple[tuple[float, ...], str]:
    return (), case.incident.outcome


def _time(case: Case, measure: int) -> _Added | None:
    if case.incident.cancelled:
        return None
    took = case.spans[measure]
    return _LeftOut(took) if isinstance(took, str) else ((-took,), span(took))


def _named(case: Case, same: bool) -> tuple[tuple[float, ...], str] | None:
    return ((), case.incident.outcome) if same and not case.incident.cancelled else None


def _promises(case: Case) -> tuple[tuple[float, ...], str] | None:
    if not case.promises:
        return None
    missed = sum(promise.state == "missed" for promise in case.promises)
    late = [late for promise in case.promises if (late := promise.late_by) is not None]
    running = sum(promise.state == "running" for promise in case.promises)
    made = len(case.promises)
    parts = [
        f"{missed} never came" if missed else "",
        f"{len(late)} late, by {'' if len(late) == 1 else 'up to '}{span(max(late))}" if late else "",
        f"{running} running" if running else "",
    ]
    broken = missed + len(late)
    words = ", ".join(filter(None, parts)) + f" (of {made})" if broken or running else f"kept (of {made})"
    return (-broken, -missed, -max(late, default=0), -running), words


def _escalations(case: Case) -> tuple[tuple[float, ...], str] | None:
    sent, steps = len(case.incident.sent([ids.MESSAGE_ESCALATION])), len(case.incident.escalations)
    if not sent and not steps:
        return None
    parts = [
        counted(sent, "message") if sent else "",
        counted(steps, "other step") if steps else "",
    ]
    return (-sent, -steps), ", ".join(filter(None, parts))


def _cost(case: Case) -> _Added | None:
    if case.incident.cancelled:
        return None
    if case.cost is None:
        return _LeftOut("revenue per hour not known")
    return (-case.cost.amount,), case.cost.text


def _post_mortem(case: Case) -> tuple[tuple[float, ...], str] | None:
    order = list(_POST_MORTEM)
    return (
        ((order.index(case.post_mortem),), _POST_MORTEM[case.post_mortem]) if case.post_mortem in _POST_MORTEM else None
    )


def _action_items(case: Case, today: str, tz: tzinfo | None) -> tuple[tuple[float, ...], str] | None:
    if not case.items:
        return None
    found = tally(case.items, today, tz)
    return (-found.overdue, -found.open), counts(found)


_OTHERS: dict[str, Callable[[Case], _Added | None]] = {
    "incidents": _all,
    "promises": _promises,
    "escalations": _escalations,
    "cost": _cost,
    "postmortems": _post_mortem,
}
