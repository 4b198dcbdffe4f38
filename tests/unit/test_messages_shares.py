"""How many are affected, and how badly: what the end tells of it, what changed, and what a status says of it by now."""

from __future__ import annotations

import pytest

from tests.unit.test_compose import BOOK, KINDS, Told
from tests.unit.test_customers_read import resolved, told
from warroom.messages.compose import compose
from warroom.messages.fields import quiet_update
from warroom.messages.hints import hints
from warroom.model import acts

NOBODY = [  # what says that nobody is hit any more
    "none",
    "no stations",
    "no station since 02:50 UTC",
    "0 of 410 stations",
    "zero stations",
    "not a single station any more",
    "no longer any station",
    "nobody any more",
    "no stations are affected now",
    "none so far today",
    "no stations left",
    "stations in Lille until 02:50 UTC, none since",
    "all stations work again",
]
SAME = [("212 claims", "212 claims."), ("shops in Spain", "in the shops in Spain")]
OTHERS = [  # what nobody can compare by its words, although some of it looks as if one could
    ("all 800 meters", "60 of 800 meters"),
    ("about 20 % of orders", "about 35 % of orders"),
    ("20 % of orders", "20 orders"),
    ("everyone who files online", "people with a smart card"),
    ("customers in Spain", "customers in Spain who pay by card"),
    ("about 5 % of tills", "nobody can pay"),
]


def asked(story: Told, kind: str) -> str:
    """The hints on a message of that kind as it starts, a line each."""
    return "\n".join(hints(KINDS[kind], story.values(kind), story.snapshot, BOOK))


def two_shares(field: str, first: str, then: str) -> Told:
    """An incident whose share was told to colleagues and to customers, and then another one to colleagues."""
    story = told().fact(field, first)
    story.send("initial", impact="cards fail")
    story.send("customer", impact="cards fail")
    story.at(60).fact(field, then)
    story.send("update", status="Restarting the terminals")
    return story.at(70)


@pytest.mark.parametrize(("first", "then"), [*(("30 of 410 stations", none) for none in NOBODY), *SAME])
def test_at_the_end_the_only_share_that_was_told_is_told_again(first: str, then: str) -> None:
    story = resolved(two_shares("affected", first, then), "Restarted the link")
    for kind in ("resolution", "update"):
        start = story.values(kind)["affected"]
        assert start == (first if then in NOBODY else then), kind
        assert "at its worst" not in asked(story, kind)


@pytest.mark.parametrize(("first", "then"), OTHERS)
def test_of_several_shares_none_is_chosen_and_a_hint_quotes_them_until_one_is_typed(first: str, then: str) -> None:
    story = two_shares("affected", first, then)
    now = story.compose("update", status="Working on the rest").text
    assert f"\nAffected: {then[0].upper()}{then[1:]}.\n" in now, "while it goes on, the field is as it was noted"
    story = resolved(story, "Restarted the link")
    for kind, label in (("resolution", "Affected"), ("update", "Affected")):
        values = story.values(kind)
        assert (values["affected"], values["impact"]) == ("", "cards fail"), kind
        composed = story.compose(kind, root_cause="A link")
        assert "ffected: " not in composed.text
        assert not composed.missing, "it is not required"
        said = f"as {label}: 03:57 CET “{first}”, 04:17 CET “{then}”. Say what it was at its worst."
        assert said in asked(story, kind), asked(story, kind)
        typed = story.values(kind, affected="about a tenth")
        assert "at its worst" not in "\n".join(hints(KINDS[kind], typed, story.snapshot, BOOK))
    story.send("resolution", root_cause="A link", affected="about 70 % of all")
    for kind in ("resolution", "update"):
        assert story.values(kind)["affected"] == "about 70 % of all", "it was said at the end what it was"
        assert "at its worst" not in asked(story, kind)
    assert story.values("customer")["affected"] == "", "a share noted for colleagues is not for customers"


def test_a_required_impact_of_which_several_things_were_noted_is_a_gap() -> None:
    story = told().fact("impact", "no new jobs in all three cities")
    story.at(60).fact("impact", "no new jobs in Graz")
    story = resolved(story, "Restarted it")
    for kind in ("resolution", "customer"):
        composed = story.compose(kind, root_cause="A link")
        assert [field.id for field in composed.missing] == ["impact"]
        label = "Impact" if kind == "resolution" else "What they may have seen"
        assert f"[{label}?]" in composed.text
        said = f"Noted as {label}: 03:57 CET “no new jobs in all three cities”, 04:17 CET “no new jobs in Graz”."
        assert said in asked(story, kind)
    story.send("resolution", root_cause="A link", impact="no new jobs in all three cities")
    assert "Impact while it lasted: No new jobs in all three cities.\n" in story.compose("update", status="Done").text
    story.fact("impact", "no new jobs in all three cities")  # as sending it does
    assert story.values("customer")["impact"] == "no new jobs in all three cities"


