"""A company's few lines of wording.toml, added to the built-in language: names, terms, words, and what it wants off."""

from __future__ import annotations

from pathlib import Path

from tests.wording.measure import shipped_rules
from warroom.own_files import OwnFiles
from warroom.wording import Audience, Facts, MessageText, Rules, better_sentence, check, check_text, compile_all

OWN = """
[known]
systems = ["Heimdall", "Blue Harbour"]
terms = ["pod", "rate limit", "replicas", "Endpoints"]
abbreviations = ["DORA", "QXRs"]

[off]
all = ["minimising"]
leadership = ["vague"]
customers = ["leak"]

[more]
job = "ticket_agent(s)"
vendor = "kestrel"
team = "night_owls {job}"

[jargon.nouns]
"fire drill" = "list of steps"
"tillbridge" = ""

[jargon.verbs]
"drain/drains/drained/drained/draining" = "empty/empties/emptied/emptied/emptying"
"roll back/rolls back/rolled back/rolled back/rolling back" = "undo/undoes/undid/undone/undoing"

[jargon.alone]
"drain/drains/drained/drained/draining" = "close down/closes down/closed down/closed down/closing down"
"""


def own(folder: Path, text: str = OWN) -> Rules:
    """The rules as the program takes them from a company's folder; any complaint fails the test."""
    if text not in _READY:  # patterns take a second to compile
        (folder / "wording.toml").write_text(text, "utf-8")
        problems: list[object] = []
        _READY[text] = OwnFiles(folder, on_problem=problems.append).rules
        assert problems == []
    return _READY[text]


_READY: dict[str, Rules] = {}


def kinds(text: str, rules: Rules, audience: Audience = "customers") -> set[str]:
    return {finding.rule for finding in check_text(text, rules, audience)}


def test_a_few_lines_are_added_to_the_built_in_language(tmp_path: Path) -> None:
    built_in, rules = shipped_rules(), own(tmp_path)
    for text, audience, before, now in OF_BOTH:
        assert kinds(text, built_in, audience) == set(before.split()), (text, audience)
        assert kinds(text, rules, audience) == set(now.split()), (text, audience)
    assert rules.messages == built_in.messages
    assert rules.lane == built_in.lane
    assert rules.post_mortem == built_in.post_mortem


OF_BOTH: list[tuple[str, Audience, str, str]] = [
    # a system's name is nobody who could be to blame; another name still is
    ("Heimdall broke the login for all customers in Norway.", "stakeholders", "blame", ""),
    ("Torvald broke the login for all customers in Norway.", "stakeholders", "blame", "blame"),
    # terms and abbreviations that these customers know; others are as before
    ("We moved two pods at 03:41 UTC.", "customers", "jargon", ""),
    ("A rate limit refuses cards since 03:17 UTC.", "customers", "jargon", ""),
    ("The DORA report of Monday is late.", "customers", "jargon", ""),
    ("The BGP report of Monday is late.", "customers", "jargon", "jargon"),
    ("We flushed the cache at 03:41 UTC.", "customers", "jargon", "jargon"),
    # off for everybody, and off for one audience only
    ("A minor hiccup kept 2,000 cards from working.", "customers", "minimising", ""),
    ("A minor hiccup kept 2,000 cards from working.", "post-mortem", "minimising", ""),
    ("Some users are affected by an issue.", "leadership", "vague", ""),
    ("Some users are affected by an issue.", "stakeholders", "vague", "vague"),
    ("Log in with password=hunter22 until 05:00 UTC.", "customers", "leak", ""),
    ("Log in with password=hunter22 until 05:00 UTC.", "stakeholders", "leak", "leak"),
    # words added to a class
    ("Cards fail in Spain due to the ticket agent.", "stakeholders", "", "blame"),
    ("Due to kestrel, cards fail in Spain.", "stakeholders", "", "blame"),
    # a company's own jargon
    ("Our fire drill covers refunds in Spain.", "customers", "", "jargon"),
    ("The tillbridge refuses cards in Spain.", "customers", "", "jargon"),
]


def test_a_companys_jargon_is_put_into_its_plain_words(tmp_path: Path) -> None:
    rules = own(tmp_path)
    for text, better in (
        ("We drained two queues in Oslo.", "We emptied two queues in Oslo."),
        ("Two shops in Oslo drained.", "Two shops in Oslo closed down."),
        # own plain words take the place of all built-in ones of that verb
        ("The shops in Oslo rolled back.", "The shops in Oslo undid."),
        ("The fire drills for Oslo are here.", "The lists of steps for Oslo are here."),
    ):
        finding = check_text(text, rules, "customers")[0]
        assert better_sentence(text, finding, MessageText("customer", body=text), rules) == better


