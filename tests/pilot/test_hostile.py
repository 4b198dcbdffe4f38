"""Text that would act on a terminal, on markup or on a template is shown as text, wherever it comes in and out."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.console import (
    LARGE,
    MARK_SENT,
    NOBODY_PRINTS,
    PLAYBOOK,
    SMALL,
    Console,
    answers,
    composer_values,
    incident_screen,
    pastes,
    press,
    screen_text,
)
from warroom.app import WarroomApp
from warroom.model import acts
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.lifecycle import Retitled
from warroom.model.kinds.messages import MessageSent
from warroom.widgets.composer import Composer
from warroom.widgets.text_input import TextInput

HOSTILE = {
    "escape": "a\x1b[31mred\x1b[0m",
    "osc": "a\x1b]0;owned\x07\x1b]52;c;aGk=\x07",
    "c1": "a\x9b31m\x9d0;owned\x9c",
    "bidi": "a\u202eevil\u202c\u2066x\u2069",
    "markup": "[/x] [b]bold[/b] arr[i] [@click=app.quit]x[/]",
    "template": "{{ 7*7 }} {% raw %} ${HOME}",
    "surrogate": "a\udcff\ud800b",
    "separators": "a\u2028b\u2029c\ufeff",
    "wide": "日本語 👩‍👩‍👧‍👦 é́́",
    "controls": "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127])),
    "long": "word " * 2000,
    "unbroken": "x" * 10_000,
    "lines": "one\ntwo\r\nthree\rfour\tfive",
}
EVERYTHING = " | ".join(text for name, text in HOSTILE.items() if name not in ("long", "unbroken"))


def check(pilot: Pilot[None]) -> None:
    """Nothing on the screen or in the title acts on a terminal, and every line has the screen's width."""
    assert isinstance(pilot.app, WarroomApp)
    assert NOBODY_PRINTS.search(pilot.app.terminal_title) is None
    strips = pilot.app.screen._compositor.render_strips()
    lines = [strip.text for strip in strips]
    found = [(number, hit.group()) for number, line in enumerate(lines) if (hit := NOBODY_PRINTS.search(line))]
    assert found == []
    width = pilot.app.size.width
    assert [strip.cell_length for strip in strips] == [width] * pilot.app.size.height


async def test_pasted_into_the_log_line_it_is_logged_as_text(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        for name, pasted in HOSTILE.items():
            await press(pilot, "l")
            await pastes(pilot, pasted)
            check(pilot)
            await press(pilot, "enter", "escape", "2", "enter")
            check(pilot)
            await press(pilot, "escape")
            kept = console.last().text
            assert console.last().kind == "note"
            assert NOBODY_PRINTS.search(kept.replace("\n", "").replace("\t", "")) is None, name
            if name in ("markup", "template", "wide", "unbroken"):
                assert kept == pasted


QUESTIONS = {
    "decision": "d",
    "action": "a",
    "fact": "f enter",
    "role": "r enter enter",
    "title": "T",
    "answer": "1 v",
    "snooze": "z",
    "clock": "t",
    "care": "c",
    "advice": "i",
    "severity": "S 1 enter",
    "correction": "2 home enter c",
    "taking back": "2 home down down down enter x",
    "search": "slash",
    "resolution": "x",
}
"""The keys that lead to every question there is."""


async def test_pasted_into_any_question_it_is_taken_or_refused_as_text(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        for name, keys in QUESTIONS.items():
            await press(pilot, *keys.split())
            assert isinstance(pilot.app.focused, Input), name
            await pastes(pilot, EVERYTHING)
            check(pilot)
            await press(pilot, "enter")
            check(pilot)
            await press(pilot, "escape")


async def test_pasted_into_every_field_of_the_declaration(console: Console) -> None:
    async with console.opened(SMALL) as pilot:
        await press(pilot, "n")
        for field in pilot.app.screen.query(TextInput):
            field.focus()
            await pastes(pilot, EVERYTHING)
        check(pilot)
        for name in ("learned", "began", "drill"):
            pilot.app.screen.query_one(f"#{name}", TextInput).value = ""
        pilot.app.screen.query_one("#affected").focus()
        await press(pilot, "2", "enter")
        assert "{{ 7*7 }}" in incident_screen(pilot).session.incident.title
        check(pilot)
        await press(pilot, "o")
        check(pilot)


async def test_pasted_into_every_field_of_a_message(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        composer = pilot.app.screen.query_one(Composer)
        for field in composer.fields:
            if field.id != "next_update":
                composer.form.edit(field.id)
                await pilot.pause()
                await pastes(pilot, EVERYTHING)
        check(pilot)
        assert "{{ 7*7 }}" in composer_values(pilot)["status"]
        await press(pilot, "escape", *["F"] * 5, "V")
        check(pilot)
        await press(pilot, "escape", *MARK_SENT)
        check(pilot)
    sent = console.last().body
    assert isinstance(sent, MessageSent)
    body = sent.body
    assert "{{ 7*7 }}" in body
    assert "49" not in body


@pytest.mark.parametrize("size", [LARGE, SMALL])
async def test_what_came_from_another_process_is_shown_as_text(console: Console, size: tuple[int, int]) -> None:
    session = console.half_told()
    for name, text in HOSTILE.items():
        session.apply(
            acts.lifecycle.retitle(text),
            acts.roles.assign(PLAYBOOK, session.incident, "ic", text),
            acts.facts.fact(PLAYBOOK, "system", text),
            acts.facts.fact(PLAYBOOK, "impact", text),
            acts.items.tick(PLAYBOOK, "needed", value=text),
            acts.decisions.decision(text, text, options=text, by=text),
            acts.log.action(text, text),
            acts.log.note(f"{name}: {text}"),
        )
    async with console.opened(size) as pilot:
        check(pilot)
        there = "2", "enter", "escape home", "1 end", "f", "escape r", "escape p", "escape D", "enter"
        for keys in (*there, "escape e", "escape u", "v", "escape escape o"):
            await press(pilot, *keys.split())
            check(pilot)
    assert any(entry.body == FactSet("impact", HOSTILE["markup"]) for entry in console.entries())
    assert any(entry.body == Retitled(HOSTILE["markup"]) for entry in console.entries())


async def test_names_of_the_author_and_of_files_are_text_too(console: Console) -> None:
    session = console.declare()
    session.author = EVERYTHING
    session.apply(acts.items.tick(PLAYBOOK, "severity"))
    async with console.opened() as pilot:
        await press(pilot, "home")
        check(pilot)
        assert "✓ Severity known" in screen_text(pilot)
        await press(pilot, "2", "enter")
        check(pilot)


async def test_a_paste_keeps_its_lines(console: Console) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "l")
        await pastes(pilot, "Traceback:\n  File a\n  File b")
        assert pilot.app.focused is not None
        assert "Traceback:⏎  File a⏎  File b" in screen_text(pilot)
        await answers(pilot, " (checkout)")
        await press(pilot, "enter")  # one entry
    assert console.last().text == "Traceback:\n  File a\n  File b (checkout)"
