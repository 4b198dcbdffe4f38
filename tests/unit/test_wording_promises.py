"""What is a promise and what only looks like one: times that are past, counts, nouns in front of nouns, machines."""

from __future__ import annotations

from tests.wording.measure import shipped_rules
from warroom.wording import Audience, Facts, MessageText, better_sentence, check_text
from warroom.wording.by_now import as_of, is_report

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


def test_what_somebody_had_done_by_a_time_is_a_report_and_what_they_are_to_have_is_promised() -> None:
    for report in (
        "19 of 26 bakeries had flour delivered by 04:50 CET.",
        "Eight of nine clinics got their vaccines delivered by 07:15 CET.",
        "The orchard had its gate repaired by Friday.",
        "7 of 9 kennels had heating on again before 04:30 CET.",
        "Half the street had water back by 06:10 GMT.",
    ):
        assert [promises(report, audience) for audience in OUTSIDE_AND_INSIDE] == [[], []], report
    for promise in (
        "All 31 chapels will have had candles brought by 06:00 GMT.",
        "The vineyard that had a leak gets its pumps repaired by Friday.",
        "Everyone who had no water gets it back by 07:20 CET.",
        "We have got the sails mended by tomorrow.",
        "We had a leak and water is back by noon.",
    ):
        assert all(promises(promise, audience) for audience in OUTSIDE_AND_INSIDE), promise


def test_work_that_starts_again_at_a_time_is_promised_in_any_tense_and_a_timetable_is_none() -> None:
    for promise in (
        "We ship all backordered tiles tonight.",
        "The kiln line refires at 14:30 CET.",
        "We reload the silo at 15:00 CET.",
        "The glass furnace relights at 05:00 CET.",
        "We restock both looted shelves tonight.",
        "We will get everyone home today.",
        "Ferries leave again from Pier 2 at 09:30.",
        "The open-air pool is open again on Saturday.",
        "The embassy's visa printer is fixed this afternoon.",
        "Our divers have both cranes turning by lunch.",
    ):
        assert promises(promise, "stakeholders"), promise
    assert promises("The bridge opens in an hour, so take the ferry until then.", "customers")
    for fine in (
        "Return flights leave from Gate 4 at 15:00.",
        "The open day is on Saturday.",
        "The spring fair is on Saturday.",
        "Please reload the page at 10:00 CET.",
        "The nurses reload the pump by hand every hour.",
        "We cancelled all delayed flights at 10:00 CET.",
        "All booked seats were moved at 10:00 CET.",
        "The clinic is closed until Monday.",
        "The night train to Lugano leaves from Platform 4 at 22:10.",
        "The next tide table comes out on Monday.",
        "Rehearsals are held this afternoon in Hall B.",
    ):
        assert [promises(fine, audience) for audience in OUTSIDE_AND_INSIDE] == [[], []], fine


def better(sentence: str) -> str:
    found = next(found for found in check_text(sentence, shipped_rules(), "customers") if found.rule != "vague")
    return better_sentence(
        sentence[found.first : found.last], found, MessageText("customer", body=sentence), shipped_rules()
    )


def test_what_follows_from_a_promise_stays_behind_it_and_a_request_or_what_was_done_stands_alone() -> None:
    begin = "It is not confirmed yet when"
    assert {sentence: better(sentence) for sentence in FOLLOWS} == {
        sentence: f"{begin} {clause}" for sentence, clause in FOLLOWS.items()
    }


FOLLOWS = {
    "The crane is fixed in an hour, so lorries can queue at Gate 2.": (
        "the crane is fixed and lorries can queue at Gate 2."
    ),
    "The vault will open tomorrow and so your appointment stands.": (
        "the vault will open and your appointment stands."
    ),
    "The lab will be back by 14:00 CET; so courier pickups can stay as booked.": (
        "the lab will be back and courier pickups can stay as booked."
    ),
    "The pool reopens at noon so that lessons can go ahead.": "the pool reopens so that lessons can go ahead.",
    "The bridge opens in an hour, so take the ferry until then.": "the bridge opens. Take the ferry until then.",
    "The slipway reopens at noon, so we ordered more ramps yesterday.": (
        "the slipway reopens. We ordered more ramps yesterday."
    ),
    "We will deliver milk to Ost by 6:00, West by 7:00.": "we will deliver milk to Ost and West.",
}


