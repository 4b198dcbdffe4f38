"""Text messages and posts: whole parts in the order of their ranks, or the sender's own words and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest

from tests.unit.test_compose import GOLDEN, KINDS, Told
from tests.unit.test_customers_read import resolved, told
from warroom import places
from warroom.messages.blocks import fill_parts, short_template
from warroom.messages.compose import Composed
from warroom.messages.fitting import fitted
from warroom.messages.length import SHORT_FORMS, length
from warroom.messages.ranks import Part, rank
from warroom.messages.sending import sent_record
from warroom.messages.templates import check_file, load_kinds
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.kinds.lifecycle import Resolved


def fits(composed: Composed) -> str:
    """The text, which has to have room where it goes."""
    assert composed.length is not None
    assert not composed.length.over, composed.text
    return composed.text


TOLD = {  # what is told of each incident: short and long words, of different trades
    "checkout": {
        "impact": "errors when paying",
        "workaround": "pay by invoice; PayPal works",
        "meaning": "You were not charged for failed attempts",
        "working": "rolling back the payment service",
        "works": "Payments go through the fallback gateway",
        "why": "a release",
    },
    "toll tags": {
        "impact": "toll tags are not read at 14 of 86 toll plazas",
        "workaround": "Please take a ticket in lanes 1 to 4 and pay by card or cash.",
        "affected": "drivers on the A7 and the A23",
        "working": "The readers are being restarted one plaza after the other",
        "works": "Tags are read again at all plazas, and we are watching it until the evening traffic is over",
        "why": "The clock of the readers was wrong. Nothing told us so",
    },
    "the member app": {
        "impact": "The app is switched off. Before that, some members saw the name of another member.",
        "meaning": "No payment data was shown. Please tell us if you see bookings that are not yours.",
        "workaround": "Please show your membership card at the front desk.",
        "working": "We have found the cause and are removing the change that led to it",
        "works": "The app is on again, and each member sees only their own bookings",
        "why": "a change in how pages are stored",
        "breach": "confirmed: 37 members saw the name of another",
        "data_loss": "none",
    },
}
END = {"affected", "meaning", "workaround", "impact"}


def stages(system: str) -> Iterator[tuple[str, str, Told, dict[str, str]]]:
    """Each kind of message in each state of an incident: a name, the kind, the story so far, and what is typed."""
    said = TOLD[system]
    story = Told(title=f"{system.capitalize()} fails" if system != "the member app" else "Names mixed up in the app")
    story.fact("system", system).fact("impact", said["impact"])
    for fact in ("breach", "data_loss"):
        if fact in said:
            story.fact(fact, said[fact])
    story.at(40)
    typed = {id: text for id, text in said.items() if id in END} | {"next_update": "47m"}
    yield "at first", "initial", story, {}
    yield "at first", "customer", story, {**typed, "state": "investigating"}
    yield "identified", "customer", story, {**typed, "state": "identified", "status": said["working"]}
    story.send("initial")
    story.send("customer", **typed, state="identified")
    yield "working on it", "update", story, {"status": said["working"]}
    yield "", "escalation", story, {"why": "longer than 2 h", "what_i_need": "a decision by 05:00 CET", "phone": "555"}
    yield "monitoring", "customer", story, {**typed, "state": "monitoring", "status": said["works"]}
    yield "monitoring, no words", "customer", story, {**typed, "state": "monitoring", "workaround": "", "meaning": ""}
    yield "it works", "update", story, {"status": said["works"], "progress": said["working"]}
    story.at(98).add(Draft(Resolved(), said["works"])).at(99)
    typed.pop("next_update")
    yield "resolved", "customer", story, {**typed, "status": said["works"], "workaround": ""}
    yield "resolved, no words", "customer", story, {**typed, "status": "", "workaround": "", "affected": ""}
    yield "", "resolution", story, {"root_cause": said["why"]}
    yield "resolved", "initial", story, {}
    yield "resolved", "update", story, {}
    story.send("customer", **typed, status=said["works"])
    story.at(120).add(acts.lifecycle.reopen("it is back")).at(130)
    yield "came back", "update", story, {"status": said["working"]}
    yield "came back", "customer", story, {**typed, "state": "investigating", "next_update": "30m", "status": ""}
    story.at(140).add(Draft(Resolved(), said["works"])).at(150)
    yield "came back, resolved", "customer", story, {**typed, "status": said["works"], "workaround": ""}
    story = Told(title="Alarm").fact("system", system).fact("impact", said["impact"]).at(10)
    story.send("initial")
    story.send("customer", impact=said["impact"])
    story.add(acts.lifecycle.cancel("the probe was broken")).at(20)
    for kind in ("initial", "update", "customer"):
        yield "cancelled", kind, story, {}


def test_each_short_text_reads_in_full() -> None:
    rows = []
    for system in TOLD:
        for name, kind, story, typed in stages(system):
            for form in SHORT_FORMS:
                composed = story.compose(kind, form, **typed)
                assert not composed.missing, (system, name, kind)
                rows.append(f"{system}, {kind}{f', {name}' * bool(name)}, {form}: {fits(composed)}")
                if composed.no_room:
                    rows.append(f"    no room for: {', '.join(composed.no_room)}")
    assert "\n".join(rows) + "\n" == (GOLDEN / "short-texts.txt").read_text("utf-8")


WORDS = ("", "errors", "Cards fail at the till. Wallets work.", "- no heating\n- no hot water in Leeds", "x " * 90)
SHORT = """
[Alarm] {{ what | rank(1, label=":") }}
{{ [status, "We are on it."] | rank(3) }}
{{ meaning | rank(2, label="It means:") }}
{{ ["Next update: " ~ next_update, "Update: " ~ next_update] | rank(2) }}
"""


def test_a_text_made_of_parts_has_them_whole_in_order_and_fits() -> None:
    short = short_template(SHORT, file="x")
    for what, status, meaning, form, front in product(WORDS, WORDS, WORDS, SHORT_FORMS, ("", "DRILL: ")):
        values = {"what": what, "status": status and f"{status}!", "meaning": meaning and f"Your {meaning}"}
        values["next_update"] = "04:15 UTC"
        found = fitted(form, lambda values: fill_parts(short, values), values, values, front)
        room = length(form, front + found.text)
        assert room is not None
        assert not room.over
        rest = found.text
        for part in fill_parts(short, values):
            texts = part.texts if isinstance(part, Part) else (part,)
            text = next((text for text in texts if rest.removeprefix(" ").startswith(text)), "")
            assert text or isinstance(part, Part), "what has no rank is always there"
            rest = rest.removeprefix(" ").removeprefix(text)
        assert not rest, "nothing else is in it"
        for name, value in values.items():
            is_in = name == "next_update" or rank(value, 1).casefold() in found.text.casefold()
            assert (name in found.no_room) is not is_in, (name, found)


def test_a_lower_rank_has_room_first_and_what_is_left_out_is_named_once() -> None:
    ticket = "Please take a ticket in lanes 1 to 4 and pay by card or cash at the exit, at any hour of the day or night"
    story = told("toll tags")
    composed = story.compose("customer", "sms", impact="tags are not read", workaround=ticket, next_update="47m")
    assert fits(composed) == (
        "Problem with toll tags since 02:17 UTC: tags are not read. We are investigating. Next update: 03:44 UTC. "
        "We are sorry."
    )
    assert composed.no_room == ("Workaround",)
    assert composed.left_out_for_room == "No room for: Workaround. Write the Short text yourself if it matters."
    story.fact("breach", "suspected: one driver saw the trips of another").fact("data_loss", "none")
    why = "The readers of the first plaza are being replaced, which takes until the afternoon"
    composed = story.compose("update", "sms", status=why, impact="tags are not read")
    assert "Data breach suspected. " in fits(composed)
    assert composed.no_room == ("Impact", "the rest of Data breach"), "and nothing of what is none"
    typed = {
        "next_update": "47m",
        "workaround": "call the shop in Łódź",
        "impact": "no labels are printed in the shops",
    }
    composed = told("labels").compose("customer", "sms", **typed)
    assert composed.no_room == ("Workaround",)
    assert "“Ł” leaves an SMS 70 characters instead of 160." in composed.left_out_for_room
    assert not told("labels").compose("customer", "social", **typed).left_out_for_room
    story = resolved(Told(title="Cards fail").fact("impact", "Nobody can pay at any till " * 6).fact("breach", "yes"))
    assert story.compose("initial", "sms").no_room == ("Impact",), "and not the rest of it"
    story = Told(title="Cards fail").fact("breach", "suspected: one saw two").fact("impact", "errors")
    assert "[What I need?]" in story.compose("escalation", "sms").text
    typed = {"what_i_need": "a decision", "phone": "555", "why": "a data breach is suspected"}
    assert "A data breach is suspected. One saw two. Needed:" in story.compose("escalation", "sms", **typed).text, (
        "once"
    )
    story = Told(title="Cards fail").fact("impact", "Cards fail at all tills in the north. " * 5)
    composed = story.compose("initial", "sms")
    assert fits(composed).startswith("[SEV2] Incident: Cards fail. Investigating the cause. ")
    assert composed.no_room == ("Impact",)
    composed = story.compose("initial", "sms", impact="Cards fail at all tills")
    assert fits(composed).startswith("[SEV2] Incident: Cards fail at all tills. Investigating the cause. "), "once"
    again = fits(story.compose("update", "sms", impact="Cards fail at all tills", status="Restarting"))
    assert again.startswith("[SEV2] Update #1: Cards fail at all tills. Restarting. Next update: "), "once"


def test_where_there_is_no_room_for_all_the_title_makes_way_for_the_news() -> None:
    status = "Morden has weighed trucks again since 08:20 CST, and the other four get the old licence file by phone"
    story = Told(1, title="Grain elevators cannot weigh the trucks").fact("impact", "Five weighbridges show no weight")
    shown = fits(story.at(5).compose("update", "sms", status=status))
    assert shown == f"[SEV1] Update #1: {status}. Next update: 03:50 CET. Dana."
    story = Told(1, title="Birth certificates sent to wrong applicants").fact("breach", "suspected").at(5)
    story.fact("impact", "certificates by e-mail to the wrong applicants")
    shown = fits(story.compose("initial", "sms", status="Sending stopped at 12:53 GMT, search for the cause"))
    assert shown.startswith("[SEV1] Incident: Certificates by e-mail to the wrong applicants. Data breach suspected.")
    assert shown.endswith(" Sending stopped at 12:53 GMT, search for the cause. Update: 03:50 CET.")


OWN = "Trucks: no labels  at gate 4.\nUse “paper” – 18° outside"


@pytest.mark.parametrize("kind", KINDS)
def test_own_words_are_the_text_and_nothing_is_added(kind: str) -> None:
    story = resolved(told("labels")) if kind == "resolution" else told("labels")
    plain = story.compose(kind, short=OWN)
    assert plain == story.compose(kind), "it is for no other form"
    assert "short" not in sent_record(plain, story.values(kind, short=OWN)).fields
    words = "Trucks: no labels at gate 4. Use “paper” – 18° outside"
    for form, shown in (("sms", words.replace("“", '"').replace("”", '"').replace("–", "-")), ("social", words)):
        composed = story.compose(kind, form, short=OWN)
        if form == "sms":  # a sign that the phone network has not leaves the others alone too
            assert composed.text in (shown, words)
        else:
            assert composed.text == words
        assert not composed.no_room
        assert not composed.missing, "what it does not show need not be filled in"
        assert composed.gaps == []
        record = sent_record(composed, story.values(kind, short=OWN))
        assert record.fields["short"] == OWN
        story.add(acts.messages.send(record, "x"))
        assert story.values(kind)["short"] == "", "the next one is made of its own fields again"
        assert story.compose(kind, form, short=" - ").text == story.compose(kind, form).text
    assert story.compose(kind, "sms", short="[Time?] " + "x" * 160).gaps == ["[Time?]"]
    assert (over := story.compose(kind, "sms", short="x" * 170).length) is not None
    assert over.over == 10
    field = KINDS[kind].own_short
    assert field is not None
    assert [form for form in ("plain", "status", *SHORT_FORMS) if field.counts(form, "resolved")] == [*SHORT_FORMS]


def own_template(tmp_path: Path, change: Callable[[str], str]) -> Path:
    """A company's own customer message: the built-in one, changed."""
    own = tmp_path / "customer.j2"
    own.write_text(change((places.templates() / "messages" / "customer.j2").read_text("utf-8")), "utf-8")
    return own


