"""What is over is told in the past if each of its verbs is certain by its form; else it stays as it was typed."""

from __future__ import annotations

import re

from warroom.messages.tense import past, told_in_past
from warroom.messages.verbs import ALWAYS_VERBS, AUXILIARIES, BEHIND_PLURAL, BEHIND_PRONOUN, WITH_OBJECT, third
from warroom.text.verbs import past as past_form
from warroom.text.verbs import past_of

CHANGED = {
    # shops, payments, banks, insurance
    "Customers see an empty basket": "Customers saw an empty basket",
    "Card payments fail in Austria and Poland": "Card payments failed in Austria and Poland",
    "Vouchers are not accepted at checkout": "Vouchers were not accepted at checkout",
    "Shoppers cannot change their delivery address": "Shoppers could not change their delivery address",
    "The app shows no prices": "The app showed no prices",
    "Transfers arrive late, and balances are wrong": "Transfers arrived late, and balances were wrong",
    "Standing orders have been executed twice": "Standing orders had been executed twice",
    "Customers can't block a stolen card": "Customers couldn't block a stolen card",
    "Insurance claims are not sent to the experts": "Insurance claims were not sent to the experts",
    "Brokers do not get a quote": "Brokers did not get a quote",
    # health, labs, care
    "GP practices cannot open X-ray and MRI images in the portal": "GP practices could not open X-ray and MRI images "
    "in the portal",
    "Lab results are missing and alarms come late": "Lab results were missing and alarms came late",
    "Nurses see the wrong dose for two drugs": "Nurses saw the wrong dose for two drugs",
    "Appointments disappear when they are moved": "Appointments disappeared when they were moved",
    "Ambulance crews have no map": "Ambulance crews had no map",
    # travel, transport, logistics
    "Passengers can't check in at the airport": "Passengers couldn't check in at the airport",
    "Timetables aren't shown at 40 stops": "Timetables weren't shown at 40 stops",
    "Trains are late because signals fail": "Trains were late because signals failed",
    "Parcel labels do not print": "Parcel labels did not print",
    "Drivers get the route of yesterday": "Drivers got the route of yesterday",
    "The gates at the car park do not open": "The gates at the car park did not open",
    "Scanners lose the connection to the depot": "Scanners lost the connection to the depot",
    # energy, water, farms, factories
    "The control room doesn't see the pumps": "The control room didn't see the pumps",
    "Chargers cannot be started with the app": "Chargers could not be started with the app",
    "The milking robots are offline": "The milking robots were offline",
    "Work orders do not reach line 3": "Work orders did not reach line 3",
    "The labelling machine has no data": "The labelling machine had no data",
    # schools, public offices, police, housing
    "Teachers cannot enter marks": "Teachers could not enter marks",
    "Pupils get an error when they open a lesson": "Pupils got an error when they opened a lesson",
    "Citizens can't book appointments": "Citizens couldn't book appointments",
    "Parking fines are sent to the wrong people": "Parking fines were sent to the wrong people",
    "Repair requests are confirmed on the screen but do not reach the dispatchers": "Repair requests were confirmed "
    "on the screen but did not reach the dispatchers",
    "Tenants cannot lock or unlock their doors": "Tenants could not lock or unlock their doors",
    # media, games, telephony, mail
    "Viewers see a black screen": "Viewers saw a black screen",
    "Players lose their points": "Players lost their points",
    "Calls to mobiles fail": "Calls to mobiles failed",
    "Messages are sent but never arrive": "Messages were sent but never arrived",
    "Subscribers don't receive the evening issue": "Subscribers didn't receive the evening issue",
    "- podcasts do not load\n- the archive is slow": "- podcasts did not load\n- the archive was slow",
    # software, payroll, hotels, restaurants
    "API calls time out": "API calls timed out",
    "Pages load slowly, and exports are empty": "Pages loaded slowly, and exports were empty",
    "You may see outdated figures": "You may have seen outdated figures",
    "Some invoices may be booked twice": "Some invoices may have been booked twice",
    "Users get logged out after a minute": "Users got logged out after a minute",
    "The report says “0 EUR” and can't be corrected": "The report said “0 EUR” and couldn't be corrected",
    "Payslips haven't been created": "Payslips hadn't been created",
    "Guests can't open their rooms with the phone": "Guests couldn't open their rooms with the phone",
    "Nothing works in the kitchen": "Nothing worked in the kitchen",
    "ORDERS DO NOT REACH THE KITCHEN": "ORDERS DID NOT REACH THE KITCHEN",
    "Tickets cannot be scanned, so queues are long": "Tickets could not be scanned, so queues were long",
    "Donors see an error, and 300 gifts are missing": "Donors saw an error, and 300 gifts were missing",
    "Payments have been failing since 03:10": "Payments had been failing since 03:10",
    "It takes 20 minutes until a code arrives": "It took 20 minutes until a code arrived",
    "Members cannot log in, and the app says they are unknown": "Members could not log in, and the app said they "
    "were unknown",
    "Search returns no results for new projects": "Search returned no results for new projects",
    "The ward's screens are blank": "The ward's screens were blank",
    "Nobody receives the code for signing in": "Nobody received the code for signing in",
    "The claims portal is down": "The claims portal was down",
    "Alarms do not get through to the wards": "Alarms did not get through to the wards",
    "Orders that are paid by invoice are not shown": "Orders that were paid by invoice were not shown",
    "Doctors who cannot sign are logged out": "Doctors who could not sign were logged out",
}
STAYS = (
    "GP practices could not open X-ray and MRI images in the portal, while the written reports opened as usual.",
    "Claims were delayed, while the mailed claims arrived late",
    "errors when paying",
    "340 call-offs late",
    "Slow pages in the booking portal",
    "Wrong arrivals at 12 stations",
    "No sound in live streams",
    "Payments were declined for two hours",
    "We lost the readings of 40 meters",
    "Farmers could not see which cows were due",
    "Robots stopped twice",
    "Invoices were sent twice and had the wrong date",
    "Delayed results from the blood lab",
    "Missing entries in the register of births",
    "Long queues at the counters",
    "Guests waited for their keys because the printer was down",
    "Photos uploaded before noon were not saved",
    "Tenants didn't get heating bills",
    "The lifts stood still for an hour",
    "Double bookings in 14 hotels",
    "Trams went without passenger information",
    "Duplicate charges, up to three times",
    "Half of the orders had no address",
    "The orders that were placed by phone arrived late",
    "An outage of the till in all branches",
    "Pupils were logged out while they wrote the test",
    "Blank screens in the control room",
    "Up to 20 % of calls to the hotline",
    "Drivers saw old routes and came late",
    "Reading data at 300 stations, without values from the north",
    "Two machines stopped, and one was damaged",
    "No e-mails to new members",
    "Customers unable to pay",
    "The archive was read-only",
    "Nobody could vote for 20 minutes",
    "Water pressure too low in the upper floors",
    "Prescriptions were printed without a name",
    "Players lost points and got no prize",
    "Checkout was slow; carts were emptied",
    "Empty reports for the night shift",
)
UNCERTAIN = (
    "Payments fail for customers in Spain, works in France",
    "The app's down, and members cannot check in",
    "Labels are blank and parcels pile up",
    "Vets can't print, staff write labels",
    "Pupils do not see homework teachers set",
    "Claims brokers file are not visible",
    "Records open but scans do not",
    "Ships have wrong crew lists and captains complain",
    "The deploy checks whether the process is up",
    "Payments by Visa and Mastercard work; payments by PayPal fail.",
    "Warehouse says picking resumes at 14:00",
    "Users who are abroad pay twice, and refunds are late",
    "All flights today leave on time; only the app shows wrong times.",
    "The online check-in stays closed and gates are shut",
    "Tills are broken, hold tight",
    "The water level is wrong, so Ines reads the gauge",
    "Meters send no values, but nobody is cut off",
    "Table bookings are lost on the way to restaurants",
    "Departure times at 12 stations",
    "Repair requests that tenants send in the app are confirmed on the screen but do not reach the dispatchers",
    "Payments are refused while the terminal works",
    "Customers are charged twice when members pay by card",
    "App crashes",
    "Insurance claims files late",
    "The robots milk every cow, and the app is down",
    "Drivers plough by hand because the map is down",
    "The belt stops and jams, so parcels are late",
    "Files customers upload are empty",
    "The dashboard reports orders are late",
    "Users report that checkout fails",
    "The dam gate sticks and the river level is unknown",
    "Readers who subscribe by post get no mail",
    "Cinema visits bookings",
    "Everything customers save is lost",
    "Errors are back",
    "Half of the files are still missing",
    "Orders placed with a voucher show the full price",
    "Requests to the API that use the old key fail",
    "Staff carry bags by hand, as the belts are down",
    "Customers can't log in and see an error page",
    "Do not pay again, orders are created twice",
    "Wait for news before you pay",
    "Shops close early because tills are down",
    "The banner covers the map, and buttons are missing",
    "Meters bill the wrong address and customers are angry",
    "Pumps start by themselves and alarms are silent",
    "Prices drop to zero and vouchers are refused",
    "Lift doors open between floors, and alarms fail",
    "Teachers phone parents as messages are not sent",
    "Tickets scan twice and gates are open",
    "The phone line drops calls after two minutes",
    "Heating turns off at night and tenants are cold",
    "We have fixed the import, but reports are late",
    "Customers will get an error",
    "Nurses who record a dose lose the entry",
    "The ferry departs without cars while the barrier is shut",
    "The till prints receipts twice, totals are wrong",
    "Tools let operators delete volumes that are in use",
    "Checkout works for most, fails for some",
    "Payments time out or process twice",
    "Transfers queue, and cards are declined",
    "Crews plan by paper since the plan is blank",
    "Bookings update late and rooms are sold twice",
    "The crane halts when the wind sensor is offline",
    "Alarms ring without cause and doors are locked",
    "Clerks type addresses by hand because the import is down",
    "Sensor values jump and the dashboard is red",
    "Orders reach the kitchen, but the printer jams",
    "The invoice run is late, and reminders go to customers who already paid",
)


