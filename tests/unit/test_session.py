"""One open incident: acts go in all or none, refusals look at what is true that moment, news comes by polling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.unit.story import BOOK, message
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.incident import Refused, fold
from warroom.model.kinds.corrections import Retracted
from warroom.model.times import MINUTE
from warroom.session import Session
from warroom.store.errors import StoreError
from warroom.store.journal import Journal


@pytest.fixture
def session(journal: Journal, clock: Clock) -> Session:
    """A SEV2 being worked on by Sam."""
    draft = acts.lifecycle.declare("Checkout errors", 2, now=clock())
    return Session.declare(journal, lambda: BOOK, draft, author="Sam", now=clock)


@pytest.fixture
def other(session: Session, path: Path, clock: Clock) -> Iterator[Session]:
    """The same incident as another process has it open."""
    with Journal.open(path, now=clock) as journal:
        yield Session(journal, lambda: BOOK, session.incident.id, author="Ana", now=clock)


def count(session: Session) -> int:
    """How many entries the incident has in the file."""
    return session.journal.count(session.incident.id)


def reopened(session: Session) -> Session:
    """The incident as one who opens it now would have it."""
    return Session(session.journal, lambda: BOOK, session.incident.id, author="Sam", now=session.now)


def test_declaring_opens_the_incident(session: Session, journal: Journal) -> None:
    assert session.incident.title == "Checkout errors"
    assert len(session.incident.id) == 6
    assert [entry.author for entry in journal.since(0)] == ["Sam"]
    assert [life.state for life in journal.lifecycles()] == ["open"]


def test_a_declaration_that_is_refused_leaves_nothing(journal: Journal, clock: Clock) -> None:
    with pytest.raises(Refused, match="needs a title"):
        Session.declare(journal, lambda: BOOK, acts.lifecycle.declare(" ", 2, now=clock()), author="Sam", now=clock)
    assert journal.last_seq() == 0


def test_what_is_applied_is_in_the_file_and_in_the_state(session: Session, clock: Clock) -> None:
    clock.advance(minutes=2)
    note, fact = session.apply(acts.log.note("Errors at 20 %"), acts.facts.fact(BOOK, "affected", "20 %"))
    assert (note.text, fact.text, fact.at) == ("Errors at 20 %", "Share affected: 20 %", clock())
    assert session.incident.fact("affected") == "20 %"
    assert session.seq == fact.seq
    assert reopened(session).incident == session.incident


def test_nothing_to_apply_is_nothing(session: Session) -> None:
    assert session.apply() == []
    assert count(session) == 1


def test_acts_go_in_all_or_none(session: Session) -> None:
    before = session.incident
    with pytest.raises(Refused, match="no fact 'mood'"):
        session.apply(
            acts.facts.fact(BOOK, "impact", "payment fails"), acts.log.note("x"), acts.facts.fact(BOOK, "mood", "grim")
        )
    assert session.incident == before
    assert count(session) == 1


def test_each_act_is_judged_by_what_the_ones_before_it_did(session: Session) -> None:
    resolved, notice, closed = session.apply(
        acts.lifecycle.resolve("Rolled back"), message("resolution"), acts.lifecycle.close()
    )
    assert session.incident.state == "closed"
    assert resolved.seq < notice.seq < closed.seq
    with pytest.raises(Refused, match="is closed; reopen it first"):
        session.apply(acts.log.note("one more"))


def test_an_act_is_refused_when_another_process_got_there_first(session: Session, other: Session) -> None:
    other.apply(acts.lifecycle.resolve("Rolled back"))
    with pytest.raises(Refused, match="already resolved"):
        session.apply(acts.lifecycle.resolve("Rolled back too"))
    assert session.incident.state == "resolved"
    other.apply(acts.lifecycle.close())
    with pytest.raises(Refused, match="is closed"):
        session.apply(acts.log.note("hello?"))
    assert count(session) == 3


def test_an_act_sees_what_another_process_added_just_before(session: Session, other: Session) -> None:
    other.apply(acts.facts.fact(BOOK, "system", "checkout"))
    session.apply(acts.facts.fact(BOOK, "impact", "payment fails"))
    assert session.incident.known_facts() == {"system": "checkout", "impact": "payment fails"}


def test_polling_brings_what_others_added_once(session: Session, other: Session) -> None:
    assert session.poll() == []
    other.apply(acts.log.note("Errors at 20 %"), acts.facts.fact(BOOK, "affected", "20 %"))
    assert [entry.text for entry in session.poll()] == ["Errors at 20 %", "Share affected: 20 %"]
    assert session.poll() == []
    assert session.incident == other.incident
    session.apply(acts.log.note("seen"))
    assert session.poll() == []


def test_what_happens_to_another_incident_is_no_news(session: Session, other: Session, clock: Clock) -> None:
    Session.declare(
        other.journal, lambda: BOOK, acts.lifecycle.declare("Login slow", 3, now=clock()), author="Ana", now=clock
    )
    assert session.poll() == []
    assert session.incident.title == "Checkout errors"


def test_two_who_look_through_one_connection_both_get_the_news(session: Session, other: Session) -> None:
    beside = reopened(session)
    other.apply(acts.log.note("Errors at 20 %"))
    assert session.journal.changed()
    assert len(session.poll()) == len(beside.poll()) == 1


def test_news_that_could_not_be_read_is_news_still(
    session: Session, other: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    other.apply(acts.log.note("Errors at 20 %"))

    def busy(seq: int, incident: str | None = None) -> None:
        raise StoreError("busy")

    with monkeypatch.context() as patched:
        patched.setattr(session.journal, "since", busy)
        with pytest.raises(StoreError):
            session.poll()
    assert [entry.text for entry in session.poll()] == ["Errors at 20 %"]


def test_an_incident_that_cannot_be_opened_is_not_declared_so_that_trying_again_declares_it_once(
    journal: Journal, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = acts.lifecycle.declare("Checkout errors", 2, now=clock())

    def busy(incident: str) -> None:
        raise StoreError("busy")

    with monkeypatch.context() as patched:
        patched.setattr(journal, "state", busy)
        with pytest.raises(StoreError):
            Session.declare(journal, lambda: BOOK, draft, author="Sam", now=clock)
    assert journal.last_seq() == 0


def test_a_failing_commit_leaves_the_state_as_it_was(session: Session, path: Path) -> None:
    before = session.incident
    path.rename(path.with_suffix(".elsewhere"))
    with pytest.raises(StoreError):
        session.apply(acts.facts.fact(BOOK, "impact", "payment fails"))
    assert session.incident == before
    path.with_suffix(".elsewhere").rename(path)
    session.apply(acts.facts.fact(BOOK, "system", "checkout"))
    assert session.incident.known_facts() == {"system": "checkout"}


def test_a_line_of_this_incident_can_be_taken_back(session: Session) -> None:
    (note,) = session.apply(acts.log.note("wrong window"))
    session.apply(acts.corrections.retract(note))
    assert session.incident.replaced[note.key].retracted


def test_a_line_that_did_something_is_not_reworded_away_from_what_it_did(session: Session) -> None:
    (fact,) = session.apply(acts.facts.fact(BOOK, "system", "checkout"))
    with pytest.raises(Refused, match="log it again, or take it back"):
        session.apply(acts.corrections.amend(fact, "Affected system: login"))
    session.apply(acts.corrections.retract(fact))
    assert session.incident.fact("system") == ""


def test_only_lines_of_this_incident_that_may_change_can_be_corrected(session: Session, clock: Clock) -> None:
    elsewhere = Session.declare(
        session.journal, lambda: BOOK, acts.lifecycle.declare("Login slow", 3, now=clock()), author="Sam", now=clock
    )
    (foreign,) = elsewhere.apply(acts.log.note("over there"))
    declared = session.journal.state(session.incident.id)[0]
    with pytest.raises(Refused, match="no such line in this incident"):
        session.apply(acts.corrections.retract(foreign))
    with pytest.raises(Refused, match="a “declared” line can't be corrected or taken back"):
        session.apply(acts.corrections.amend(declared, "Other words"))
    for target in ("nowhere:1", "", "here"):
        with pytest.raises(Refused, match="no such line"):
            session.apply(Draft(Retracted(target), "Taken back"))


def test_hostile_words_come_back_visible_and_the_same_after_reopening(session: Session) -> None:
    (entry,) = session.apply(acts.facts.fact(BOOK, "impact", "pay\x1b]0;x\x07ment \ud800 {{ 7 * 7 }} [/x]"))
    assert session.incident.fact("impact") == "pay␛]0;x␇ment ⟨U+D800⟩ {{ 7 * 7 }} [/x]"
    assert "\x1b" not in entry.text
    assert reopened(session).incident == session.incident


def test_the_picture_of_now(session: Session, clock: Clock) -> None:
    assert [running.id for running in session.snapshot().clocks] == [
        "phase",
        "acknowledgement",
        "customer",
        "resolution",
    ]
    assert session.snapshot().checklist.total == 12
    clock.advance(minutes=20)
    assert session.snapshot().advice.rule == "overdue"


def test_a_change_of_severity_says_what_it_did(session: Session, clock: Clock) -> None:
    clock.advance(minutes=12)
    assert session.change_severity(1, "all users now") == [
        "Customer message now due in 3 min",
        "Resolution target: as soon as possible",
    ]
    with pytest.raises(Refused, match="it is already SEV1"):
        session.change_severity(1, "again")


def test_the_state_is_the_fold_of_the_file_wherever_the_clock_jumps(
    session: Session, other: Session, clock: Clock
) -> None:
    session.apply(message("initial", promise=40))
    clock.advance(hours=2)
    other.apply(acts.lifecycle.resolve())
    clock.advance(hours=-2, minutes=3)
    session.apply(acts.lifecycle.reopen("not over"), message("update", 2, promise=50))
    other.poll()
    assert session.incident == other.incident == fold(session.journal.state(session.incident.id))
    update = next(running for running in session.snapshot().clocks if running.id == "update")
    assert (update.due - clock()) // MINUTE == 47
