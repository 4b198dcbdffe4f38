"""The composer on each kind of message: opening and leaving it, own templates, a mail program, an editor."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tests.console import (
    SMALL,
    Console,
    answers,
    choices,
    failed,
    footer,
    incident_screen,
    message_shown,
    notice,
    press,
    screen_text,
    until,
)
from warroom import places
from warroom.model import acts
from warroom.screens.read import ReadScreen
from warroom.widgets.message_form import FieldArea
from warroom.widgets.message_preview import Preview


async def shows(pilot: Pilot[None], words: str) -> None:
    """Wait until the screen shows these words."""
    await until(pilot, lambda: words in screen_text(pilot))


async def test_every_kind_opens_while_the_incident_runs_and_after(console: Console) -> None:
    titles = ["Initial acknowledgement", "Status update", "Resolution notice", "Customer", "Escalation"]
    console.half_told().apply(acts.escalation.tell_commander("Priya", agrees=True))
    async with console.opened(SMALL) as pilot:
        for end in ("open", "resolved"):
            for downs, title in enumerate(titles):
                await press(pilot, "m", "home", *["down"] * downs, "enter")
                await shows(pilot, f"Compose · {title}")
                while incident_screen(pilot).composing:
                    await press(pilot, "escape")
            if end == "open":
                await answers(pilot, "x", "rolled back")


async def test_another_kind_is_picked_from_within(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "k")
        assert [row.split("  ")[0] for row in choices(pilot)][:2] == ["Initial acknowledgement", "Status update"]
        await press(pilot, "home", "enter")
        assert "Compose · Initial acknowledgement" in screen_text(pilot)


async def test_the_resolution_notice_waits_for_the_resolution(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "m", "home", "down", "down", "enter")
        assert "The incident is not resolved yet" in screen_text(pilot)
        await press(pilot, "escape", "escape")
        await answers(pilot, "x", "rolled back to v2.3.1")
        await press(pilot, "u")
        assert "[SEV2] Resolved: Checkout errors affecting users" in message_shown(pilot)


async def test_the_plain_view_holds_the_text_and_nothing_beside_it(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "V")
        assert isinstance(pilot.app.screen, ReadScreen)
        lines = screen_text(pilot).split("\n")
        assert lines[:3] == [
            "[SEV2] Update #2: Checkout errors affecting users",
            "",
            "Current status: Engineering is rolling back the payment service.",
        ]
        await press(pilot, "escape")
        assert "Compose · Status update #2" in screen_text(pilot)


async def test_the_mail_program_is_given_the_message(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def open_mail(link: str, env: object) -> str:
        asked.append(link)
        return ""

    monkeypatch.setattr("warroom.terminal.mail.open_mail", open_mail)
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "M")
        assert notice(pilot) == "Opened as mail"
    assert asked[0].startswith("mailto:")
    assert "Update%20%232" in asked[0]


async def test_without_a_mail_program_or_an_editor_that_can_be_used_it_says_so(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "M")
        assert notice(pilot).startswith("Not opened as mail: ")
        assert failed(pilot)
        await press(pilot, "E")
        assert notice(pilot) == "No editor is set; set $EDITOR to the one you use"
        console.env["EDITOR"] = 'vi "'
        await press(pilot, "E")
        assert notice(pilot) == "EDITOR can't be used (No closing quotation); the field is as it was"


def own_template(console: Console, text: str) -> None:
    """Put a company's own status update where its templates live."""
    folder = console.config / "templates"
    folder.mkdir(parents=True)
    (folder / "update.j2").write_text(text, "utf-8")


async def test_a_companys_own_template_is_used_and_marked(console: Console) -> None:
    own = (
        (places.templates() / "messages" / "update.j2").read_text("utf-8").replace("Current status::", "Where we are::")
    )
    own_template(console, own)
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "m")
        assert any(row.startswith("Status update (yours)") for row in choices(pilot))
        await press(pilot, "home", "down", "enter")
        assert "Status update #2 · plain · your template" in screen_text(pilot)
        assert "Where we are: Engineering is rolling back" in message_shown(pilot)


async def test_a_broken_template_is_told_and_the_built_in_one_offered(console: Console) -> None:
    own_template(console, "+++\nlabel = 'Status update'\n+++\n{{ status")
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        assert notice(pilot).endswith(
            "the header lacks 'audience'; the built-in message is used until this is corrected"
        )
        assert "update.j2" in notice(pilot)
        assert "your template" not in screen_text(pilot)
        assert "Current status: Engineering is rolling back" in message_shown(pilot)


async def test_escape_leaves_the_field_first_and_then_the_composer(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "end")
        assert isinstance(pilot.app.focused, FieldArea)
        assert footer(pilot) == ["next_field", "previous_field", "leave"]
        await press(pilot, "escape")
        assert isinstance(pilot.app.focused, Preview)
        assert "mark_sent" in footer(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.focused, TextArea)
        await press(pilot, "escape", "escape")
        assert "update" in footer(pilot)