def test_what_is_certain_goes_into_the_past_and_all_else_stays() -> None:
    assert {text: past(text) for text in CHANGED} == CHANGED
    assert {text: past(text) for text in (*STAYS, *UNCERTAIN)} == {text: text for text in (*STAYS, *UNCERTAIN)}
    assert [text for text in (*CHANGED, *CHANGED.values(), *STAYS) if not told_in_past(text)] == []
    assert [text for text in UNCERTAIN if told_in_past(text)] == []


_TABLE = ALWAYS_VERBS | BEHIND_PLURAL | BEHIND_PRONOUN | WITH_OBJECT | {"time"}
_FORMS = {verb: past_form(verb) for verb in _TABLE} | {third(verb): past_form(verb) for verb in _TABLE}
_FORMS |= AUXILIARIES | {"be": past_of("been")}
_NOUNS = ("reports", "claims", "orders", "records", "calls", "visits", "updates", "files", "bookings", "opens", "shows")
_FRAMES = (
    "{} arrived late",
    "the mailed {} arrived late",
    "the {} could not be opened",
    "the portal was down, while the {} opened as usual",
    "Customers see {}",
    "Nurses cannot find {} and {} of patients",
    "Insurance {} are missing",
    "Doctors cannot open X-ray {} or MRI {}",
    "the list of {} is empty and {} get lost",
    "staff have no {} and the {} are empty",
    "the system {} fail and nobody sees {}",
    "errors in {}",
)


def _only_verbs_differ(text: str, verbs: dict[str, str]) -> bool:
    """Whether a text in the past is word for word as typed, or has forms of these verbs in their place."""
    parts = [
        "|".join(map(re.escape, (part, verbs.get(part.casefold(), part)))) for part in re.split(r"([\w'-]+)", text)
    ]
    shown = re.sub(r"\bmay have (\w+)", lambda found: f"may {past_of(found[1])}", past(text))
    return re.fullmatch("".join(f"(?:{part})" for part in parts), shown, re.IGNORECASE) is not None


def test_no_noun_and_nothing_but_the_verbs_of_the_tables_ever_changes() -> None:
    assert [text for text in (*CHANGED, *STAYS, *UNCERTAIN) if not _only_verbs_differ(text, _FORMS)] == []
    without = {typed: form for typed, form in _FORMS.items() if typed not in _NOUNS}
    texts = [frame.format(noun, noun) for noun in _NOUNS for frame in _FRAMES]
    assert [text for text in texts if not _only_verbs_differ(text, without)] == []
    assert sum(past(text) != text for text in texts) > len(_NOUNS), "some of them have a verb that is certain"
