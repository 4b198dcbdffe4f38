"""What is a promise and what only looks like one: times that are past, counts, nouns in front of nouns, machines."""

from __future__ import annotations

from tests.wording.measure import shipped_rules
from warroom.wording import Audience, Facts, check_text

OUTSIDE_AND_INSIDE: tuple[Audience, ...] = ("customers", "stakeholders")
AT_08_44_UTC = Facts(now=(("UTC", 524), ("", 584), ("CET", 584)))


def promises(text: str, audience: Audience, facts: Facts | None = None) -> list[str]:
    return [found.words for found in check_text(text, shipped_rules(), audience, facts) if found.rule == "promise"]


def test_so_many_of_so_many_done_by_a_time_are_a_report_and_those_that_are_to_be_are_promised() -> None:
    for audience in OUTSIDE_AND_INSIDE:
        for report in (
            "5 of 14 plazas restored by 08:40 UTC",
            "11 of 14 plazas restored by 09:12 UTC, 3 to go",
            "360 of 420 offices reopened by 11:00 UTC.",
            "Half of the pumps repaired by 07:30 UTC.",
            "1,200 parcels sorted by 09:00, 300 left.",
            "Three of five lines fixed by noon.",
        ):
            assert promises(report, audience) == [], report
        for promise in (
            "5 of 14 plazas will be restored by 08:40 UTC",
            "The other 9 plazas to be restored by 08:40 UTC",
            "9 plazas are restored by noon.",
            "Three more towns restored by Friday.",
            "5 of 14 plazas restored by 08:40, the rest restored by 10:00",
            "All lines restored by tomorrow.",
        ):
            assert promises(promise, audience), promise


def test_what_was_done_by_a_time_that_is_past_is_a_report() -> None:
    for report in (
        "Berlin and Hamburg restored by 08:40 UTC, Munich still out",
        "Berlin and Hamburg restored by 09:40 CET.",
        "Tills back by 09:30",
        "Refunds sent out by 08:00 UTC",
    ):
        assert promises(report, "customers"), report
        assert promises(report, "customers", AT_08_44_UTC) == [], report
    for promise in (
        "Berlin and Hamburg restored by 08:50 UTC, Munich still out",
        "Berlin restored by 08:40 UTC, Munich by 10:00 UTC.",
        "Berlin restored by 08:40 UTC, the rest will follow soon.",
        "Berlin will be restored by 08:40 UTC.",
        "Trains run again at 08:30 UTC.",
        "Water back by 09:00 EST.",
        "Everything fixed by 21:00 UTC",
    ):
        assert promises(promise, "customers", AT_08_44_UTC), promise


def test_a_noun_in_front_of_a_noun_a_machine_and_the_list_of_a_day_promise_nothing() -> None:
    for fine in (
        "3 plazas need new readers, and the return traffic peak is at 15:00 UTC",
        "The recovery ward is full at 18:00 UTC.",
        "The repair shop is busiest at 10:00.",
        "Each robot needs at most 60 seconds to connect.",
        "Every terminal takes two minutes to restart.",
        "We are going back to the list of Friday.",
        "The shops are back to the prices of last Monday.",
    ):
        assert promises(fine, "customers") == [], fine
    for promise in (
        "The repair crew has all pumps running again by noon.",
        "The return of the trams is at 15:00.",
        "The fix goes live at 15:00.",
        "Each shop will be open again in 30 seconds.",
        "The terminals need 2 hours to restart.",
        "By noon we will be back to the list of Friday.",
        "We are back on Friday.",
    ):
        assert promises(promise, "customers"), promise


def test_the_present_tense_promises_what_is_to_come() -> None:
    for audience in OUTSIDE_AND_INSIDE:
        for promise in (
            "The vendor has it fixed before the shops open.",
            "Everyone can work again within the hour.",
            "It's a ten-minute job.",
            "Orders go out tomorrow as usual.",
            "You can fly as booked tomorrow.",
            "Your bins are emptied tomorrow.",
            "The electrician has the lights on by six.",
            "Buses are on the road before school starts.",
            "99% of flights will leave on time.",
            "Refunds are paused, and we promise to pay all of them this week.",
            "The repair takes 20 minutes.",
            "A restart takes at most five minutes and then all tills work.",
            "The outage will last no longer than until noon.",
            "The flood damaged the transformer, so trams 4 and 9 return on Monday.",
        ):
            assert promises(promise, audience), promise
        for fine in (
            "Two trains are cancelled tomorrow.",
            "Our shops open at 9:00 as always.",
            "We check the pumps again tomorrow.",
            "The vendor has a team on site before the shops open.",
            "It's a ten-minute walk to the other entrance.",
            "Orders went out yesterday as usual.",
            "The concert starts at 20:00, and tickets cannot be scanned.",
            "Each restart takes 20 minutes.",
            "The museum is closed tomorrow.",
        ):
            assert promises(fine, audience) == [], fine
