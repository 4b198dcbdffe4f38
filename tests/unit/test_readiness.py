"""What is ready, what is stale, and what is not, told from the entries of the register."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.story import BOOK
from warroom import places
from warroom.model import getting_ready
from warroom.model.entries import Draft, Entry
from warroom.model.kinds import readiness as acts
from warroom.model.kinds.drills import DrillFinished, finish_drill
from warroom.model.kinds.reviews import mark_read
from warroom.model.playbook import PlaybookError, load
from warroom.model.readiness import DAY, Ready, count, named, readiness

ROWS = {row.id: row for group in BOOK.readiness for row in group.rows}
TEXT = (places.templates() / "playbook.toml").read_text("utf-8")


def entry(n: int, draft: Draft, *, day: float = 0, author: str = "Lena") -> Entry:
    """The entry of a draft, so many days after 03:17."""
    at = round(START + day * DAY)
    return Entry(n, "here", n, at << 16, "readiness", at, at, author, draft.text, draft.body)


def told(*drafts: tuple[float, Draft], broken: str = "") -> Mapping[str, Ready]:
    """The items by id, as drafts with their days make them."""
    entries = [entry(n, draft, day=day) for n, (day, draft) in enumerate(drafts, 1)]
    return {item.row.id: item for item in readiness(BOOK, entries, broken_template=broken)}


def at(day: float) -> int:
    """So many days after 03:17, ms UTC."""
    return round(START + day * DAY)


def test_a_new_file_has_nothing_of_fourteen() -> None:
    items = readiness(BOOK, [])
    assert count(items, START).words == "0 of 14"
    assert [item.number for item in items] == list(range(1, 15))
    assert {item.when for item in items} == {"right now", "this week", "this month"}
    assert {item.told(START) for item in items} == {"open"}


def test_an_item_is_ready_until_it_is_stale_and_again_once_it_is_checked() -> None:
    held = (0.0, acts.hold(ROWS["on-call"], {"engineer": " Marcus ", "schedule": "https://x.example", "commander": ""}))
    item = told(held)["on-call"]
    assert item.values == {"engineer": "Marcus", "schedule": "https://x.example"}
    assert (item.by, item.at, item.stale_at) == ("Lena", START, at(7))
    assert [item.state(at(day)) for day in (0, 6.99, 7)] == ["ready", "ready", "stale"]
    assert [item.told(at(day)) for day in (0, 0.1, 5, 6.5, 40)] == [
        "ready, 7 days left",
        "ready, 7 days left",
        "ready, 2 days left",
        "ready, stale within a day",
        "stale: checked 40 days ago, good for 7 days",
    ]
    again = told(held, (40, acts.check(ROWS["on-call"])))["on-call"]
    assert (again.state(at(41)), again.values) == ("ready", item.values)
    longer = told(held, (40, acts.check(ROWS["on-call"], 30)), (41, acts.check(ROWS["on-call"])))["on-call"]
    assert longer.good_for_days == 30
    assert count(told(held).values(), at(8)).words == "0 of 14, 1 stale"


def test_an_item_without_all_that_it_needs_is_open_and_says_what_is_missing() -> None:
    item = told((0, acts.hold(ROWS["on-call"], {"engineer": "Marcus"})))["on-call"]
    assert (item.state(START), item.told(START)) == ("open", "open: The schedule's link missing")
    assert item.not_to_check.endswith("first give it: The schedule's link")
    assert told()["severity"].not_to_check == ""


def test_what_is_cleared_says_why_and_what_is_undone_was_never_said() -> None:
    held = (0.0, acts.hold(ROWS["channel"], {"channel": "#old"}))
    cleared = told(held, (1, acts.clear(ROWS["channel"], "we moved")))["channel"]
    assert (cleared.state(at(1)), cleared.told(at(1)), cleared.values) == ("open", "cleared: we moved", {})
    back = told(held, (1, acts.clear(ROWS["channel"], "we moved")), (2, acts.undo("here:2", "x")))["channel"]
    assert (back.values, back.at) == ({"channel": "#old"}, START)
    assert told(held, (2, acts.undo("here:1", "x")))["channel"] == told()["channel"]


def _played(day: float, *, finished: bool = True) -> Draft:
    return finish_drill(DrillFinished("run", "checkout", "Checkout errors", 45, 45, at(day), finished))


def test_a_finished_drill_counts_by_itself_until_somebody_says_otherwise() -> None:
    item = told((50, _played(3)))["drill"]
    assert (item.state(at(4)), item.at) == ("ready", at(3))
    assert item.by_itself.startswith("DRILL played: Checkout errors")
    assert told((3, _played(3, finished=False)))["drill"].state(at(4)) == "open"
    assert told((3, _played(3)), (4, acts.clear(ROWS["drill"], "that was not serious")))["drill"].state(at(5)) == "open"
    assert told((3, _played(3)))["drill"].state(at(93)) == "stale"


def test_three_post_mortems_read_count_by_themselves() -> None:
    read = [(float(day), mark_read(ref)) for day, ref in enumerate(["a", "b", "a", "c"])]
    assert told(*read[:3])["post-mortems"].state(at(3)) == "open"
    item = told(*read)["post-mortems"]
    assert (item.state(at(4)), item.at, item.by_itself) == ("ready", at(3), read[-1][1].text)


def test_templates_with_a_mistake_are_not_at_hand() -> None:
    checked = (0.0, acts.check(ROWS["templates"]))
    assert told(checked)["templates"].state(START) == "ready"
    broken = told(checked, broken="update.j2:3: no such field")["templates"]
    assert broken.told(START) == "open: update.j2:3: no such field"
    assert "update.j2:3" in broken.not_to_check


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("runbook", ["runbook"]),
        ("2", ["on-call"]),
        ("Incident  Channel", ["channel"]),
        ("post mortems", ["post-mortems"]),
        ("procedure", ["escalation"]),
        ("incident", ["channel", "metrics"]),
        ("15", []),
        ("nothing", []),
        ("", []),
    ],
)
def test_an_item_is_named_by_id_number_or_words(words: str, found: list[str]) -> None:
    assert [item.row.id for item in named(readiness(BOOK, []), words)] == found


def test_values_are_kept_as_their_field_takes_them() -> None:
    risks, lists = ROWS["risks"].fields[0], ROWS["distribution"].fields[0]
    link = ROWS["on-call"].fields[1]
    assert getting_ready.normal(risks, " one\ntwo\x07 ") == "one\ntwo␇"
    assert getting_ready.normal(lists, "a@x.example, b@x.example;\na@x.example") == "a@x.example\nb@x.example"
    assert getting_ready.refusal(lists, "a@x.example\nboss") == "Leadership takes e-mail addresses, and 'boss' is none"
    assert getting_ready.refusal(link, "https://pager.example.com/x") == ""
    assert "begins with http:// or https://" in getting_ready.refusal(link, "pager.example.com")
    assert "at most 200 characters" in getting_ready.refusal(ROWS["channel"].fields[0], "x" * 201)


def test_items_that_are_only_texts_still_work() -> None:
    old = TEXT[: TEXT.index("[[readiness]]")] + '[[readiness]]\nwhen = "right now"\nitems = ["incident channel"]\n'
    book = load(old + TEXT[TEXT.index("[[mistakes]]") :], file="playbook.toml")
    (item,) = readiness(book, [])
    assert (item.row.id, item.row.fields, item.not_to_check) == ("incident-channel", [], "")
    (checked,) = readiness(book, [entry(1, acts.check(item.row))])
    assert checked.state(START) == "ready"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('fills = "fact:channel"', 'fills = "fact:chanel"', "expected fact: and one of system, impact"),
        ('fills = "role:ic"', 'fills = "boss"', "expected fact:, role:, contact:, audience: or standing:"),
        ('id = "schedule"', 'id = "engineer"', "expected every id once, found 'engineer' twice"),
        ('id = "runbook"\ntext', 'id = "channel"\ntext', "expected every id once, found 'channel' twice"),
        ("good_for_days = 7\n", "good_for_days = 0\n", "good_for_days"),
        ('kind = "link"', 'kind = "url"', "kind"),
    ],
)
def test_a_mistake_in_the_table_is_named(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(PlaybookError) as error:
        load(TEXT.replace(old, new, 1), file="playbook.toml")
    assert "readiness" in str(error.value)
    assert said in str(error.value)
