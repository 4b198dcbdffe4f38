"""What happened, to whom and how often stays in a better sentence; what must not be said goes."""

from __future__ import annotations

from tests.unit.test_wording_better import better
from warroom.wording import Audience


def test_what_happened_to_whom_stays_whatever_goes() -> None:
    cases: tuple[tuple[Audience, str, str], ...] = (
        # who did it goes, by the construction of the sentence
        ("customers", "The delay at Terminal 2 was caused by our baggage contractor, Nordhandling.",
         "We are reviewing what caused the delay at Terminal 2."),
        ("stakeholders", "Our landlord is to blame for the cold offices on floors 3 to 5.",
         "What caused the cold offices on floors 3 to 5 is under review."),
        ("stakeholders", "The catering team screwed up the allergy list for 12 guests.",
         "What went wrong with the allergy list for 12 guests is under review."),
        ("stakeholders", "Deliveries to Hamburg are late as the planner ignored the road closure.",
         "Deliveries to Hamburg are late as the road closure was not acted on."),
        ("customers", "Our pharmacist mixed up two labels, which is why some prescriptions were wrong.",
         "Two labels were mixed up, which is why some prescriptions were wrong."),
        ("post-mortem", "Jansen should have known that the lock gate was open.", "The lock gate was open."),
        ("leadership", "If Operations had done their job, the freezer alarm would have been heard.",
         "The freezer alarm was not heard. What allowed the incident is under review."),
        ("post-mortem", "The root cause was Igor, who forgot to open the sluice.", "The sluice was not opened."),
        # a guess stays one, whatever it begins with
        ("stakeholders", "My gut says that the satellite dish froze.",
         "It is not confirmed yet whether the satellite dish froze."),
        ("stakeholders", "It must be the new tariff table that charged 300 drivers twice.",
         "It is not confirmed yet whether the new tariff table charged 300 drivers twice."),
        ("stakeholders", "The trains are late since 7:10, maybe because of the new signal.",
         "The trains are late since 7:10. It is not confirmed yet whether the new signal is the cause."),
        # harm in its own size
        ("customers", "This was only a tiny hiccup in our ticket shop and hardly anyone noticed.",
         "There was a problem in our ticket shop."),
        ("leadership", "It's a negligible dent: barely 200 policyholders got someone else's letter.",
         "200 policyholders got someone else's letter."),
        ("stakeholders", "The oil spill is trivial, no more than 40 litres on pier 3.",
         "There is an oil spill: 40 litres on pier 3."),
        # what can't be told in plain words does not take the rest with it
        ("leadership", "IOPS throttling on the SAN kept the trading floor in Zurich offline for 19 minutes.",
         "A technical fault kept the trading floor in Zurich offline for 19 minutes."),
        ("customers", "Clear your ARP table and renew the DHCP lease to get the TV picture back.",
         "Please contact our support team to get the TV picture back."),
        # a sentence stands without its secret
        ("customers", "Your one-time code is 482913; enter it to open the locker.",
         "Your one-time code is shared separately; enter it to open the locker."),
        ("post-mortem", "The key in use was AKIA4QXN7TJ2MLRVZ3PD, and it has been replaced since.",
         "The key in use is not shown here, and it has been replaced since."),
        ("leadership", "The wrong transfer went to DE44 5001 0517 5407 3249 31 on Friday.",
         "The wrong transfer went to an account (not shown here) on Friday."),
        ("customers", "If the app asks for an OTP, enter 229145 and the door opens.",
         "The access details are shared separately."),
        # what is promised has no time yet, and its name stays
        ("stakeholders", "Whoever configured the tram signals was asleep, and line 4 will run again by noon.",
         "It is not confirmed yet when line 4 will run again. What allowed the incident is under review."),
        ("leadership", "The factory in Brno is back in production tomorrow at 6.",
         "It is not confirmed yet when the factory in Brno is back in production."),
        # of a cause in several parts only the names go, whichever remark is taken first
        ("leadership", "Root cause: disk full on ingest-07, alert was muted by Tom since Tuesday.",
         "Root cause: Disk full on one of our servers, alert was muted since Tuesday."),
        # what nobody did is never told as done
        ("leadership", "Nobody load tested the new firmware.", "The new firmware was not load tested."),
        ("leadership", "No one had tested the restore at night.", "The restore was not tested at night."),
        # a request stays what it asks for
        ("leadership", "Please approve a restart of ingest-07 by 07:15 UTC.",
         "Please approve a restart of one of our servers by 07:15 UTC."),
    )  # fmt: skip
    for audience, own, instead in cases:
        assert better(own, audience) == instead, own
    for request in ("Decide: close SCO in all stores by 07:15 UTC, need COO.", "Please approve closing SCO today."):
        assert better(request, "leadership") == ""
