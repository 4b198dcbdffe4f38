"""The checkout incident played to its end by keys: resolved, recovered, learned from, closed, and written down."""

from __future__ import annotations

from textual.pilot import Pilot

from tests.console import MARK_SENT, SIZES, Console, Size, answers, notice, press, screen_text, types
from warroom.documents.registry import DOCUMENTS
from warroom.model.kinds.recovery import RecoverySet

CAUSE = "The new client did not limit its retries, so that one slow bank used up all connections."
JUDGED = {
    "Trigger": "The deploy of payment service v2.4.0",
    "Contributing": "- The alert waits for 6 minutes\n- Nobody could see retries on a dashboard",
    "What went": "The rollback took four minutes.",
    "What could": "Customers were told late.",
    "Where we": "It was night in the main market.",
    "Lessons": "Every client needs a limit for retries.",
    "Open": "- Whether other clients do the same",
}
"""The sections that only judgement can fill, by how their titles begin."""
KNOWN = (
    "- **Severity:** SEV2 High",
    "- **Duration:** 29 min",
    "- **Responders:** Priya (incident commander), Marcus (on-call engineer)",
    "Errors for about 20 % of attempts.",
    "- Affected system: checkout",
    "because rollback is faster and safer, by Priya",
    "Initial acknowledgement #1 → leadership, customer success, support; next update promised for 03:53 CET: kept",
    "- Promised updates: 1, of which 1 kept",
    "**03:31** update: Initial acknowledgement",
    "**03:36** action: Rollback started, one host at a time – by Marcus",
    "**03:46** resolved: Rolled back to v2.3.1",
    "- Detected by: checkout 5xx alert",
    CAUSE,
    "**open** Limit retries in every client",
    "Owner: Marcus",
    "From: Open questions",
    "Due: 2027-01-18",
    "**Verified:** 2026-11-23 03:46 CET",
)
"""What the log knows, as the post-mortem has to say it without anybody typing it again."""


def now_line(pilot: Pilot[None]) -> str:
    """What is to be done next."""
    return screen_text(pilot).split("\n")[1]


def selected(pilot: Pilot[None]) -> str:
    """The line under the cursor of the list on the left."""
    return next(line.split("▸")[1] for line in screen_text(pilot).split("\n") if "▸" in line[:8])


@SIZES
async def test_an_incident_is_over_when_what_was_learned_is_done(console: Console, size: Size) -> None:
    session = console.half_told()
    async with console.opened(size) as pilot:
        await answers(pilot, "x", "Rolled back to v2.3.1")
        assert "Send the resolution notice" in now_line(pilot)
        await press(pilot, "u")
        await types(pilot, CAUSE)
        await press(pilot, "escape", *MARK_SENT)
        assert "The fix works (verified): due 04:46 CET" in now_line(pilot)
        await press(pilot, "R", *["space"] * 8, "down", "down", "space", "space")  # each goes on to the next
        await press(pilot, "P", *["down"] * 4)
        for title, text in JUDGED.items():
            for _ in range(15):
                if f" {title}" in selected(pilot):
                    break
                await press(pilot, "down")
            await press(pilot, "enter")
            for number, line in enumerate(text.split("\n")):
                await press(pilot, *["enter"] * bool(number))
                await types(pilot, line)
            await press(pilot, "escape")
        await press(pilot, "a")
        await answers(pilot, "Limit retries in every client")
        await answers(pilot, "Marcus")
        await press(pilot, "enter", "enter")
        await press(pilot, "escape", "s", "x", "escape")
        assert "13 of 13" in screen_text(pilot)
        await press(pilot, "escape")
        assert "Close the incident: nothing is owed any more" in now_line(pilot)
        await press(pilot, "enter", "enter")
        assert notice(pilot).endswith("Closed")
        assert "Stand by; the incident is closed" in now_line(pilot)
    done = [entry.body.item for entry in console.entries() if isinstance(entry.body, RecoverySet)]
    assert len(done) == 10  # the other three tick themselves
    session = console.workspace.open(session.incident.id)
    text = "".join(console.workspace.document(DOCUMENTS["postmortem"], "md", session)).replace("\\", "")
    assert [known for known in (*KNOWN, *"\n".join(JUDGED.values()).split("\n")) if known not in text] == [], text
    assert "Not written yet" not in text
    page = "".join(console.workspace.document(DOCUMENTS["postmortem"], "html", session))
    assert "<svg" in page
    assert CAUSE in page
