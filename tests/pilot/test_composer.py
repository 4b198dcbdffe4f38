"""The composer: from what is known to a message that went out, its words kept whatever happens on the way."""

from __future__ import annotations

from pathlib import Path

from textual.pilot import Pilot

from tests.console import (
    MARK_SENT,
    SMALL,
    Console,
    answers,
    choices,
    composer_values,
    console_app,
    failed,
    incident_screen,
    message_shown,
    notice,
    pastes,
    press,
    screen_text,
    settled,
    types,
)
from tests.pilot.conftest import Clipboard
from warroom import places
from warroom.model import acts
from warroom.model.kinds.messages import MessageSent
from warroom.model.times import MINUTE
from warroom.screens.incident.screen import IncidentScreen
from warroom.widgets.composer import Composer
from warroom.widgets.message_form import FieldArea


async def test_fields_start_from_what_is_known_and_show_in_the_message_at_once(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "end")
        values = composer_values(pilot)
        assert values["impact"] == "errors for about 20 % of attempts"
        assert values["status"] == "Engineering is rolling back the payment service"
        assert (values["next_update"], values["to"]) == ("04:15", "leadership, customer success, support")
        await types(pilot, ": half done")
        assert "Current status: Engineering is rolling back the payment service: half done.\n" in message_shown(pilot)


async def test_a_field_changed_in_a_message_sets_its_fact(console: Console, clipboard: Clipboard) -> None:
    session = console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        pilot.app.screen.query_one(Composer).set_value("impact", "nobody can pay")
        await press(pilot, "escape", *MARK_SENT)
        assert notice(pilot).startswith("Marked as sent; User impact set to “nobody can pay”; next update promised for")
        assert "nobody can pay" in screen_text(pilot).split("User impact")[1].split("\n")[0]
    assert console.workspace.open(session.incident.id).incident.fact("impact") == "nobody can pay"


async def test_sending_stores_the_message_and_restarts_the_clock(console: Console) -> None:
    console.half_told().apply(acts.facts.fact(console.workspace.playbook, "workaround", "use PayPal"))
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", *MARK_SENT)
        assert notice(pilot) == "Marked as sent; next update promised for 04:15 CET"
        assert "Stakeholder update       28:19" in screen_text(pilot)
        await press(pilot, "u")
        assert "Compose · Customer message" in screen_text(pilot), "which the NOW line asks for next"
        composer = pilot.app.screen.query_one(Composer)
        for state, workaround in (("monitoring", ""), ("identified", "use PayPal"), ("monitoring", "")):
            composer.set_value("state", state)
            await settled(pilot)
            assert composer_values(pilot)["workaround"] == workaround, "nobody touched it, so it follows the state"
        composer.set_value("workaround", "update the app")
        composer.set_value("state", "identified")
        await settled(pilot)
        assert composer_values(pilot)["workaround"] == "update the app"
        await press(pilot, "escape", "m", "home", "down", "enter")
        assert "Compose · Status update #3" in screen_text(pilot)
    body = console.last().body
    assert isinstance(body, MessageSent)
    assert (body.message, body.number, body.to) == ("update", 2, "leadership, customer success, support")
    assert body.promise == console.clock() + 28 * MINUTE + 19_000
    assert body.subject == "[SEV2] Update #2: Checkout errors affecting users"
    assert body.fields["impact"] == "errors for about 20 % of attempts"


async def test_what_is_missing_is_named_and_keeps_it_from_being_marked_as_sent(console: Console) -> None:
    console.declare()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "u", "escape")
        assert "Still missing: Impact" in screen_text(pilot)
        assert "Impact: [Impact?]" in message_shown(pilot)
        await press(pilot, *MARK_SENT)
        assert notice(pilot) == "Not marked as sent; still missing: Impact"
        assert failed(pilot)
        assert "Compose · Initial acknowledgement" in screen_text(pilot)
    assert len(console.entries()) == 1


