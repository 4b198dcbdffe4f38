"""A better sentence keeps what is sure, asks what is not, and names nobody: promises, guesses and blame."""

from __future__ import annotations

from typing import cast

from tests.unit.test_wording_better import RULES, better
from warroom.wording import Audience, MessageText, better_sentence, check_text


def test_a_fact_beside_a_guess_stays_a_fact_and_the_guess_names_nobody() -> None:
    for own, audience, instead in (
        # what follows a hedge is the guess, and not what stands before it
        ("The sluice at Weir 3 stayed open from 21:40, perhaps since dirt had got into the sensor.", "post-mortem",
         "The sluice at Weir 3 stayed open from 21:40. It is not confirmed yet whether dirt had got into the sensor."),
        ("Since 08:20 CET, our app has shown wrong bus times in Ulm, most likely because of the new plan.", "customers",
         "Since 08:20 CET, our app has shown wrong bus times in Ulm. It is not confirmed yet whether the new plan is "
         "the cause."),
        ("Since noon 90 guests could not be checked in; it looks like somebody hacked the room system.", "leadership",
         "Since noon 90 guests could not be checked in. It is not confirmed yet whether the room system was hacked."),
        # what was done is sure, and that it helped is not
        ("We rolled back, looks ok.", "stakeholders", "We rolled back. We are checking whether that is enough."),
        ("The cache was cleared at 03:10 UTC and it seems to be fine now.", "stakeholders",
         "The cache was cleared at 03:10 UTC. We are checking whether that is enough."),
        ("Maybe the porter left the lights on.", "stakeholders",
         "It is not confirmed yet whether the lights were left on."),
        ("We think hackers are behind the empty baskets in our app.", "customers",
         "It is not confirmed yet what caused the empty baskets in our app."),
        # what follows a guess as its reason is guessed too, and so is what stands in front of a doubt
        ("We believe that about 5,000 members got the wrong bill because a decimal point moved.", "leadership",
         "It is not confirmed yet whether about 5,000 members got the wrong bill because a decimal point moved."),
        ("The theft of 12 laptops was an inside job, if you ask me.", "leadership",
         "It is not confirmed yet whether the theft of 12 laptops was an inside job."),
        ("The courier probably mixed up the boxes for Lund and Malmö, so 14 patients had to wait.", "stakeholders",
         "It is not confirmed yet whether the boxes for Lund and Malmö were mixed up. 14 patients had to wait."),
        ("What seems to have happened is that the pump ran dry and tripped the plant.", "leadership",
         "It is not confirmed yet whether the pump ran dry and tripped the plant."),
        ("Presumably the watchdog never noticed that the second pump was gone.", "post-mortem",
         "It is not confirmed yet whether the watchdog noticed that the second pump was gone."),
    ):  # fmt: skip
        assert better(own, cast(Audience, audience)) == instead, own


def test_all_of_something_is_named_in_what_has_no_time_yet() -> None:
    for own, instead in (
        ("All lifts will be running again tomorrow.", "It is not confirmed yet when all lifts will be running again."),
        ("All will be back by noon.", "We don't have a confirmed time yet."),
    ):
        assert better(own, "customers") == instead


def test_a_guess_without_a_verb_at_the_end_of_a_fact_is_left_out_of_it() -> None:
    own = "Customers can't pay, payments stuck since about 3 probably the stupid provider"
    message = MessageText("", body=own, audience="customers")
    found = {finding.rule: finding for finding in check_text(own, RULES, "customers")}
    for rule in ("speculation", "blame"):
        as_fact = better_sentence(own, found[rule], message, RULES, own_words=True)
        assert as_fact == "Customers can't pay, payments stuck since about 3.", rule
        assert better_sentence(own, found[rule], message, RULES) == f"{as_fact} The cause is not confirmed yet.", rule


