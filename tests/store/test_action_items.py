"""The action items of a whole file: found by an index, and folded again only where something was added."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from tests.conftest import Clock
from tests.stories import PLAYBOOK
from warroom.model import acts
from warroom.model.action_items import LISTED, items_of
from warroom.session import Session
from warroom.store.action_items import ActionItemList
from warroom.store.journal import Journal


def declare(journal: Journal, clock: Clock, title: str) -> Session:
    draft = acts.lifecycle.declare(title, 2, now=clock())
    return Session.declare(journal, lambda: PLAYBOOK, draft, author="Sam", now=clock)


def test_the_index_has_the_kinds_that_items_are_folded_from(journal: Journal, path: Path) -> None:
    """It is found only by a query that says the same; a change needs a migration."""
    connection = sqlite3.connect(path)
    (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'journal_action_items'").fetchone()
    condition = sql[sql.index("WHERE ") :]
    plan = connection.execute(f"EXPLAIN QUERY PLAN SELECT text FROM journal j {condition}").fetchall()
    connection.close()
    assert set(re.findall(r"'([\w-]+)'", condition)) == set(LISTED)
    assert "journal_action_items" in plan[0][-1]


def test_all_incidents_are_read_once_and_then_only_what_is_new(journal: Journal, path: Path, clock: Clock) -> None:
    items = ActionItemList(journal)
    assert items.read() == ()
    checkout, search = declare(journal, clock, "Checkout errors"), declare(journal, clock, "Search is slow")
    (entry,) = checkout.apply(acts.action_items.add("Alert on 5xx", owner="Priya", due="2026-12-01"))
    search.apply(acts.action_items.add("Canary"), acts.log.note("a note"))
    first = items.read()
    assert [(item.title, item.text) for item in first] == [
        ("Checkout errors", "Alert on 5xx"),
        ("Search is slow", "Canary"),
    ]
    search.apply(acts.log.note("another note"))
    assert items.read() is first

    with Journal.open(path, now=clock) as other:
        elsewhere = Session(other, lambda: PLAYBOOK, checkout.incident.id, author="Bo", now=clock)
        logged = items_of(elsewhere.incident)[0].logged
        elsewhere.apply(acts.action_items.change(logged, state="done"), acts.lifecycle.retitle("Checkout down"))
        third = declare(other, clock, "Export failed")
        third.apply(acts.action_items.add("Retry"))
        elsewhere.apply(acts.corrections.amend(entry, "Alert on all 5xx"))
    again = items.read()
    assert [(item.title, item.text, item.state) for item in again] == [
        ("Checkout down", "Alert on all 5xx", "done"),
        ("Search is slow", "Canary", "open"),
        ("Export failed", "Retry", "open"),
    ]
    assert again[1] is first[1]
    assert ActionItemList(journal).read() == again
    checkout.poll()
    assert items_of(checkout.incident) == again[:1]