async def test_a_copied_message_with_gaps_says_so(console: Console, clipboard: Clipboard) -> None:
    console.declare()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "V", "y")
        assert "Copy it with its gaps?" in screen_text(pilot)
        await press(pilot, "escape", "y")
        assert "The text still says [Impact?]." in screen_text(pilot)
        await press(pilot, "enter")
        assert clipboard.texts == []
        await press(pilot, "y", "down", "enter")
        await settled(pilot)
        gaps = "It still has gaps: [Impact?]."
        assert notice(pilot) == f"Copied. V shows the text. {gaps} Press s once you have sent it."
        await press(pilot, "y")  # asked once
        await settled(pilot)
    assert ["[Impact?]" in text for text in clipboard.texts] == [True, True]


async def test_a_message_sent_earlier_is_logged_then_and_its_promise_counts(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "b")
        await answers(pilot, "in a while")
        assert notice(pilot).startswith("Give only the time when it was sent")
        await press(pilot, "ctrl+u")
        await answers(pilot, "-5m")
        assert notice(pilot).startswith("Marked as sent at 03:41 CET; next update promised for 04:15 CET")
    sent = console.last()
    assert isinstance(sent.body, MessageSent)
    assert (sent.recorded - sent.at, sent.body.promise) == (5 * MINUTE, console.clock() + 28 * MINUTE + 19_000)


async def test_a_short_form_shows_how_much_of_its_room_it_takes(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, "x" * 60)
        await press(pilot, "escape", *("F",) * 5)
        assert "· sms · 144 of 160" in screen_text(pilot)
        await press(pilot, "enter")
        await types(pilot, "y" * 99)
        assert "No room for: Current status. Write the Short text yourself" in screen_text(pilot)
        await press(pilot, *("tab",) * 8)
        assert "typing in Short text" in screen_text(pilot)
        made = message_shown(pilot)
        assert console_app(pilot).screen.query_one(FieldArea).text == " ".join(made.split()), "offered for editing"
        assert composer_values(pilot)["short"] == ""
        await press(pilot, "shift+tab", "tab")
        assert composer_values(pilot)["short"] == "", "it was left as it was, and goes on following the other fields"
        await press(pilot, "right")
        await types(pilot, " Ask me.")
        assert message_shown(pilot).endswith(" Ask me.")
        await press(pilot, *("ctrl+z",) * 9)
        assert composer_values(pilot)["short"] == ""
        await press(pilot, "f7", "backspace")
        assert message_shown(pilot) == made, "an empty field is one too"
        await types(pilot, "Cards fail, cash works.")
        assert message_shown(pilot) == "Cards fail, cash works."
        assert "· sms · 23 of 160" in screen_text(pilot)
        assert "No room for" not in screen_text(pilot)
        await types(pilot, "y" * 150)
        assert "· sms · 173 of 160" in screen_text(pilot)
        assert "13 over: the phone network splits it in 2" in screen_text(pilot)
        await press(pilot, "escape", *("F",) * 2)
        assert "· plain" in screen_text(pilot)
        assert "Short text" not in screen_text(pilot)
        assert "cash" not in message_shown(pilot)
        await press(pilot, "enter")
        assert "typing in Current status" in screen_text(pilot), "not in what is hidden here"
        await press(pilot, "escape", *MARK_SENT)
        assert "Compose" not in screen_text(pilot)
        await press(pilot, "m", "down", "enter", "escape", *("F",) * 5)
        assert message_shown(pilot).startswith("Cards fail, cash works."), "it was sent with no message"


async def test_copying_without_any_clipboard_keeps_the_text_in_a_file_and_says_where(console: Console) -> None:
    console.env["TERM"] = "dumb"
    console.start_again()
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "y")
        await settled(pilot)
        (kept,) = places.outbox().iterdir()
        assert kept.read_text("utf-8").startswith("[SEV2] Update #2: ")
        assert str(kept) in notice(pilot).replace("~", str(Path.home()))


async def test_forms_go_round_and_the_last_choice_is_remembered(console: Console) -> None:
    console.half_told()
    forms = []
    async with console.opened() as pilot:
        await press(pilot, "u", "escape")
        for _ in range(7):
            await press(pilot, "F")
            forms.append((screen_text(pilot).split("Status update #2 · ")[1].split(" ")[0], message_shown(pilot)))
        assert [name for name, _ in forms] == ["email", "slack", "markdown", "status", "sms", "social", "plain"]
        assert forms[0][1].startswith("To: leadership")
        assert "*Current status:*" in forms[1][1]
        assert "**Current status:**" in forms[2][1]
        await press(pilot, "F", "F", "escape")
    console.start_again()
    async with console.opened() as pilot:
        await press(pilot, "u")
        assert "Status update #2 · slack" in screen_text(pilot)
        await press(pilot, "escape", "k", "home", "enter")
        assert "Initial acknowledgement #2 · plain" in screen_text(pilot)