def test_a_promised_time_goes_with_its_zone_and_what_is_promised_keeps_its_subject() -> None:
    for own, audience, instead in (
        ("The pumps in Harburg will be fully working by 16:00 CET.", "stakeholders",
         "It is not confirmed yet when the pumps in Harburg will be fully working."),
        ("We expect the lifts at Elm House to be running again before lunchtime.", "customers",
         "It is not confirmed yet when the lifts at Elm House will be running again."),
        ("Some 60 flats in Turku lost their heating at 19:00 and get it back in half an hour.", "customers",
         "Some 60 flats in Turku lost their heating at 19:00. It is not confirmed yet when they get it back."),
        ("Loading stopped at 05:40 GMT; the fork lifts will be charged and moving before the second shift.",
         "stakeholders",
         "Loading stopped at 05:40 GMT. It is not confirmed yet when the fork lifts will be charged and moving."),
        ("I am certain that all 32 branches open on time tomorrow morning.", "leadership",
         "It is not confirmed yet whether all 32 branches open on time tomorrow morning."),
        ("Nobody will be charged the 30 euro fee, you can count on that.", "customers",
         "It is not confirmed yet whether anybody will be charged the 30 euro fee."),
        ("We will meet Friday's deadline for the payroll, whatever it takes.", "leadership",
         "It is not confirmed yet whether we will meet Friday's deadline for the payroll."),
        ("Repairs in Elm Road finish at midnight and every home is warm by morning.", "customers",
         "It is not confirmed yet when repairs in Elm Road finish, or when every home is warm."),
        ("We expect the outage to last no longer than two hours.", "leadership",
         "It is not confirmed yet how long the outage will last."),
    ):  # fmt: skip
        assert better(own, cast(Audience, audience)) == instead, own


def test_what_was_done_or_not_done_stays_where_who_it_was_goes() -> None:
    for own, audience, instead in (
        ("The freezer in lab 5 warmed to 4 degrees because the cleaner unplugged it and told nobody.", "post-mortem",
         "The freezer in lab 5 warmed to 4 degrees because it was unplugged."),
        ("The valve stayed shut because Erik closed it by hand at 06:20.", "post-mortem",
         "The valve stayed shut because it was closed by hand at 06:20."),
        ("The 15:00 bulletin was sent to 900 wrong addresses because the editors ignored the warning on the screen.",
         "post-mortem",
         "The 15:00 bulletin was sent to 900 wrong addresses because the warning on the screen was not acted on."),
        ("One of our technicians forgot to switch the coolers back on, so 300 deliveries spoiled.", "customers",
         "The coolers were not switched back on, so 300 deliveries spoiled."),
        ("The regional manager in Split didn't order enough fuel, which is why 18 clinics went dark.", "leadership",
         "Not enough fuel was ordered, which is why 18 clinics went dark."),
        ("If the security firm had locked the yard, the two vans would still be here.", "stakeholders",
         "The yard was not locked, and the two vans are no longer here. What allowed the incident is under review."),
        ("The duty nurse didn't check the alarm battery and it died at 03:50.", "post-mortem",
         "The alarm battery was not checked and it died at 03:50."),
        ("Finance sat on the invoice for six weeks, which is why the line was cut off at 08:10.", "stakeholders",
         "The invoice was not dealt with for six weeks, which is why the line was cut off at 08:10."),
        ("Nobody in facilities answered the phone, so the server room reached 41 degrees.", "stakeholders",
         "The phone was not answered, so the server room reached 41 degrees."),
        ("Our baggage handler, Skyline, mislaid 85 suitcases on the flight from Porto.", "customers",
         "85 suitcases were lost on the flight from Porto."),
        ("Human error was the root cause of the wrong dosage labels.", "post-mortem",
         "What caused the wrong dosage labels is under review."),
        ("Anders should have checked the backup before he wiped the old tapes.", "leadership",
         "The old tapes were wiped before the backup had been checked."),
    ):  # fmt: skip
        assert better(own, cast(Audience, audience)) == instead, own
