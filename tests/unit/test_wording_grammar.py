"""The pattern language of the kinds of remark, element by element, on small lexicons made up here."""

from __future__ import annotations

import pytest

from warroom.wording import check_text, load

LEXICON = """
[lexicon]
function = "the a of"
metal = "gold silver white_gold"
boat = "ship(s) ferry"
{more}
[phrases]
fleet = ["{{boat}} | ten {{boat}}"]
convoy = ["{{fleet}} and {{fleet}}"]
[[kind]]
id = "vague"
label = "l"
why = "w"
audiences = ["log"]
{unless}
[[kind.case]]
patterns = ['''{pattern}''']
{case}
"""


def found(pattern: str, text: str, *, unless: str = "", case: str = "", more: str = "") -> list[str]:
    """The words that a pattern finds in a text."""
    file = LEXICON.format(pattern=pattern, unless=unless, case=case, more=more)
    return [finding.words for finding in check_text(text, load(file, file="own.toml"), "log")]


@pytest.mark.parametrize(
    ("pattern", "text", "words"),
    [
        # a word, in any case, whole, with or without a hyphen or a contraction
        ("roll back", "Please ROLL-Back now", ["ROLL-Back"]),
        ("roll-back", "Please roll back now", ["roll back"]),
        ("roll", "Please enrol the rolls", []),
        ("won't", "It won’t, it will", ["won’t"]),
        ("wo n't", "It won't", ["won't"]),
        # a class, also with words of several words, and built-in classes
        ("{metal} {boat}", "The Gold ships, and the white gold ferry", ["Gold ships"]),
        ("{metal} {boat}", "the white gold ferry", ["white gold ferry"]),
        ("{number} {boat}", "12 ships", ["12 ships"]),
        ("{clock}", "at 03:41 or so", ["03:41"]),
        ("{name} {ed}", "Then Xanthe sailed", ["Xanthe sailed"]),
        # a phrase, and a phrase made of phrases
        ("{fleet}", "all ten ships", ["ten ships"]),
        ("{convoy}", "a ferry and ten ships", ["ferry and ten ships"]),
        # one of several; something or nothing
        ("(red | dark blue) ship", "A dark blue ship", ["dark blue ship"]),
        ("(red | dark blue) ship", "A blue ship", []),
        ("red? ship", "A ship", ["ship"]),
        ("red? ship", "A red ship", ["red ship"]),
        ("(very red)? ship", "A very red ship", ["very red ship"]),
        # gaps of words: up to so many, no signs
        ("red _ ship", "red old ship", ["red old ship"]),
        ("red _ ship", "red ship", []),
        ("red _2 ship", "red ship", ["red ship"]),
        ("red _2 ship", "red big old ship", ["red big old ship"]),
        ("red _2 ship", "red very big old ship", []),
        ("red _2 ship", "red, old ship", []),
        ("red _2 ship", "red ship, old ship", ["red ship"]),  # as few as possible
        # far gaps: words and signs, up to the end of the clause
        ("red ~3 ship", "red, old ship", ["red, old ship"]),
        ("red ~3 ship", "red (and) very old ship", []),
        ("red ~9 ship", "red one. Old ship", []),
        ("red ~9 ship", "red one; old ship", []),
        # not followed by
        ("red !{boat}", "red ship", []),
        ("red !{boat}", "red car", ["red"]),
        ("red !(old | new) {boat}", "red ship", ["red ship"]),
        ("red !(old | new) _ {boat}", "red old ship", []),
        # the beginning and the end of a sentence, of an item, of a line with a label
        ("^ red", "It is red. Red it is", ["Red"]),
        ("^ red", "It is red", []),
        ("^ red", "Colours:\n- red\n- blue", ["red"]),
        ("red $", "It is red. It is", ["red"]),
        ("red $", "A red one", []),
        ("^ red $", "Is it? Red! Yes", ["Red"]),
        # signs are classes too
        ("red {comma} {boat}", "red, ship", ["red, ship"]),
        ("red {end}", "It is red!", ["red!"]),
        ("red {question}", "It is red?", ["red?"]),
        # parts kept for the better sentence are found like any others
        ("<metal: {metal}> <boat: red {boat} | {boat}>", "gold red ferry", ["gold red ferry"]),
    ],
)
def test_an_element_finds_these_words(pattern: str, text: str, words: list[str]) -> None:
    assert found(pattern, text) == words


def test_a_phrase_of_several_words_is_longest_first() -> None:
    more = 'long = "ice ice_cream ice_cream_van"'
    assert found("an {long}", "an ice cream van", more=more) == ["an ice cream van"]


def test_lists_take_the_words_of_others_and_spell_out_forms() -> None:
    more = 'all_of_it = "{metal} deploy(s,ed,ing)"'
    for word in ("silver", "white gold", "deploy", "deploys", "deployed", "deploying"):
        assert found("the {all_of_it} car", f"the {word} car", more=more) == [f"the {word} car"]
    assert found("the {all_of_it} car", "the deployer car", more=more) == []


def test_unless_excuses_in_its_clause_and_unless_all_in_its_sentence() -> None:
    for unless in ('unless = ["perhaps"]', ""):
        case = "" if unless else 'unless = ["perhaps"]'
        assert found("red ship", "Perhaps a red ship", unless=unless, case=case) == []
        assert found("red ship", "Perhaps; a red ship", unless=unless, case=case) == ["red ship"]
        assert found("red ship", "Perhaps. A red ship", unless=unless, case=case) == ["red ship"]
    both = 'unless_all = ["perhaps", "says {name}"]'
    assert found("red ship", "Perhaps a red ship", case=both) == ["red ship"]
    assert found("red ship", "A red ship, says Xanthe, perhaps", case=both) == []
    assert found("red ship", "A red ship, says Xanthe. Perhaps.", case=both) == [], "the next sentence may hedge"


def test_one_remark_of_a_kind_is_enough_for_a_sentence() -> None:
    assert found("red {boat}", "A red ship and a red ferry. A red ship.") == ["red ship", "red ship"]