def test_a_promise_with_any_verb_keeps_its_words_and_what_never_happens_again_names_what() -> None:
    for own, instead in (
        ("We swap every faulty meter by Friday.", "Not confirmed yet: we swap every faulty meter by Friday."),
        ("Doors unlock again at six.", "Not confirmed yet: doors unlock again at six."),
        ("Sauna 2 heats up again at five.", "Not confirmed yet: Sauna 2 heats up again at five."),
        ("We'll make sure that no guest loses a booking.", "Not confirmed yet: no guest loses a booking."),
        ("The upgrade fixes it all by Friday, guaranteed.", "Not confirmed yet: the upgrade fixes it all by Friday."),
        ("Back by three on Monday.", "We don't have a confirmed time yet."),
        ("Status: we swap every faulty meter by Friday.", "Status: Not confirmed yet."),
        (
            "You have my word that the turnstiles at the velodrome will not jam a second time.",
            "We are reviewing what has to change so that the turnstiles at the velodrome will not jam a second time.",
        ),
        (
            "We swear the ovens in Hall 3 will not fail again.",
            "We are reviewing what has to change so that the ovens in Hall 3 will not fail again.",
        ),
        ("This cannot happen a second time.", "We are reviewing what allowed the incident and what has to change."),
    ):
        assert better(own) == instead, own


def test_what_a_time_is_of_goes_with_it_and_what_only_assures_is_left_out() -> None:
    begin = "It is not confirmed yet when"
    for own, instead in (
        ("The planetarium dome will turn again before the six o'clock show.", "the planetarium dome will turn again."),
        ("Your parcel will be back on its way by tomorrow lunchtime.", "your parcel will be back on its way."),
        ("Stores can count on working tills for the Saturday rush.", "stores can count on working tills."),
        ("The puppet theatre plays tonight at 20:00 CET, whatever happens.", "the puppet theatre plays."),
        ("Another twenty minutes and the sawmill cuts again.", "the sawmill cuts again."),
        ("Just wait until six and the jukebox plays again.", "the jukebox plays again."),
        ("We finish unclogging the pasta dryer in forty minutes.", "we finish unclogging the pasta dryer."),
        ("All 212 choir scores will be printed again by noon.", "all 212 choir scores will be printed again."),
    ):
        assert better(own) == f"{begin} {instead}", own
    assert better("We'll reimburse all travellers of train 12.") == (
        "We are working out how to reimburse all travellers of train 12."
    )


def test_a_question_between_brackets_ends_no_sentence_that_goes_on() -> None:
    for own, instead in (
        ("We lost [how many?] barrels of cider at 08:00 CET.", "We lost some barrels of cider at 08:00 CET."),
        ("Call [who? when?] if your kiln shows red.", "Call if your kiln shows red."),
        (
            "The tills (all 4!) are back at noon.",
            "It is not confirmed yet when the tills (all 4!) are back.",
        ),
    ):
        assert better(own) == instead, own
    (first,) = (found for found in check_text("Users see [Impact?] The team is on it.", shipped_rules(), "log"))
    assert (first.first, first.last) == (0, len("Users see [Impact?]"))


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


def test_facts_stay_as_typed_beside_a_promise_and_its_time_goes() -> None:
    for own, instead in (
        ("2 of 6 lifts done, rest by noon", "2 of 6 lifts done. There is no confirmed time yet for the rest."),
        ("12 lorries waiting, gate opens at 18:00",
         "12 lorries waiting. It is not confirmed yet when the gate opens."),
        ("20 buses out, all back by tonight", "20 buses out. It is not confirmed yet when all will be back."),
        ("Backlog: 4,000 invoices, done by tomorrow morning.",
         "Backlog: 4,000 invoices. We don't have a confirmed time yet."),
        ("Because the cooling failed in Hall 2, the tills are down, but they will be back by noon.",
         "Because the cooling failed in Hall 2, the tills are down. It is not confirmed yet when they will be back."),
        ("Of 48 routers, 31 are replaced and 17 will be replaced by Sunday.",
         "Of 48 routers, 31 are replaced. It is not confirmed yet when 17 will be replaced."),
        ("The alarm is off and the building will be open again shortly.",
         "The alarm is off, but it is not confirmed yet when the building will be open again."),
        ("We had to stop the packing line after a sensor failed, and we expect to ship all 340 orders tomorrow.",
         "We had to stop the packing line after a sensor failed. It is not confirmed yet when we will ship all 340 "
         "orders."),
        ("If you paid twice, you will get your money back by Tuesday.",
         "If you paid twice, it is not confirmed yet when you will get your money back."),
        ("We will restore Berlin by 10:00, Hamburg by 11:00 and Munich by noon.",
         "It is not confirmed yet when we will restore Berlin, Hamburg and Munich."),
        ("Lessons start again on Monday at all 12 schools.",
         "It is not confirmed yet when lessons start again at all 12 schools."),
        ("All 5,600 parcels will be delivered by Saturday, including the 420 from Graz.",
         "It is not confirmed yet when all 5,600 parcels will be delivered, including the 420 from Graz."),
        ("40% restored, 70% by noon, 100% by midnight.", "40% restored. We don't have a confirmed time yet."),
        ("We need another hour, then all 90 machines run again.",
         "It is not confirmed yet when all 90 machines run again."),
        ("We will fix the form by Monday, the search by Tuesday, and the map by Friday.",
         "It is not confirmed yet when we will fix the form, the search, and the map."),
        ("Wards 1 and 2 are back, ward 3 will be back at 11:00, ward 4 at 12:00.",
         "Wards 1 and 2 are back. It is not confirmed yet when ward 3 will be back."),
        ("The repair takes 20 minutes.", "It is not confirmed yet how long the repair takes."),
        ("Mr Okafor will have replaced the pump by 17:00.",
         "It is not confirmed yet when Mr Okafor will have replaced the pump."),
    ):  # fmt: skip
        found = next(one for one in check_text(own, shipped_rules(), "customers") if one.rule == "promise")
        message = MessageText(kind="", body=own, audience="customers")
        assert better_sentence(own[found.first : found.last], found, message, shipped_rules()) == instead


