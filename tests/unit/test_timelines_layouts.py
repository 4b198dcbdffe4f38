"""The layouts that people keep timelines in, an example each, and what becomes of every line."""

from __future__ import annotations

import re

import pytest

from warroom.model import times
from warroom.text.cleaning import clean
from warroom.timelines import Given, Timeline, plain, read, zone

UTC = Given(zone=zone("UTC"))

LIST = """\
Timeline of 2025-11-03, all times UTC
- 13:20 Errors began
- **13:25** – Marcus: restarted the pods
* `13:31` Rolled back
"""
NUMBERED = """\
1. 2025-11-03 13:20 Errors began
2. 2025-11-03 13:25 – Marcus: restarted the pods
3. 2025-11-03 13:31 Rolled back
"""
HEADINGS = """\
## 2025-11-03
### 13:20 Errors began
### 13:25
Marcus: restarted the pods
### 13:31 Rolled back
"""
TABLE = """\
| Date | Time (UTC) | Who | What happened |
|------|:----------:|-----|---------------|
| 2025-11-03 | 13:20 | | Errors began |
| | 13:25 | Marcus | restarted the pods |
| | 13:31 | | Rolled back |
"""
STATUS_PAGE = """\
Errors began
Nov 3, 2025 - 13:20 UTC

Marcus: restarted the pods
Nov 3, 2025 - 13:25 UTC

Rolled back
Nov 3, 2025 - 13:31 UTC
"""
SLACK = """\
Monday, November 3rd, 2025
Priya Sharma  1:20 PM
Errors began
Marcus Weber  1:25 PM
restarted the pods
Priya Sharma  1:31 PM
Rolled back
"""
TEAMS = """\
[11/3/2025 1:20 PM] Priya Sharma
Errors began
[11/3/2025 1:25 PM] Marcus Weber
restarted the pods
[11/3/2025 1:31 PM] Priya Sharma
Rolled back
"""
IRC = """\
--- Log opened Mon Nov 03 13:00:00 2025
13:20 <priya> Errors began
13:25 <@marcus> restarted the pods
13:31 <priya> Rolled back
"""
CSV = """\
time,who,event
2025-11-03T13:20:00Z,,Errors began
2025-11-03T13:25:00Z,Marcus,restarted the pods
2025-11-03T13:31:00Z,,Rolled back
"""
TSV = CSV.replace(",", "\t")
SEMICOLONS = CSV.replace(",", ";")
JSON_LINES = """\
{"ts": 1762176000, "text": "Errors began"}
{"ts": 1762176300, "user": "Marcus", "text": "restarted the pods"}
{"ts": 1762176660, "text": "Rolled back"}
"""
JSON = """\
{"incident": {"title": "Errors"}, "events": [
  {"at": "2025-11-03T13:20:00Z", "what": "Errors began"},
  {"at": "2025-11-03T13:25:00Z", "author": {"name": "Marcus"}, "what": "restarted the pods"},
  {"at": "2025-11-03T13:31:00Z", "what": "Rolled back"}
]}
"""
LAYOUTS = {
    "list": LIST, "numbered": NUMBERED, "headings": HEADINGS, "table": TABLE, "status page": STATUS_PAGE,
    "slack": SLACK, "teams": TEAMS, "irc": IRC, "csv": CSV, "tsv": TSV, "semicolons": SEMICOLONS,
    "json lines": JSON_LINES, "json": JSON,
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_says_the_same(layout: str) -> None:
    timeline = read(LAYOUTS[layout], UTC)
    assert [entry.text for entry in timeline.entries] == ["Errors began", "restarted the pods", "Rolled back"]
    assert [entry.at for entry in timeline.entries] == [1_762_176_000_000, 1_762_176_300_000, 1_762_176_660_000]
    assert timeline.entries[1].who.lower().startswith("marcus")
    assert (timeline.not_understood, timeline.missing) == ((), frozenset())
    said = "11/3 may be in March" if layout == "teams" else ""
    assert [(r.line, "November 3, but it may be March 11" in r.text) for r in timeline.remarks] == [(1, True)] * bool(
        said
    )


def texts(text: str) -> list[str]:
    """The words of the entries."""
    return [entry.text for entry in read(text, UTC).entries]


def unread(text: str) -> list[int]:
    """The numbers of the lines that were not understood."""
    return [line.line for line in read(text, UTC).not_understood]


def test_lines_below_belong_to_an_entry() -> None:
    text = "- 13:20 Errors began\n  on two pods\n  13:21 was in the log\n\n  and a third\n- 13:31 Rolled back\n"
    assert texts(text) == ["Errors began\non two pods\n13:21 was in the log\n\nand a third", "Rolled back"]


def test_code_and_quotes_stay_as_they_are() -> None:
    text = "- 13:20 Errors began\n  ```\n  13:21 boom\n    at x\n  ```\n  > 13:22 said so\n- 13:31 Rolled back\n"
    assert texts(text) == ["Errors began\n```\n13:21 boom\n  at x\n```\n> 13:22 said so", "Rolled back"]


@pytest.mark.parametrize(
    "text",
    [
        "> # 2025-11-03\n> 13:20 It rains\n>\n> 13:25 It snows",
        "# 2025-11-03\n🔴 13:20 – It rains\n:large_green_circle: 13:25 – It snows",
        '{"incident": {"id": 3, "timeline": [{"at": "2025-11-03 13:20", "text": "It rains"}, '
        '{"at": "13:25", "text": "It snows"}]}}',
        "2025-11-03 13:20 It rains\n2025-11-03, 13:25 - It snows",
    ],
)
def test_marks_and_wrappings_are_seen_through(text: str) -> None:
    assert texts(text) == ["It rains", "It snows"]


def test_a_line_in_front_that_names_a_zone_by_the_way_is_no_heading() -> None:
    found = read("- Alert fired (10:00 CET)\n- The office (PST) is asleep\n2025-11-03 13:20 It rains", UTC)
    assert ([line.line for line in found.not_understood], found.entries[0].at) == ([1, 2], 1_762_176_000_000)


def test_a_label_of_a_status_page_may_stand_above_the_time() -> None:
    text = (
        "Title\n\nMonitoring\nNov 3, 2025 - 13:31 UTC\nA fix is out.\n\nIdentified\nNov 3, 2025 - 13:20 UTC\nWe know.\n"
    )
    assert texts(text) == ["Monitoring\nA fix is out.", "Identified\nWe know."]


def test_a_post_of_a_status_page_is_above_its_time_also_if_something_stands_below_the_last_one() -> None:
    page = (
        "Resolved - It is over.\nNov 3, 2025 - 13:31 UTC\nMonitoring - A fix is out.\nNov 3, 2025 - 13:20 UTC\n"
        "This incident affected: API.\n"
    )
    found = read(page, UTC)
    assert [(entry.line, entry.text, entry.kind) for entry in found.entries] == [
        (1, "Resolved - It is over.", "resolved"),
        (3, "Monitoring - A fix is out.", "message"),
    ]
    assert [line.line for line in found.not_understood] == [5]
    mail = read("From: Priya <p@example.com>\n> 13:20 a > b\n> 13:25 c")
    assert [line.text for line in mail.not_understood] == ["From: Priya <p@example.com>"]
    assert [entry.text for entry in mail.entries] == ["a > b", "c"]


def test_a_label_in_front_of_a_time_is_all_of_the_words_if_none_follow() -> None:
    text = "- 13:20 It rains\n- Resolved (13:31)\n- Fixed (13:31)\n- Resolved, 13:32.\n- Mitigated [13:33]\n"
    text += "- Resolved (13:34): all good"
    assert texts(text) == ["It rains", "Resolved", "Fixed", "Resolved", "Mitigated", "Resolved: all good"]


def test_sections_that_are_no_timeline_are_left_out() -> None:
    text = (
        "# Timeline\n- 13:20 Errors began\n\n# Root cause\nA deploy at\n13:15 – it was bad\n\n# Later\n- 13:31 Done\n"
    )
    assert texts(text) == ["Errors began", "Done"]
    assert unread(text) == [5, 6]
    assert texts("# Impact\n- 13:20 Errors began\n") == ["Errors began"]


def test_what_stands_in_front_is_not_understood() -> None:
    text = "# Post-mortem\nWe are sorry for this.\n\n- 13:20 Errors began\n"
    assert (texts(text), unread(text)) == (["Errors began"], [2])


def test_a_range_says_until_when() -> None:
    assert texts("- 13:20–13:40 Errors\n  on two pods") == ["Errors (until 13:40)\non two pods"]  # no day, no zone
    assert texts("# 3 Nov 2025, all times Pacific\n- 8:20 - 8:24 a\n- 8:30 - 8:40 CET b") == [
        "a (until 8:24 PST)",
        "b (until 8:40 CET)",
    ]


@pytest.mark.parametrize(
    ("text", "moments"),
    [
        ("- 23:45-00:15 a\n- 00:20 b", ["03 23:45", "04 00:20"]),
        ("- 22:00-02:00 a\n- 02:30 b", ["03 22:00", "04 02:30"]),
        ("- 20:00-04:00 a", ["03 20:00"]),
        ("- 2025-11-03 20:00-04:00 UTC a", ["03 20:00"]),
        ("- 13:20-05:00 a\n- 20:00-05:00 b", ["03 18:20", "04 01:00"]),
        ("- 20:00-04:00 a\n- 20:10-04:00 b\n- 20:15-04:00 c", ["04 00:00", "04 00:10", "04 00:15"]),
        ("- 2025-11-03 20:00-04:00 a", ["04 00:00"]),
        ("- 2025-11-03 20:00-21:00 a\n- 2025-11-03 20:00-04:00 b", ["03 20:00", "03 20:00"]),
    ],
)
def test_a_time_behind_a_hyphen_ends_a_range_or_is_the_zone_of_the_others(text: str, moments: list[str]) -> None:
    entries = read(f"# 2025-11-03\n{text}", UTC).entries
    assert [times.iso(entry.at)[8:16].replace("T", " ") for entry in entries if entry.at is not None] == moments


def test_noon_and_midnight_take_nothing_from_the_lines_around_them() -> None:
    at = [entry.at for entry in read("# 2025-11-03\n11:50 PM a\n1:10 b\nnoon: c\n1:20 d\n12 midnight e", UTC).entries]
    minutes = [(moment - 1_762_128_000_000) // 60_000 for moment in at if moment is not None]
    assert minutes == [1430, 1510, 2160, 2240, 2880]
    at = [
        entry.at for entry in read("# 2025-11-03\n9:00 a\n12 noon: mail sent\n12:00 midnight b\n00:10 c", UTC).entries
    ]
    minutes = [(moment - 1_762_128_000_000) // 60_000 for moment in at if moment is not None]
    assert minutes == [540, 720, 1440, 1450]


def test_four_digits_are_a_time_where_the_other_lines_have_them() -> None:
    assert texts("# 2025-11-03\n1000 alert\n1005 status page\n1010 rollback") == ["alert", "status page", "rollback"]
    assert texts("# 2025-11-03\n- 10:00 Alert\n2000 Users, all in the EU\n1500 Orders\n- 10:05 x")[1:] == ["x"]


@pytest.mark.parametrize(
    ("text", "remarked"),
    [
        ("- 10:00 status page\n1010 rollback\n- 10:20 x", ["may be an entry of its own: 1010 rollback"]),
        ("- 10:00 deploy\n10:05 alert\n- 10:20 x", ["may be an entry of its own: 10:05 alert"]),
        ("- 10:00 deploy of 1.2, done at\n  10:05 by hand\n- 10:20 x", []),
        ("10 am deploy\n1p traffic is fine\n2 pm x", ["may be an entry of its own: 1p traffic is fine"]),
        ("- 10:00 deploy\n5 pods were lost\n- 10:20 x", []),
        ("- 10:00 put off until\nday 2 (2025-11-04)\n- 10:20 x", []),
    ],
)
def test_a_line_that_may_be_an_entry_of_its_own_is_remarked_on(text: str, remarked: list[str]) -> None:
    found = read(f"# 2025-11-03\n{text}", UTC).remarks
    assert [(one.line, one.text.partition("it ")[2]) for one in found] == [(2, words) for words in remarked]


def test_a_full_hour_of_french_is_a_time_beside_others_with_minutes() -> None:
    text = "# 3 novembre 2025\n- 9h50 : alerte\n- 10h : arrêt\n- 10\u202fh\u202f30 : fin\n- 11 h – calme\n"
    found = [(times.iso(entry.at or 0)[11:16], entry.text) for entry in read(text, UTC).entries]
    assert found == [("09:50", "alerte"), ("10:00", "arrêt"), ("10:30", "fin"), ("11:00", "calme")]
    assert (texts("# 2025-11-03\n- 1h: acked\n- 2h: fixed"), unread("- 1h: acked")) == ([], [1])


def test_times_may_stand_behind_the_words() -> None:
    entries = read(
        "# 2025-11-03\nAlert fired (13:20)\n  on two pods\nResolved (13:31 UTC).\nAsleep @ 13:35", UTC
    ).entries
    assert [(entry.text, entry.written or times.iso(entry.at or 0)[11:16]) for entry in entries] == [
        ("Alert fired\n  on two pods", "13:20"),
        ("Resolved", "13:31"),
        ("Asleep", "13:35"),
    ]
    assert texts("Ship it (1.20)\nShip it (1.21)") == []
    assert texts("13:20 It rains\nIt snows (13:25)\nIt hails (13:26)")[0].startswith("It rains\nIt snows (13:25)")


def test_a_text_is_read_the_same_as_it_is_and_made_harmless() -> None:
    text = "2025-11-03\r10:00 a\u202810:05 \u202eb\x0b\u200b10:06 c\x1b[0m\r\n\ufeff\u200e10:07 d"
    assert [one.line for one in read(text, UTC).entries] == [2, 3, 4, 5]
    assert read(clean(text), UTC) == read(text, UTC) == read(plain(text), UTC)
    assert plain(plain(text)) == plain(text)
    turned = read("2025-11-03\n10:00 \u2068Priya\u2069: \u202a+49 170\u202c, \u202egpj.exe\u202c", UTC)
    assert [one.text for one in turned.entries] == ["+49 170, ⟨U+202E⟩gpj.exe⟨U+202C⟩"], "it is seen"
    assert plain(plain("a \u202ab\u202c \u202ec\u202c")) == "a b ⟨U+202E⟩c⟨U+202C⟩"


def test_lines_that_say_the_same_at_the_same_time_are_remarked_on() -> None:
    assert [(one.line, one.text) for one in read("2025-11-03\n10:00 x\n10:00  x\n10:01 x", UTC).remarks] == [
        (3, "A line above says the same at the same time, so this is imported once.")
    ]
    (many,) = read("2025-11-03\n" + "10:00 x\n" * 8, UTC).remarks
    assert many.text == (
        "7 lines say the same at the same time as one above, and are not imported again: 3, 4, 5, 6, 7 and more."
    )


def test_kinds_that_the_text_gives_are_sure() -> None:
    entries = read("time,type,event\n13:20,decision,Wait\n13:30,,Incident resolved\n", UTC).entries
    assert [(entry.kind, entry.sure) for entry in entries] == [("decision", True), ("resolved", False)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PagerDuty alert fired for checkout", "detected"),
        ("Customers report that payments fail", "detected"),
        ("SEV2 incident declared", "declared"),
        ("Priya takes the incident commander role", "role"),
        ("Decided to roll back", "decision"),
        ("Restarted the pods", "action"),
        ("Status page updated", "message"),
        ("Raised severity to SEV1", "severity"),
        ("All services back to normal", "resolved"),
        ("Should we declare an incident?", "note"),
        ("Priya acks the page, joins #inc-checkout", "acknowledged"),
        ("Alert acknowledged by Tom", "acknowledged"),
        ("GitHub support acknowledged the ticket", "note"),
        ("Customer impact mitigated", "mitigated"),
        ("Routine deployment starts a rollout of the flags pods", "action"),
        ("Support flags that refunds fail", "detected"),
        ("All green again", "resolved"),
        ('"resolved" was the wrong status; still down', "note"),
        ("Marked as resolved too early", "note"),
        ("Incident resolved: wrong config rolled back", "resolved"),
        ("customers called", "detected"),
        ("Customers called by support", "message"),
        ("decision: wait", "decision"),
        ("It rains", "note"),
        ("", "note"),
    ],
)
def test_the_words_tell_the_kind(text: str, kind: str) -> None:
    assert read(f"13:20 {text or '.'}\n", UTC).entries[0].kind == kind


@pytest.mark.parametrize(
    ("text", "is_end"),
    [
        ("User reporting back that the fix works", True),
        ("Status page set to green", True),
        ("Feeling is that things are back to working order", True),
        ("status page: resolved", True),
        ("The fix doesn't work", False),
        ("Fix works for some users", False),
        ("Does the site work?", False),
        ("Post-mortem planned", False),
    ],
)
def test_the_last_line_is_the_end_if_it_says_that_things_work_and_no_other_line_names_one(
    text: str, is_end: bool
) -> None:
    kinds = [entry.kind for entry in read(f"13:20 a\n13:30 {text}\n", UTC).entries]
    assert (kinds[-1] == "resolved") is is_end
    named = read(f"13:20 a\n13:30 Incident resolved\n13:40 {text}\n", UTC).entries
    alone = read(f"13:20 {text}\n13:40 a", UTC).entries
    assert named[-1].kind == alone[0].kind  # as its words say by themselves


def test_what_a_chat_adds_is_left_out() -> None:
    text = (
        "Monday, November 3rd, 2025\nPriya Sharma  1:20 PM\nErrors began (edited)\n:eyes: 3\n:+1: 2 :tada: 1\n\n"
        "Marcus Weber  1:25 PM\nrestarted the pods\n3 replies Last reply today at 1:40 PM\n"
    )
    assert [(entry.who, entry.text) for entry in read(text, UTC).entries] == [
        ("Priya Sharma", "Errors began"),
        ("Marcus Weber", "restarted the pods"),
    ]
    irc = (
        "13:20 <eve> It rains\n13:21 -!- al [~al@host] has joined #ops\n13:21 --> al\n13:21 *** bob quit (Ping)\n"
        "13:22 * al is now known as ali\n13:22 * bob left one node out\n13:23 --> It snows\n13:24 -!- mode/#ops [+o al]"
    )
    assert texts(irc) == ["It rains", "left one node out", "It snows"]
    assert texts("13:20 → Priya joined\n13:21 --> rollback\n") == ["Priya joined", "rollback"], "people write so too"
    signed = read("[13:20] ~ Priya: it rains\n[13:25] It snows\n~ Kim", UTC).entries
    assert [(entry.who, entry.text) for entry in signed] == [("Priya", "it rains"), ("Kim", "It snows")]
    assert texts("13:20 Decision: stop, because it floods\n13:25 x") == ["stop, because it floods", "x"]


def check(text: str, timeline: Timeline) -> None:
    """Each line begins at most one entry or was not understood, and they are in the order of the text."""
    begins = [entry.line for entry in timeline.entries]
    others = [line.line for line in timeline.not_understood]
    lines = len(re.findall("[\n\r\u2028\u2029\x0b\x0c\x85]", text)) + 1
    assert begins == sorted(set(begins))
    assert others == sorted(others)
    assert not {*begins} & {*others}
    assert all(1 <= line <= lines for line in begins + others)
    assert all(entry.at is not None or timeline.missing or entry.precision == "unknown" for entry in timeline.entries)