async def test_picking_and_unpicking_log_entries(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "shift+tab", "space", "down", "space")
        assert choices(pilot) == [
            "✓ Rollback started, one host at a time  03:36",
            "✓ Error rate down from 20 % to 9 %  03:41",
        ]
        await press(pilot, "space")
        assert composer_values(pilot)["progress"] == "Rollback started, one host at a time"
        await press(pilot, "escape", "escape", "u", "escape", "L")
        assert [row[0] for row in choices(pilot)] == ["✓", "·"]
        await press(pilot, "space")
        assert composer_values(pilot)["progress"] == ""


async def test_a_draft_survives_leaving_the_composer_and_a_crash(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, "Two of six hosts done")
        await press(pilot, "escape", "escape")
        assert "Compose" not in screen_text(pilot)
        await press(pilot, "u")
        assert composer_values(pilot)["status"] == "Two of six hosts done"
        await types(pilot, ", four to go")
        console.clock.advance(seconds=1)
        incident_screen(pilot).beat()
    console.start_again()
    async with console.opened() as pilot:
        await press(pilot, "3")
        await press(pilot, "escape", "u")
        assert composer_values(pilot)["status"] == "Two of six hosts done, four to go"
        await press(pilot, "escape", *MARK_SENT)
    console.start_again()
    async with console.opened() as pilot:
        await press(pilot, "m", "home", "down", "enter")
        assert composer_values(pilot)["progress"] == ""


async def test_what_was_not_touched_is_filled_in_anew(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "end")
        await types(pilot, ", half done")
        await press(pilot, "escape", "escape")
        console.clock.advance(minutes=40)
        await answers(pilot, "f", "down", "enter", " in the EU")
        await press(pilot, "u")
        values = composer_values(pilot)
        assert values["status"].endswith(", half done")
        assert values["impact"] == "errors for about 20 % of attempts in the EU"
        assert values["next_update"] == "04:55"


async def test_a_quiet_update_is_one_key(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "N")
        assert "nothing new" in message_shown(pilot).lower() or "no change" in message_shown(pilot).lower()
        await press(pilot, *MARK_SENT)
        assert notice(pilot).startswith("Marked as sent")


async def test_words_in_a_field_can_be_undone(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "end")
        before = composer_values(pilot)["status"]
        await press(pilot, "ctrl+u")
        assert composer_values(pilot)["status"] == ""
        await press(pilot, "ctrl+z")
        assert composer_values(pilot)["status"] == before


async def test_pasted_lines_stay_lines_where_a_field_has_several(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "end")
        await pastes(pilot, " now\nand then")
        assert composer_values(pilot)["status"].endswith("payment service now and then")
        await press(pilot, "tab")
        await pastes(pilot, "first\nsecond")
        assert "- First\n- Second" in message_shown(pilot)


async def test_nothing_new_asks_before_it_replaces_what_was_typed(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, "Two of six hosts done")
        await press(pilot, "escape", "N")
        assert notice(pilot) == "This replaces what you typed in Current status. Press N again to replace it"
        assert composer_values(pilot)["status"] == "Two of six hosts done"
        await press(pilot, "N")
        assert composer_values(pilot)["status"] == "Engineering is rolling back the payment service"
        await press(pilot, "N")
        assert "replaces" not in notice(pilot)


async def test_the_clock_and_the_log_go_on_while_composing(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "2")
        await answers(pilot, "l", "while composing")
        assert "while composing" in screen_text(pilot)
        await press(pilot, "3")
        assert "Compose · Status update #2" in screen_text(pilot)
    assert console.last().text == "while composing"


async def test_the_log_has_word_for_word_what_was_copied(console: Console, clipboard: Clipboard) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "tab")
        await types(pilot, "Rolled back")
        await press(pilot, "escape", "y")
        await settled(pilot)
        console.clock.advance(minutes=3)
        incident_screen(pilot).beat()
        await press(pilot, "s")
        assert notice(pilot) == "Marked as sent; next update promised for 04:15 CET"
    body = console.last().body
    assert isinstance(body, MessageSent)
    assert body.body in clipboard.texts[-1]