def test_the_minute_at_which_a_text_goes_out_counts_only_where_it_changes_what_is_a_report() -> None:
    assert as_of("Trams run again by noon.", {"UTC": 524, "": 584}) == ()
    sentence = "Berlin restored by 08:40 UTC, Munich restored by 10:00 CET."
    judged = []
    for minute in range(0, 24 * 60, 5):
        now = {"UTC": minute, "": (minute + 60) % 1440, "CET": (minute + 60) % 1440}
        steady = as_of(sentence, now)
        assert is_report(sentence, dict(steady)) == is_report(sentence, now), minute
        judged.append(steady)
    assert 0 < len(set(judged)) < 20
    assert {is_report(sentence, dict(steady)) for steady in judged} == {True, False}


def test_what_others_are_asked_to_do_by_a_time_is_no_promise_of_ours() -> None:
    audiences: tuple[Audience, ...] = ("customers", "leadership")
    for audience in audiences:
        for asked, promised in (
            ("File again by 17:00 UTC.", "Lifts up again by 17:00 UTC."),
            ("Please bring the boat back before 17:00 UTC.", "Please wait, the boat is back before 17:00 UTC."),
            ("Send us the ward lists again by 14:00 UTC.", "Tell the wards the lists are back by 14:00 UTC."),
            ("Release the berth by 15:00 UTC.", "Release the berth, and the cranes work again by 15:00 UTC."),
            ("We need 40 beds back by 15:00 UTC.", "We need another hour, then all 40 beds are back."),
            ("The harbour needs the pilots back by 15:00 UTC.", "The pilots are back by 15:00 UTC."),
            (
                "Someone at the provider who can reactivate 480 SIM cards, by 14:00 UTC",
                "Someone is at the provider, and 480 SIM cards will be back by 14:00 UTC",
            ),
            ("A vet with the keys to restart barn 2 by 15:00 UTC", "Barn 2 will restart by 15:00 UTC"),
            ("What we need: pumps back by 15:00 UTC", "Status: pumps back by 15:00 UTC"),
            ("The planned sale goes on at 14:30 UTC.", "The planned sale is back on by 14:30 UTC."),
        ):
            assert "promise" not in {found.rule for found in check_text(asked, shipped_rules(), audience)}, asked
            assert "promise" in {found.rule for found in check_text(promised, shipped_rules(), audience)}, promised


def test_a_thing_and_its_time_without_a_verb_are_a_promise_while_the_time_is_ahead() -> None:
    for audience in OUTSIDE_AND_INSIDE:
        for ahead, other in (
            ("half of the cranes by 09:40 UTC", "half of the cranes by 08:40 UTC"),
            ("gates back 09:30 UTC", "gates back 08:30 UTC"),
            ("berth 2 by 18:00 UTC, berth 3 by midnight", "berth 2 clear since 07:15 UTC"),
            ("milking parlour done in 20", "milking parlour done in 2 rounds"),
            ("app by 3pm", "first ferry at 3pm"),
            ("all clear by lunch", "all clear since the fire went out"),
            ("the remaining wards within the hour", "the remaining wards within the hospital"),
            ("lights fixed by tonight", "lights fixed by the caretaker"),
        ):
            assert promises(ahead, audience, AT_08_44_UTC), ahead
            assert promises(other, audience, AT_08_44_UTC) == [], other


def test_instead_of_a_thing_and_its_time_it_is_told_that_it_has_none() -> None:
    for own, instead in (
        ("app by 3pm", "There is no confirmed time yet for the app."),
        ("Half of the cranes by 13:40 UTC", "There is no confirmed time yet for half of the cranes."),
        ("Berth 2 by 18:00, berth 3 by midnight", "There is no confirmed time yet for Berth 2 and berth 3."),
        ("Wards 3 and 4 by noon", "There is no confirmed time yet for wards 3 and 4."),
        ("Milking parlour fixed in 20", "It is not confirmed yet when the milking parlour will be fixed."),
        ("gates back 15:30", "It is not confirmed yet when gates will be back."),
        ("done in 15", "There is no confirmed time yet."),
    ):
        found = next(one for one in check_text(own, shipped_rules(), "stakeholders") if one.rule == "promise")
        message = MessageText(kind="", body=own, audience="stakeholders")
        assert better_sentence(own[found.first : found.last], found, message, shipped_rules()) == instead, own
