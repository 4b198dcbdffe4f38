"""Mistakes in a scenario that its types can't catch: nothing happens, a time is too late, an id that there isn't."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from warroom.text import toml
from warroom.text.cleaning import clean_line
from warroom.text.mistakes import Mistake

if TYPE_CHECKING:
    from warroom.model.scenario import Event, Expected, Known, Question, Scenario, Step

_WITH_WHAT = ("message", "fact", "role", "item", "trigger")
"""The acts of which `what` is an id."""
_A = {
    "audience": "an audience",
    "item": "a checklist item",
    "message": "a kind of message",
    "remark": "a kind of remark",
}
CONDITIONS = ("if_sent", "unless_sent")
"""The keys of an event that make it depend on a kind of message."""
_MOST_SHOWN = 60
_LEVELS = ("1", "2", "3", "4")


def mistyped(data: dict[str, Any], file: str) -> list[tuple[str, str]]:
    """Keys that are unknown, missing or of the wrong type, each as (key, what is expected): one of each row at most."""
    from warroom.model.scenario import Event, Expected, Question, Step, Written

    try:
        toml.convert(data, Written, file=file)
    except Mistake as mistake:
        first = mistake
    else:
        return []
    rest = dict(data)
    whole: list[tuple[str, str]] = []
    found: list[tuple[str, str]] = []
    for name, shape in (("events", Event), ("questions", Question), ("expected", Expected), ("tour", Step)):
        if not isinstance(data.get(name), list):
            continue
        for number, row in enumerate(data[name][:_MOST_LOOKED_AT]):
            try:
                toml.convert(row, shape, file=file)
            except Mistake as mistake:
                found.append((f"{name}[{number}]{f'.{mistake.where}' if mistake.where else ''}", mistake.reason))
        if found and found[-1][0].startswith(name):
            rest[name] = []
    while len(whole) <= len(data) + len(_REQUIRED):
        try:
            toml.convert(rest, Written, file=file)
            break
        except Mistake as mistake:
            whole.append((str(mistake.where), mistake.reason))
            key = str(mistake.where).partition("[")[0].partition(".")[0]
            rest.pop(key, None)
            if key in _REQUIRED:
                rest[key] = _REQUIRED[key]
    return [*whole, *found] or [(str(first.where), first.reason)]


_REQUIRED: dict[str, Any] = {"title": "x", "lesson": "x", "briefing": "x", "minutes": 1, "events": []}
"""The keys that a scenario must have, each with a value that is no mistake."""
_MOST_LOOKED_AT = 50


def mistakes(scenario: Scenario, known: Known | None) -> Iterator[tuple[str, str]]:
    """Mistakes that types can't catch, each as (key, what is expected); without `known`, any id is fine."""
    if not scenario.events:
        yield "events", "expected at least one event"
        return
    for key in ("title", "lesson", "briefing"):
        if not getattr(scenario, key).strip():
            yield key, "expected text that is not empty"
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", scenario.starts):
        yield "starts", f"expected a time of day such as 03:17, found {_shown(scenario.starts)}"
    for number, event in enumerate(scenario.events, 1):
        yield from _of_event(f"events[number {number}]", event, scenario, known)
    for number, question in enumerate(scenario.questions, 1):
        yield from _of_question(f"questions[number {number}]", question, scenario, known)
    for number, expected in enumerate(scenario.expected, 1):
        yield from _of_expected(f"expected[number {number}]", expected, scenario, known)
    for number, step in enumerate(scenario.tour, 1):
        yield from _of_step(f"tour[number {number}]", step, scenario, known)
    yield from _unannounced(scenario)
    seen: set[str] = set()
    for number, question in enumerate(scenario.questions, 1):
        if question.id and question.id in seen:
            yield (
                f"questions[number {number}].id",
                f"expected every id once, found {_shown(question.id)} twice",
            )
        seen.add(question.id)


def _of_event(key: str, row: Event, scenario: Scenario, known: Known | None) -> Iterator[tuple[str, str]]:
    yield from _too_late(key, row.at, scenario)
    yield from _blank(key, {"says": row.says, "by": row.by})
    for fact in row.tells:
        yield from _unknown(f"{key}.tells", "fact", fact, known)
    for name in CONDITIONS:
        if not (kind := getattr(row, name)):
            continue
        yield from _unknown(f"{key}.{name}", "message", kind, known)
        if row.tells or row.rings:
            yield f"{key}.{name}", "expected nothing here, because what tells facts or rings has to happen"


def _of_question(key: str, row: Question, scenario: Scenario, known: Known | None) -> Iterator[tuple[str, str]]:
    yield from _too_late(key, row.at, scenario)
    yield from _blank(key, {"by": row.by, "asks": row.asks, "better": row.better})
    if not row.answer:
        yield f"{key}.answer", "expected at least one of message, decision, log"
    if row.to:
        for audience in audiences(row.to):
            yield from _unknown(f"{key}.to", "audience", audience, known)
        if "message" not in row.answer:
            yield f"{key}.to", "expected nothing here, because a message does not answer this question"
    for number, word in enumerate(row.about, 1):
        yield from _blank(f"{key}.about", {f"number {number}": word})
    for remark in row.never:
        yield from _unknown(f"{key}.never", "remark", remark, known)