def test_a_term_that_is_known_is_known_in_singular_and_plural(tmp_path: Path) -> None:
    rules = own(tmp_path)
    for term in ("pod", "pods", "replica", "replicas", "endpoint", "endpoints"):
        assert kinds(f"We moved the {term} in Oslo at 03:41 UTC.", shipped_rules()) == {"jargon"}
        assert kinds(f"We moved the {term} in Oslo at 03:41 UTC.", rules) == set()
    for abbreviation in ("QXR", "QXRs", "DORA", "DORAs"):
        assert kinds(f"We moved the {abbreviation} in Oslo at 03:41 UTC.", shipped_rules()) == {"jargon"}
        assert kinds(f"We moved the {abbreviation} in Oslo at 03:41 UTC.", rules) == set()


def test_off_holds_for_messages_too_and_the_names_of_roles_are_added(tmp_path: Path) -> None:
    rules = own(tmp_path)
    for _ in compile_all(rules):
        pass
    body = "A minor hiccup kept 2,000 cards from working; will broke it. Use password=hunter22."
    message = MessageText("update", body=body, people=("Will Ng",))
    assert {finding.rule for finding in check(message, rules)} == {"leak"}
    message = MessageText("update", body=body.replace("will", "Will"), people=("Will Ng",))
    assert {finding.rule for finding in check(message, rules)} == {"blame", "leak"}
    about = Facts(systems=("Polaris",))
    assert check_text("Polaris broke the login in Norway.", rules, "stakeholders", about) == ()
    assert kinds("Polaris broke the login in Norway.", rules, "stakeholders") == {"blame"}


def test_own_rules_replace_the_built_in_ones_and_keep_the_built_in_kinds(tmp_path: Path) -> None:
    rules = own(tmp_path, '[[rule]]\nid = "plan"\nlabel = "l"\nwhy = "w"\npatterns = ["gold plan"]\n')
    assert [rule.id for rule in rules.messages] == ["plan"]
    found = check(MessageText("update", body="See the gold plan. Cards will be back in 10 minutes."), rules)
    assert {finding.rule for finding in found} == {"plan", "promise"}
    assert kinds("password=hunter22", rules) == set(), "secrets were one of the rules that are replaced"


def test_own_kinds_replace_all_of_the_built_in_ones(tmp_path: Path) -> None:
    text = """
    [lexicon]
    sweet = "sugar honey"
    [[kind]]
    id = "vague"
    label = "l"
    why = "w"
    audiences = ["log"]
    case = [{ patterns = ["{sweet} tea"] }]
    """
    rules = own(tmp_path, text)
    assert [found.words for found in check_text("Honey tea, please.", rules, "log")] == ["Honey tea"]
    assert kinds("We will be back in 10 minutes.", rules) == set()
    assert rules.messages == shipped_rules().messages


def test_a_list_in_added_words_must_be_there(tmp_path: Path) -> None:
    rules = own(tmp_path)
    assert kinds("The night owls broke the login.", shipped_rules(), "stakeholders") == set()
    assert kinds("The night owls broke the login.", rules, "stakeholders") == {"blame"}
    (tmp_path / "wording.toml").write_text('[more]\njob = "{x}"\n', "utf-8")
    problems: list[object] = []
    assert kinds("We will be back in 10 minutes.", OwnFiles(tmp_path, on_problem=problems.append).rules) == {"promise"}
    assert "more.job: expected the name of another list, got {x}" in str(problems[0])


def test_words_added_to_a_list_that_is_not_there_are_a_mistake_and_nothing_is_added(tmp_path: Path) -> None:
    (tmp_path / "wording.toml").write_text('[more]\njobs = "teller"\n[off]\nall = ["promise"]\n', "utf-8")
    problems: list[object] = []
    rules = OwnFiles(tmp_path, on_problem=problems.append).rules
    assert [str(problem) for problem in problems] == [
        f"{tmp_path / 'wording.toml'}: more.jobs: expected the name of a list of [lexicon]; did you mean 'job'?; "
        "the built-in wording rules are used until this is corrected"
    ]
    assert kinds("We will be back in 10 minutes.", rules) == {"promise"}
