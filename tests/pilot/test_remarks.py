"""The remarks on a message: shown, hidden, answered with a better sentence; they never keep the message back."""

from __future__ import annotations

from tests.console import (
    MARK_SENT,
    SIZES,
    SMALL,
    Console,
    composer_values,
    message_shown,
    notice,
    press,
    screen_lines,
    screen_text,
    types,
)
from warroom.model import acts
from warroom.model.kinds.messages import MessageSent
from warroom.widgets.message_preview import Preview

ETA = "Should be back in 20 minutes"
WARNING = "back in 20 minutes”: A time that is missed"
BETTER = "There is no confirmed time yet."


async def test_a_promised_time_is_remarked_on_underlined_and_dismissed(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, ETA)
        assert WARNING in screen_text(pilot)
        message = pilot.app.screen.query_one(Preview).message
        marked = [message.plain[span.start : span.end] for span in message.spans]
        assert marked == ["back in 20 minutes"]
        await press(pilot, "escape", "h")
        assert "⚠" not in screen_text(pilot)
        await press(pilot, *MARK_SENT)
        assert notice(pilot).startswith("Marked as sent")
    sent = console.last().body
    assert isinstance(sent, MessageSent)
    assert ETA in sent.body


async def test_remarks_that_do_not_fit_say_so(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "u")
        await types(pilot, f"password=hunter2 {ETA}, clearly Priya broke it, we will be back in 10 minutes at 19:50")
        assert "… more; esc, then h hides the first remark" in screen_text(pilot)
        await press(pilot, "escape")
        assert "… more; h hides the first remark" in screen_text(pilot)
        await press(pilot, "s")
        assert "not copied yet and has 4 open remarks." in screen_text(pilot)
        await press(pilot, "escape", "h", "h", "h", "h")
        assert "… more" not in screen_text(pilot)


async def test_a_better_sentence_is_used_and_ones_own_words_given_back(console: Console) -> None:
    console.half_told().apply(acts.lifecycle.retitle("Priya broke the checkout"))
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, ETA)
        # The title is in no field of the message, so no better sentence can take its place: the other remark is first.
        first, second = [line for line in screen_text(pilot).splitlines() if "⚠ “" in line]
        assert "back in 20 minutes”" in first
        assert "Priya broke”" in second
        assert "esc, then U = use: There is no confirmed time yet." in screen_text(pilot)
        await press(pilot, "escape")
        assert "U = use: There is no confirmed time yet." in screen_text(pilot)
        assert "then U" not in screen_text(pilot)
        assert composer_values(pilot)["status"] == ETA
        await press(pilot, "O")
        assert notice(pilot) == "There are no words of yours to give back"
        assert composer_values(pilot)["status"] == ETA
        await press(pilot, "U")
        assert notice(pilot) == "Used. O gives you your own words again"
        assert composer_values(pilot)["status"] == BETTER
        assert f"Current status: {BETTER}\n" in message_shown(pilot)
        assert "⚠ “Priya broke”" in screen_text(pilot)
        assert "U = use" not in screen_text(pilot)
        await press(pilot, "U")
        assert notice(pilot) == "There is no better sentence to offer"
        await press(pilot, "h")
        assert "⚠" not in screen_text(pilot)
        await press(pilot, "U")
        assert notice(pilot) == "There is no remark"
        await press(pilot, "O")
        assert notice(pilot) == "Your own words are back"
        assert composer_values(pilot)["status"] == ETA
        assert WARNING in screen_text(pilot)
        await press(pilot, "O")
        assert notice(pilot) == "There are no words of yours to give back"
        # What was typed since is not lost for what stood there before.
        await press(pilot, "U", "enter", "end")
        await types(pilot, " Two hosts are done.")
        await press(pilot, "escape", "O")
        assert notice(pilot) == "Your own words are back"
        assert composer_values(pilot)["status"] == f"{ETA} Two hosts are done."
        await press(pilot, "U", "escape")
    async with console.opened() as pilot:  # and the same after a restart
        await press(pilot, "u", "escape", "O")
        assert composer_values(pilot)["status"] == f"{ETA} Two hosts are done."
        await press(pilot, "U", "enter", "ctrl+a", "ctrl+k")
        await types(pilot, "Two hosts are done")
        await press(pilot, "escape", "O")
        assert notice(pilot).endswith(f"Your own words were: “{ETA} Two hosts are done.”")
        await press(pilot, *MARK_SENT)
    assert console.last().kind == "message", "remarks never keep a message back"


async def test_own_words_come_back_one_after_the_other_and_nothing_is_invented_for_a_fact(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "u")
        await types(pilot, f"{ETA}. Bob broke it.")
        await press(pilot, "escape", "U", "U")
        assert composer_values(pilot)["status"] == f"{BETTER} What allowed the incident is under review."
        await press(pilot, "O", "O")
        assert composer_values(pilot)["status"] == f"{ETA}. Bob broke it."
        await press(pilot, "O")
        assert notice(pilot) == "There are no words of yours to give back"
        await press(pilot, "enter", "ctrl+a", "ctrl+k")
        await types(pilot, "Looking for the cause of the failed payments")
        await press(pilot, "enter", "tab", "ctrl+a", "ctrl+k")
        assert composer_values(pilot)["impact"] == ""
        await types(pilot, "20 % of card payments fail, probably the vendor broke it")
        await press(pilot, "escape", "U")
        assert composer_values(pilot)["impact"] == "20 % of card payments fail"
        await press(pilot, "enter", "ctrl+a", "ctrl+k")
        await types(pilot, "Bob broke it")
        await press(pilot, "escape", "U")
        assert notice(pilot) == "There is no better sentence to offer"


@SIZES
async def test_the_footer_has_the_keys_for_remarks_while_they_can_act(console: Console, size: tuple[int, int]) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        await press(pilot, "u")
        await types(pilot, ETA)
        assert "Use better" not in screen_lines(pilot)[-1]
        await press(pilot, "escape")
        assert "s Mark as sent  U Use better  h Hide remark  V View" in screen_lines(pilot)[-1]
        assert "esc Leave" in screen_lines(pilot)[-1]
        await press(pilot, "U")
        assert "s Mark as sent  O Own words  V View" in screen_lines(pilot)[-1]
        await press(pilot, "O", "h")
        assert "s Mark as sent  V View" in screen_lines(pilot)[-1]