def audiences(to: str) -> list[str]:
    """The ids of the audiences that a question names: `customers, support`."""
    return [id.strip() for id in to.split(",")] if to else []


def _of_expected(key: str, row: Expected, scenario: Scenario, known: Known | None) -> Iterator[tuple[str, str]]:
    from warroom.model.scenario import LONGEST_MIN

    yield from _blank(key, {"text": row.text, "better": row.better})
    if row.by != LONGEST_MIN and row.by > scenario.minutes:
        yield f"{key}.by", f"expected a minute up to {scenario.minutes}, the length of the drill, found {row.by:g}"
    if row.since > min(row.by, scenario.minutes):
        yield f"{key}.since", f"expected a minute before {min(row.by, scenario.minutes):g}, found {row.since:g}"
    if row.who and row.act != "role":
        yield f"{key}.who", "expected nothing here, because only a role has a holder"
    if row.act in _WITH_WHAT and not row.what:
        yield f"{key}.what", f"this key is required where act is {row.act!r}: the id of {_a(row.act)}"
    else:
        yield from _what(f"{key}.what", row.act, row.what, known)


def _of_step(key: str, row: Step, scenario: Scenario, known: Known | None) -> Iterator[tuple[str, str]]:
    yield from _blank(key, {"say": row.say, "press": row.press, "why": row.why})
    if row.at is not None:
        yield from _too_late(key, row.at, scenario)
    if row.what or row.until == "severity":
        yield from _what(f"{key}.what", row.until, row.what, known)


def _what(key: str, act: str, what: str, known: Known | None) -> Iterator[tuple[str, str]]:
    if act == "severity":
        if what not in _LEVELS:
            yield key, f"expected one of {', '.join(_LEVELS)} in quotes, found {_shown(what)}"
    elif act in _WITH_WHAT:
        yield from _unknown(key, act, what, known)
    elif what:
        yield key, f"expected nothing here, because {act!r} needs no more"


def _unannounced(scenario: Scenario) -> Iterator[tuple[str, str]]:
    """Incidents that nothing asks for."""
    announced = {row.incident for row in scenario.events if row.rings}
    for name in ("events", "questions", "expected"):
        for number, row in enumerate(getattr(scenario, name), 1):
            if row.incident not in announced:
                yield (
                    f"{name}[number {number}].incident",
                    f"expected an event with rings = true and incident = {row.incident}, which asks for it",
                )
    missing = set(range(1, scenario.incidents + 1)) - announced
    if missing:
        yield "events", f"expected incident {min(missing)} before incident {scenario.incidents}"


def _too_late(key: str, at: float, scenario: Scenario) -> Iterator[tuple[str, str]]:
    if at > scenario.minutes:
        yield f"{key}.at", f"expected a minute up to {scenario.minutes}, the length of the drill, found {at:g}"


def _blank(key: str, texts: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name, text in texts.items():
        if not text.strip():
            yield f"{key}.{name}", "expected text that is not empty"


def _unknown(key: str, kind: str, id: str, known: Known | None) -> Iterator[tuple[str, str]]:
    if known is None or id in (ids := known(kind)):
        return
    from difflib import get_close_matches

    near = get_close_matches(id[:_MOST_SHOWN], ids, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(ids) or 'none'}"
    yield key, f"expected the id of {_a(kind)}, found {_shown(id)}; {hint}"


def _shown(text: str) -> str:
    """A text in quotation marks, shortened to fit into a sentence."""
    words = clean_line(repr(text))
    return words if len(words) <= _MOST_SHOWN else f"{words[: _MOST_SHOWN - 1]}…"


def _a(kind: str) -> str:
    return _A.get(kind, f"a {kind}")


def fitted(scenario: Scenario, known: Known) -> Scenario:
    """A scenario without the rows and facts that name what a company's playbook or messages don't have.

    That is for the built-in ones, which can't know what a company has changed.
    """

    def has(kind: str, id: str) -> bool:
        return id in known(kind)

    return msgspec.structs.replace(
        scenario,
        events=[
            msgspec.structs.replace(row, tells={id: words for id, words in row.tells.items() if has("fact", id)})
            if row.tells
            else row
            for row in scenario.events
            if all(not kind or has("message", kind) for kind in (row.if_sent, row.unless_sent))
        ],
        questions=[
            msgspec.structs.replace(
                row,
                to=", ".join(id for id in audiences(row.to) if has("audience", id)),
                never=[id for id in row.never if has("remark", id)],
            )
            for row in scenario.questions
        ],
        expected=[row for row in scenario.expected if row.act not in _WITH_WHAT or has(row.act, row.what)],
    )
