"""What is typed in a chat: short forms, slips and shouting are remarked on, and written out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wording.measure import shipped_rules
from warroom.own_files import OwnFiles
from warroom.wording import Audience, MessageText, Rules, better_sentence, check_text

RULES = shipped_rules()
AUDIENCES: tuple[Audience, ...] = ("customers", "stakeholders", "leadership")


def typed(text: str, audience: Audience = "stakeholders", rules: Rules = RULES) -> list[str]:
    """The words that are remarked on as chat typing."""
    return [
        finding.words
        for finding in check_text(text, rules, audience)
        if finding.remark is not None and finding.remark.sort is not None
    ]


def written_out(text: str, audience: Audience = "stakeholders") -> str:
    """The better sentence for the first remark on chat typing."""
    found = check_text(text, RULES, audience)
    finding = next(one for one in found if one.remark is not None and one.remark.sort is not None)
    message = MessageText("", body=text, audience=audience)
    return better_sentence(text[finding.first : finding.last], finding, message, RULES)


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("ppl in Spain cant log in since 07:40 UTC.", "People in Spain can't log in since 07:40 UTC."),
        ("Custs see old prices rn, pls tell support.", "Customers see old prices right now, please tell support."),
        ("Abt 300 accts got locked thru the import", "About 300 accounts got locked through the import"),
        ("We're testing w/ Priya, w/o the old list b/c it is gone.",
         "We're testing with Priya, without the old list because it is gone."),
        # words that say nothing are left out, and the comma behind them
        ("ok so the the export is borked again", "The export is broken again"),
        ("fyi: 37 tickets so far", "37 tickets so far"),
        ("hmm, the shop is closed in Spain since 02:10", "The shop is closed in Spain since 02:10"),
        ("The shop is closed in Spain since 02:10 lol", "The shop is closed in Spain since 02:10"),
        # who does it is said where a clause begins
        ("The list is here, gonna send it to support.", "The list is here, we are going to send it to support."),
        ("We're gonna send the list to support.", "We're going to send the list to support."),
        ("dunno which of the 40 shops are open", "We don't know which of the 40 shops are open"),
        # signs, capitals and faces
        ("Cards work again in Spain. 🎉", "Cards work again in Spain."),
        ("Sign-in & password resets work again in Spain 🎉 :)", "Sign-in and password resets work again in Spain"),
        ("CHECKOUT IS DOWN IN FRANCE AND THE EU SINCE MONDAY, 12:04 UTC!!!",
         "Checkout is down in France and the EU since Monday, 12:04 UTC."),
        ("Thats why we werent told of the 40 orders.", "That's why we weren't told of the 40 orders."),
        ("It's gotta be open before 4 May.", "It has to be open before 4 May."),
        ("The app closes when its opened in Spain.", "The app closes when it's opened in Spain."),
        ("Its not clear why 40 orders hang.", "It's not clear why 40 orders hang."),
        ("The app closes bc of bad cfg.", "The app closes because of a bad configuration."),
        ("super slow in Spain, pages 10s+", "Very slow in Spain, pages take more than 10 seconds"),
        ("Delays of 20 min+ in Spain since Monday.", "Delays of more than 20 minutes in Spain since Monday."),
        ("Files uploaded this morning gone.", "Files uploaded this morning are gone."),
        ("Is Spain still blocked??", "Is Spain still blocked?"),
        ("Cards fail AGAIN in Spain since 07:40 UTC.", "Cards fail again in Spain since 07:40 UTC."),
        ("The list for Spain went out @ 14:02 UTC.", "The list for Spain went out at 14:02 UTC."),
        # every word of a sentence is written out, not only the first
        ("380ish boxes frm lagos since fri nite, its lost", "About 380 boxes from Lagos since Friday night, it's lost"),
        ("The acct mgr of google waits 10min, 2.1M -> 1.6M rows",
         "The account manager of Google waits 10 minutes, 2.1 million to 1.6 million rows"),
        ("EU shops only??", "EU shops only (not confirmed yet)."),
        ("Boxes are NOT lost, turn it off n on w the key", "Boxes are not lost, turn it off and on with the key"),
        ("i can't print in leeds/bradford, u?", "I can't print in Leeds/Bradford, you?"),
        ("The shop alrdy called support twcie", "The shop already called support twcie"),
        ("9k riders ish cant END a ride, prob 1-2 hrs-ish",
         "About 9k riders can't end a ride, probably about 1-2 hours"),
        ("Noone knows, its a prob since midnite, 1h tops", "No one knows, it's a problem since midnight, 1h at most"),
        ("basicly all shops, seperately on weds", "Basically all shops, separately on Wednesday"),
        ("Refunds auto go out, auto refunds are auto sent",
         "Refunds automatically go out, automatic refunds are automatically sent"),
        ("The departmant on platform 9 is closed", "The department on platform 9 is closed"),
        ("In Spain, shrink the files 1st, then send them", "In Spain, shrink the files first, then send them"),
        ("cause = bad disk in Spain", "Cause is bad disk in Spain"),
        ("Gritting co. NOT reached yet in Spain", "Gritting co. not reached yet in Spain"),
        ("Spain is blocked because bounce rates too high.", "Spain is blocked because bounce rates were too high."),
    ],
)  # fmt: skip
def test_it_is_written_out(text: str, better: str) -> None:
    for audience in ("stakeholders", "leadership"):
        assert written_out(text, audience) == better
        assert typed(better, audience) == []


def test_what_only_looks_like_it_is_fine() -> None:
    for text in (
        "The ATM in Leeds is out of order, and R&D and Q&A go on.",
        "AT&T and Marks & Spencer cards work again; 2 + 2 tickets are free.",
        "The FYI column is for support. See example.com/ppl?cust=1 or pls_import.",
        "The fee is due on the 1st, or on May 1st. Trains run every 20 mins until 5 pm. NB: the US site is fine.",
        "DO NOT restart it. ACTION REQUIRED: call the EU team.",
        "WHAT WE KNOW SO FAR: the shop is closed in Spain.",
        "We had had no copy of that that day; it is what it is.",
        "A caller wrote “pls, ppl cant pay” at 02:10.",
    ):
        assert typed(text) == [], text


def test_it_counts_for_those_who_get_a_message_and_once_in_a_sentence() -> None:
    text = "ppl cant pay w/ cards in Spain. Pls wait for the list!!"
    readers: tuple[Audience, ...] = ("customers", "stakeholders", "leadership")
    for audience in readers:
        assert typed(text, audience) == ["ppl", "Pls"]
    kept: tuple[Audience, ...] = ("post-mortem", "log")
    for audience in kept:
        assert typed(text, audience) == []


def test_one_remark_names_all_rough_typing_of_a_sentence_and_what_to_write() -> None:
    text = "The pts frm poznan wait 10min, 40k of them."
    (found,) = check_text(text, RULES, "customers")
    assert found.words == "pts"
    assert found.why.startswith(
        "Write “from” for “frm”, “Poznan” for “poznan”, “10 minutes” for “10min”, “40,000” for “40k”. "
        "Say in words what “pts” is. "
    )
    assert written_out(text, "customers") == "The pts from Poznan wait 10 minutes, 40,000 of them."
    assert written_out("drafts lost = poss complaints in Spain") == "Drafts lost = possible complaints in Spain"
    (left,) = check_text("The pts wait.", RULES, "customers")
    assert (left.words, left.label) == ("pts", "is no word that every reader knows")


def test_words_of_every_trade_and_names_are_no_rough_typing() -> None:
    for text in (
        "The kiln sensors report 0 degrees, and the weighbridge at the quarry prints the wrong date.",
        "The depletion is stationary, and vocational mediation conformed; the deceased had a contingent.",
        "Beekeepers, notaries and winemakers see the ledger of the co-op; the ewes are fine.",
        "Ski lifts at Hintertux start at 09:30 CET; trams on line 9 run every 20 min.",
        "Please wait: the iPad app shows 4K films, about 1,200 of 9,400.",
        "Is anybody affected? Do you see the old price?",
    ):
        for audience in AUDIENCES:
            assert typed(text, audience) == [], text


def test_a_promise_in_short_forms_is_a_promise() -> None:
    for text, instead in (
        ("Fix goes out by eod.", "It is not confirmed yet when the fix goes out."),
        ("All shops are back by COB", "It is not confirmed yet when all shops are back."),
        ("fixed by EOD", "There is no confirmed time yet."),
    ):
        assert "promise" in {finding.rule for finding in check_text(text, RULES, "stakeholders")}, text
        assert written_out(text) == instead, text


def test_a_company_adds_short_forms_and_says_which_are_fine(tmp_path: Path) -> None:
    (tmp_path / "wording.toml").write_text(
        '[known]\nabbreviations = ["EOD"]\nterms = ["cust"]\n[jargon.chat]\n"rez" = "reservation"\n'
        '[off]\nleadership = ["jargon"]\n',
        "utf-8",
    )
    problems: list[object] = []
    own = OwnFiles(tmp_path, on_problem=problems.append).rules
    assert problems == []
    assert typed("Every rez of a cust is due by EOD, pls.", rules=own) == ["rez"]
    assert typed("Every rez is due, pls.", "leadership", own) == []
    (tmp_path / "wording.toml").write_text('[jargon.chat]\n"!!" = "x"\n', "utf-8")
    OwnFiles(tmp_path, on_problem=problems.append).rules  # noqa: B018
    assert 'jargon.chat."!!"' in str(problems[0])


def test_typing_is_found_in_its_place_whatever_sentences_stand_before_it() -> None:
    first, second = "Ppl in Spain see old prices.", "Orders from approx. 40 shops arrive twice."
    for before in ("", f"{second} ", f"{second}\n\n", f"{first} {second}\n"):
        found = [one for one in check_text(f"{before}{first} {second}", RULES, "customers") if one.remark]
        words = [(one.words, one.start) for one in found if one.remark is not None and one.remark.sort is not None]
        assert words[-1] == ("Ppl", len(before)), before
        assert len(words) == 1 + before.count("Ppl"), before