def test_a_template_has_one_short_text_or_one_for_each_form(tmp_path: Path) -> None:
    source = (places.templates() / "messages" / "customer.j2").read_text("utf-8")
    short = source[source.index("short = ") : source.index("order =")]
    assert max(map(len, short.split("\n"))) < 120, "somebody has to be able to read it"
    own_template(tmp_path, lambda text: text.replace("order =", 'sms = "Own: {{ impact | clause }}"\norder =', 1))
    kind = load_kinds(places.templates() / "messages", tmp_path)["customer"]
    story = told()
    values = story.values("customer", impact="cards fail")
    assert story.compose_exactly(kind, values, "sms").text == "Own: cards fail"
    assert "We are investigating the cause." in story.compose_exactly(kind, values, "social").text
    (problem,) = check_file(own_template(tmp_path, lambda text: text.replace("works_again]", "works_agian]", 1)))
    wrong = (tmp_path / "customer.j2").read_text("utf-8").split("\n")[problem.line - 1]
    assert "works_agian" in wrong, "the line of the file, counted within the text of several lines"


def test_a_template_from_before_there_were_ranks_is_told_of_them_and_not_used(tmp_path: Path) -> None:
    own = own_template(tmp_path, lambda text: text.replace("affected | rank(7", "affected | worth(9"))
    (problem,) = check_file(own)
    assert "there is no filter 'worth'; a short text is made of whole parts, such as {{ status | rank(3) }}" in str(
        problem
    )
    kind = load_kinds(places.templates() / "messages", tmp_path)["customer"]
    assert not kind.own
    assert "rank(3)" in kind.problem
    own = own_template(tmp_path, lambda text: text.replace("{% if cancelled %}", "{% if tight > 1 %}", 1))
    (problem,) = check_file(own)
    assert "there is no field or value 'tight'" in str(problem)


def test_a_short_text_that_promises_another_time_than_the_clock_is_pointed_out() -> None:
    story = told().fact("impact", "cards fail")
    for words, said in (
        ("Cards fail. Next update 23:00 UTC.", True),
        ("Cards fail.", True),
        ("Next: 03:44 UTC", False),
    ):
        composed = story.compose("customer", "sms", short=words, next_update="47m")
        assert composed.text == words
        assert ("03:44 UTC, which this text does not say" in composed.unsaid_promise) is said
    assert not story.compose("customer", "sms", next_update="47m").unsaid_promise


def test_what_was_sent_after_the_end_is_recorded_in_the_state_that_its_readers_were_told() -> None:
    story = resolved(told().fact("impact", "cards fail"))
    composed = story.compose("customer", state="monitoring")
    assert "It is resolved" in composed.text
    assert sent_record(composed, story.values("customer", state="monitoring")).fields["state"] == "resolved"
