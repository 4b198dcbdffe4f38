"""Which post-mortems there are to read, and who has read them."""

from __future__ import annotations

from tests.unit.story import BOOK
from warroom.model import acts
from warroom.model.entries import Draft, Entry
from warroom.model.incident import fold
from warroom.model.kinds.reviews import mark_read, mark_unread
from warroom.model.reviews import counted, read_by, to_read
from warroom.model.summary import IncidentSummary, summary
from warroom.model.times import HOUR


def past(id: str, day: int, system: str = "", state: str = "done", *, drill: bool = False) -> IncidentSummary:
    """An incident that began on a day and is over; `state` is that of its post-mortem, "" if there is none."""
    entries: list[Entry] = []

    def add(draft: Draft) -> None:
        recorded = (1_000 + day) * 24 * HOUR + len(entries) * HOUR
        n = len(entries) + 1
        at = recorded if draft.at is None else draft.at
        entries.append(Entry(n, "here", n, recorded << 16, id, at, recorded, "Sam", draft.text, draft.body))

    began = (1_000 + day) * 24 * HOUR
    add(acts.lifecycle.declare(f"Incident {id}", 2, now=began, drill=drill))
    add(acts.facts.fact(BOOK, "system", system))
    add(acts.lifecycle.resolve("Restarted"))
    if state:
        add(acts.post_mortem.set_state(state, because="nothing new" if state == "waived" else ""))
    return summary(fold(entries))


def register(*drafts: tuple[str, Draft]) -> list[Entry]:
    """The entries of the register, each by an author, an hour apart."""
    told = enumerate(drafts, 1)
    return [
        Entry(n, "here", n, (n * HOUR) << 16, "readiness", n * HOUR, n * HOUR, author, draft.text, draft.body)
        for n, (author, draft) in told
    ]


BRIEFS = [
    past("old", 1, "checkout"),
    past("new", 9, "search"),
    past("draft", 12, "Checkout", "draft"),
    past("mid", 5, "checkout"),
    past("waived", 6, "checkout", "waived"),
    past("none", 7, "checkout", ""),
    past("drill", 8, "checkout", drill=True),
]


def test_those_that_are_done_come_first_and_what_nobody_wrote_is_left_out() -> None:
    rows = to_read(BRIEFS, [], "Dana")
    assert [row.brief.id for row in rows] == ["new", "mid", "old", "draft"]
    assert [row.done for row in rows] == [True, True, True, False]
    assert [row.brief.id for row in to_read(BRIEFS, [], "Dana", "system")] == ["mid", "old", "new", "draft"]
    assert {row.brief.id: row.others for row in rows} == {"new": 0, "mid": 2, "old": 2, "draft": 2}


def test_each_reader_has_marks_of_their_own_and_a_slip_is_taken_back() -> None:
    entries = register(
        ("Dana", mark_read("new", "Alert  earlier\n")),
        ("Ana", mark_read("mid")),
        ("Dana", mark_read("old")),
        ("Dana", mark_unread("old")),
    )
    assert entries[0].text == "Post-mortem of new read – Alert  earlier"
    rows = to_read(BRIEFS, entries, "Dana")
    assert [(row.brief.id, row.learned) for row in rows if row.read] == [("new", "Alert  earlier")]
    assert counted(rows) == "1 of 4 read"
    assert set(read_by(entries)) == {"new", "mid"}
    assert list(read_by(entries, "Ana")) == ["mid"]