def test_customers_read_the_past_once_a_fix_is_in_place_so_its_sender_says_what_it_was() -> None:
    def fixed() -> str:
        return story.values("customer", state="monitoring")["impact"]

    story = told().fact("impact", "no sound on floors 2 and 3")
    story.send("customer")
    assert fixed() == "no sound on floors 2 and 3", "one thing was said"
    for none in ("none since 14:35 CET", "no impact since 14:35", "nothing since 04:10 CET", "none: sound is back"):
        story.at(50).fact("impact", none)
        assert fixed() == "no sound on floors 2 and 3", none
        assert f"“{none}” in What they may have seen does not say what fails" in asked(story, "customer")
    story.at(60).fact("impact", "no sound on floor 3")
    composed = story.compose("customer", state="monitoring", status="Sound is back")
    assert [field.id for field in composed.missing] == ["impact"]
    assert "What happened: [What they may have seen?]" in composed.text
    several = "“no sound on floors 2 and 3”, 04:17 CET “no sound on floor 3”. Say what it was at its worst."
    values = story.values("customer", state="monitoring")
    assert several in "\n".join(hints(KINDS["customer"], values, story.snapshot, BOOK))
    assert story.values("customer")["impact"] == "no sound on floor 3", "without a fix, it is what they see now"
    assert story.values("update")["impact"] == "no sound on floor 3", "colleagues read what is so now"
    staged = story.at(61).add(acts.stages.set_stage(BOOK, "recovery"))
    assert staged.values("customer")["impact"] == quiet_update(KINDS["customer"], staged.snapshot)["impact"] == ""
    story.send("customer", state="monitoring", impact="no sound on any floor", status="Sound is back")
    story.at(70)
    assert fixed() == "no sound on any floor", "its sender has said it"
    assert "at its worst" not in asked(story, "customer")
    story.fact("impact", "no sound on floor 1")
    assert "Since then, “no sound on floor 1” is known" in asked(story, "customer")
    story.send("customer", state="identified", impact="no sound on floor 1")
    assert fixed() == "", "it broke anew"
    story.send("customer", state="monitoring", impact="no sound on any floor", status="Sound is back")
    story = resolved(story)
    assert story.values("customer")["impact"] == "no sound on any floor", "it was said with the fix"
    assert "What they may have seen: " not in asked(story, "customer")
    assert "04:17 CET “no sound on floor 3”" in asked(story, "resolution"), "of colleagues it is asked at the end"
    story.at(100).fact("segment", "visitors on all floors")
    assert "Who is affected is empty, as it was at 04:27 CET. Since then, “visitors on all" in asked(story, "customer")
    more = told().fact("impact", "no sound on floor 3")
    more.send("customer", state="monitoring", status="Sound is back")
    more = resolved(more.at(60).fact("impact", "no sound on any floor"))
    assert more.values("customer")["impact"] == "", "more was noted since"


def test_an_impact_that_was_put_better_before_any_message_is_no_second_one() -> None:
    story = told().fact("impact", "guides broken").at(44).fact("impact", "no sound in the guides")
    assert story.values("customer", state="monitoring")["impact"] == "", "nobody has read either"
    story.send("initial")
    assert story.values("customer", state="monitoring")["impact"] == "no sound in the guides"
    assert resolved(story).values("resolution")["impact"] == "no sound in the guides"
    slow = told().fact("impact", "no sound in the guides").at(54).fact("impact", "no sound on floor 3")
    slow.send("initial")
    assert resolved(slow).values("resolution")["impact"] == "", "that may have been smaller by then"


def test_customers_keep_their_own_words_at_the_end_unless_what_was_noted_changed_since() -> None:
    story = told().fact("impact", "502 on pay-3")
    story.send("customer", impact="errors when paying")
    early = resolved(story, "Restarted it")
    assert early.values("customer")["impact"] == "errors when paying"
    assert "at its worst" not in asked(early, "customer")
    later = told().fact("impact", "502 on pay-3")
    later.send("customer", impact="errors when paying")
    later = resolved(later.at(60).fact("impact", "nobody can log in"), "Restarted it")
    assert later.values("customer")["impact"] == ""
    assert "03:57 CET “errors when paying”, 04:17 CET “nobody can log in”. Say what" in asked(later, "customer")
    assert [field.id for field in later.compose("customer", impact="same").missing] == ["impact"], "the same as what?"


