"""Every correction by key: time, kind, link, pin, and what the history and the exports then say."""

from __future__ import annotations

from tests.console import Console, answers, incident_screen, notice, press, screen_text
from warroom.model import acts
from warroom.store.timeline import Timeline


async def test_time_kind_and_link_are_corrected_and_undone_and_redone(console: Console) -> None:
    session = console.declare()
    clock = console.clock
    clock.advance(minutes=1)
    session.apply(acts.decisions.decision("Wait for the vendor", "they know more"))
    clock.advance(minutes=5)
    [line] = session.apply(acts.log.note("Roll back to v2.3.1", by="Priya"))
    clock.advance(minutes=5)
    async with console.opened() as pilot:
        await press(pilot, "2", "end")
        await answers(pilot, "enter", "t", "03:20")
        assert notice(pilot) == "Corrected: 03:20 CET Roll back to v2.3.1"
        await press(pilot, "enter", "k", "d")
        await answers(pilot, "faster and safer")
        assert notice(pilot) == "Now a decision: Roll back to v2.3.1"
        now = incident_screen(pilot).session.incident
        assert [one.text for one in now.decisions] == ["Wait for the vendor", "Roll back to v2.3.1"]
        assert now.decisions[1].body.because == "faster and safer"
        assert now.decisions[1].body.by == "Priya"
        shown = screen_text(pilot)
        assert "03:20  decision   Roll back to v2.3.1 · corrected" in shown
        await press(pilot, "enter")
        shown = screen_text(pilot)
        assert "Because: faster and safer" in shown
        assert "03:23 CET Dana: Roll back to v2.3.1" in shown
        assert "Dana, for 03:20 CET: Roll back to v2.3.1 (decision)" in shown
        # A decision can be linked to another one, and shows that; a pin is one key away here too.
        await press(pilot, "d", "enter")
        assert notice(pilot) == "Linked to decision “Wait for the vendor”: Roll back to v2.3.1"
        assert "for decision 1: Wait for the vendor" in screen_text(pilot)
        await press(pilot, "enter", "asterisk")
        assert "● Roll back" in screen_text(pilot)
        await press(pilot, "enter")
        assert "For decision 1: Wait for the vendor" in screen_text(pilot)
        await press(pilot, "escape", "up", "enter")
        assert "Lines linked to this decision:" in screen_text(pilot)
        await press(pilot, "escape")
        # Everything is undone in order, and done again in the opposite order.
        said = []
        for key in ("ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+y", "ctrl+y", "ctrl+y", "ctrl+y", "ctrl+y"):
            await press(pilot, key)
            said.append(notice(pilot))
            if key == "ctrl+z" and len(said) == 4:
                raw = incident_screen(pilot).session.incident
                assert (len(raw.decisions), raw.links, raw.pinned) == (1, {}, frozenset())
                assert raw.shown(line).at == line.at
        assert said == [
            "Taken back: Pinned: Roll back to v2.3.1",
            "Taken back: Linked to decision “Wait for the vendor”: Roll back to v2.3.1",
            "Taken back, as it was before: Roll back to v2.3.1",
            "Taken back, as it was before: Roll back to v2.3.1",
            "Done again: Roll back to v2.3.1",
            "Done again: Roll back to v2.3.1",
            "Done again: Linked to decision “Wait for the vendor”: Roll back to v2.3.1",
            "Done again: Pinned: Roll back to v2.3.1",
            "There is nothing that you took back and could do again",
        ]
        again = incident_screen(pilot).session.incident
        assert (again.decisions, set(again.links), set(again.pinned)) == (now.decisions, {line.key}, {line.key})
        assert Timeline(session.journal).count(again) == 3