async def test_what_changes_the_incident_is_in_the_message_at_once_and_told_of_what_was_copied(
    console: Console, clipboard: Clipboard
) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u", "tab")
        await types(pilot, "Rolled back")
        await press(pilot, "escape", "y")
        await settled(pilot)
        page = incident_screen(pilot).page
        page.act(
            acts.severity.set_severity(1, "nobody can pay", 2),
            acts.facts.fact(page.playbook, "impact", "nobody can pay"),
            done="Changed",
        )
        assert message_shown(pilot).startswith("[SEV1] Update #2")
        assert composer_values(pilot)["impact"] == "nobody can pay", "the user had not touched it"
        assert composer_values(pilot)["progress"] == "Rolled back"
        await press(pilot, "s")
        assert "is not copied yet" not in screen_text(pilot)
        assert "would say something else now" in screen_text(pilot)
        await press(pilot, "escape", "y")
        await settled(pilot)
        page.act(acts.severity.set_severity(2, "some can pay again", 1), done="Changed")
        await press(pilot, "s")
        assert "would say something else now" in screen_text(pilot)
        await press(pilot, "down", "enter")
    body = console.last().body
    assert isinstance(body, MessageSent)
    assert (body.subject[:6], clipboard.texts[-1][:15]) == ("[SEV1]", "[SEV1] Update #")


async def test_what_somebody_else_marked_as_sent_while_it_was_asked_is_not_logged_twice(console: Console) -> None:
    other = Console(console.folder, console.clock)
    id = console.half_told().incident.id
    async with console.opened() as pilot:
        await press(pilot, "u", "escape", "s")
        assert "Mark as sent anyway?" in screen_text(pilot)
        sent = MessageSent("update", 2, "leadership", "Update", "All is well.")
        other.workspace.open(id).apply(acts.messages.send(sent, "Status update #2"))
        screen = next(one for one in pilot.app.screen_stack if isinstance(one, IncidentScreen))
        screen.beat()
        await press(pilot, "down", "enter")
        assert failed(pilot)
        assert "Not logged: Dana marked it as sent at 03:46 CET while you were asked" in notice(pilot)
        await press(pilot, "s")
        assert "Dana marked Status update #2 as sent at 03:46 CET, to leadership, while you had" in shown(pilot)
        await press(pilot, "escape", "y")
        await settled(pilot)
        assert "as sent at 03:46" not in shown(pilot), "an update that is copied now follows hers"
        screen.page.screen.run_worker(screen.page.message.update("initial"))
        await settled(pilot)
        sent = MessageSent("initial", 2, "support", "Incident", "We know.")
        other.workspace.open(id).apply(acts.messages.send(sent, "Initial acknowledgement"))
        screen.beat()
        await settled(pilot)
        told = "Dana marked Initial acknowledgement #2 as sent at 03:46 CET, to support"
        assert f"⚠ {told}" in shown(pilot)
        await press(pilot, "escape", "y")
        assert "Copy it all the same?" in shown(pilot)
        assert f"{told}, while you had this one open." in shown(pilot)
        await press(pilot, "enter", "s")
        assert f"{told}, while you had this one open. The" in shown(pilot), "asked again before it is marked as sent"
        await press(pilot, "enter")
        assert "Compose" in shown(pilot)
        await press(pilot, "b")
        await answers(pilot, "-1m")
        assert notice(pilot) == f"{told}, while you had this one open. Enter marks yours as sent too, esc does not"
        assert failed(pilot)
        assert len([entry for entry in console.entries() if isinstance(entry.body, MessageSent)]) == 3
        await press(pilot, "enter")
        assert notice(pilot).startswith("Marked as sent at 03:45 CET")
    sent_before = [entry.body.number for entry in console.entries() if isinstance(entry.body, MessageSent)]
    assert sorted(sent_before) == [1, 2, 2, 2]
    other.close()


def shown(pilot: Pilot[None]) -> str:
    """What is on the screen, on one line."""
    return " ".join(screen_text(pilot).replace("│", " ").replace("┃", " ").split())