def test_several_fields_of_which_several_things_were_noted_share_one_hint() -> None:
    story = told().fact("impact", "no internet").fact("affected", "Leeds and Bradford").fact("customers", "22k homes")
    story.send("initial")
    story.at(50).fact("impact", "Leeds still has no internet").fact("affected", "9k homes").fact(
        "customers", "9k homes"
    )
    text = asked(resolved(story), "resolution")
    assert text.count("Say what it was at its worst.") == 1
    for label, first in (("Impact", "no internet"), ("Affected", "Leeds and Bradford")):
        assert f"Noted as {label}: 03:57 CET “{first}”, 04:07 CET “" in text
    cleared = told().fact("affected", "all 800 meters").fact("affected", "").fact("affected", "60 of 800 meters")
    assert resolved(cleared).values("resolution")["affected"] == "60 of 800 meters", "the first was taken back"


def test_a_share_that_was_noted_only_after_messages_without_one_is_told_and_asked_about() -> None:
    story = told().fact("impact", "no subtitles").fact("segment", "viewers of Channels 1, 2 and 5")
    story.send("initial")
    story = resolved(story.at(60).fact("affected", "1 of 3 channels"))
    assert "Affected: 1 of 3 channels.\n" in story.compose("resolution", root_cause="A link").text
    assert "Noted as Affected: 04:17 CET “1 of 3 channels”. Say what it was at its worst." in asked(story, "resolution")
    typed = story.values("resolution", affected="all 3 channels")
    assert "at its worst" not in "\n".join(hints(KINDS["resolution"], typed, story.snapshot, BOOK))
    story.send("resolution", root_cause="A link", resolution="Fixed it")
    assert "at its worst" not in asked(story, "update")
    alone = told().fact("impact", "no subtitles")
    alone.send("initial")
    alone = resolved(alone.at(60).fact("affected", "1 of 3 channels"))
    assert "at its worst" not in asked(alone, "resolution"), "nothing else says who is affected"


def test_quiet_words_do_not_say_at_the_end_that_the_impact_is_not_known() -> None:
    story = resolved(told().fact("impact", "no subtitles").fact("impact", "subtitles are late"))
    assert quiet_update(KINDS["update"], story.snapshot)["impact"] == ""
    assert quiet_update(KINDS["update"], told().snapshot)["impact"] == "Not known yet"


def test_the_share_and_the_customers_are_two_lines_as_they_were_typed() -> None:
    story = told().fact("affected", "40 % of the alarms to followers").fact("customers", "about 18,000 followers")
    story.send("initial", impact="alarms are late")
    story.at(60).fact("affected", "none of the alarms to followers")
    now = story.compose("update").text
    assert "Affected: None of the alarms to followers.\nCustomers affected: About 18,000 followers.\n" in now
    same = story.compose("update", affected="12 shops", customers="12 shops.", impact="tills do not print").text
    assert "Affected: 12 shops.\nOpen since" in same, "word for word the same is told once"


def test_a_share_that_is_typed_for_customers_is_what_they_read_at_every_state() -> None:
    story = two_shares("affected", "all 620 cold stores", "30 of 620 cold stores")
    for state in ("investigating", "identified", "monitoring"):
        for share in ("30 of 620 cold stores", "All 620 cold stores", "12 of 620 cold stores", "no cold store"):
            text = story.compose(
                "customer", state=state, status="Most sensors send readings again", affected=share
            ).text
            assert f"\nAffected: {share[0].upper()}{share[1:]}.\n" in text


@pytest.mark.parametrize(
    ("first", "then", "change"),
    [
        (
            "all 800 meters",
            "60 of 800 meters",
            "- Affected now: 60 of 800 meters. Before: all 800 meters",
        ),
        (
            "5 % of orders",
            "20 % of orders",
            "- Affected now: 20 % of orders. Before: 5 % of orders",
        ),
        ("shops in Spain", "shops in Portugal", "- Affected now: shops in Portugal. Before: shops in Spain"),
        ("flights to Rome", "none", "- Affected now: none. Before: flights to Rome"),
        ("5 % of orders", "5 % of orders", ""),
        ("40ish% of visits", "40ish% of visits", ""),
        ("abt 200 ppl", "abt 200 ppl", ""),
        ("abt 200 ppl", "200 visits", "- Affected now: 200 visits. Before: about 200 people"),
        ("", "5 % of orders", "- Affected now: 5 % of orders. Before: not known"),
        ("unknown, 11 have called", "37 members", "- Affected now: 37 members. Before: unknown, 11 have called"),
    ],
)
def test_an_update_says_that_the_share_changed(first: str, then: str, change: str) -> None:
    story = told().fact("impact", "cards fail").fact("affected", first or "not known yet")
    story.send("initial")
    story.fact("affected", then)
    text = story.compose("update", progress="The link was restarted").text
    assert (change in text) if change else "Affected now" not in text
    assert "Affected now" not in story.compose("update", progress=f"Affected: {then}").text
    values, moment = story.values("update", progress="The link was restarted"), story.now
    story.at(60).send("update", status="Restarting")
    logged_late = compose(KINDS["update"], values, story.snapshot.at(moment), author="Dana").text
    assert logged_late.count(change or "Affected now") == bool(change), "as of when it went out"
