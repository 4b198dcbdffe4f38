"""An end that is taken back and put back, however often and in whatever way, stays one end."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.store.exchange import entries_of
from warroom.documents.registry import DOCUMENTS
from warroom.documents.sections import is_line
from warroom.imports import add
from warroom.model import acts
from warroom.model.ends import undone_ends
from warroom.model.entries import Draft
from warroom.model.incident import fold
from warroom.model.kinds.lifecycle import Closed, Reopened, Resolved, reopen
from warroom.session import Session
from warroom.store.verify import verify
from warroom.timelines import Given, TimelineEntry, read
from warroom.workspace import Workspace

PAST = """2026-09-14 09:42 CEST Errors on the login page
2026-09-14 09:50 CEST Roll back to v2.3.1
2026-09-14 10:31 CEST All services back to normal, resolved
"""
Lines = list[tuple[str, int, str, str]]


@pytest.fixture
def workspace(path: Path, clock: Clock) -> Iterator[Workspace]:
    """A workspace on the file."""
    workspace = Workspace(path, author="Sam", now=clock)
    workspace.open_journal(create=True)
    yield workspace
    workspace.close()


def timeline() -> list[TimelineEntry]:
    """The timeline that is imported."""
    return list(read(PAST, Given()).entries)


def standing(session: Session) -> Lines:
    """The lines that count, as the log and the exports have them: key, time, kind and words."""
    incident = session.incident
    found = [one for one in session.journal.timeline(incident.id, 0, 1000) if is_line(one, incident)]
    return [(one.key, one.at, one.kind, one.text) for one in map(incident.shown, found)]


def undo(session: Session, chance: random.Random | None = None) -> bool:
    """Undo the last act, of an import sometimes only the lines; whether there was one."""
    step = session.undo_step()
    if step is None or step.obstacle:
        return False
    session.apply(*(step.cancels if step.cancels and (chance is None or chance.random() < 0.6) else step.drafts))
    return True


def redo(session: Session) -> bool:
    """Redo what was undone last; whether there was something."""
    step = session.redo_step()
    if step is not None:
        session.apply(*step.drafts)
    return step is not None


def holds(workspace: Workspace, session: Session) -> None:
    """No end stands twice, and everybody is told the same state."""
    incident = session.incident
    assert incident == fold(session.journal.state(incident.id))
    turns = [kind for *_, kind, _ in standing(session) if kind in ("resolved", "reopened", "closed")]
    ordered = sorted(
        (*incident.all(Resolved), *incident.all(Reopened), *incident.all(Closed)), key=lambda logged: logged.order
    )
    mistakes = undone_ends(incident)
    assert sorted(turns) == sorted(logged.entry.kind for logged in ordered if logged.key not in mistakes)
    assert incident.state != "open" or not ordered or ordered[-1].entry.kind == "reopened", "the log says what it is"
    assert all(one.entry.kind != "resolved" or two.entry.kind != "resolved" for one, two in pairwise(ordered))
    (life,) = workspace.journal.lifecycles()
    assert life.state == ("closed" if incident.state == "cancelled" else incident.state)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_is_undone_and_done_again_no_end_stands_twice(workspace: Workspace, clock: Clock, seed: int) -> None:
    chance = random.Random(seed)
    if is_imported := seed % 2 == 0:
        session = workspace.open(add(workspace, timeline(), title="Login fails").incident.id)
    else:
        session = workspace.declare(acts.lifecycle.declare("Login fails", 2, now=clock()))
    for _ in range(20):
        clock.advance(minutes=1)
        before, over = standing(session), session.incident.over()
        match chance.choice(["resolve", "undo", "redo", "round", "round", "reopen", "note", "into"]):
            case "resolve" if not over:
                session.apply(acts.lifecycle.resolve("Rolled back"))
            case "reopen" if over:
                session.apply(acts.lifecycle.reopen("it is back"))
            case "note":
                session.apply(acts.log.note("looked at it"))
            case "undo":
                undo(session, chance)
            case "redo":
                redo(session)
            case "round" if undo(session, chance):
                clock.advance(minutes=1)
                assert standing(session) != before
                assert redo(session)
                assert standing(session) == before
            case "into" if is_imported:
                add(workspace, timeline(), ref=session.incident.id)
                session.poll()
                session.read_again()
        holds(workspace, session)
    assert verify(workspace.database).ok


def test_an_import_that_is_undone_and_comes_again_reads_as_it_did(workspace: Workspace, clock: Clock) -> None:
    ref = add(workspace, timeline(), title="Login fails").incident.id
    session = workspace.open(ref)
    before = standing(session)

    def exported() -> str:
        whole = "".join(workspace.document(DOCUMENTS["log"], "md", session))
        return whole + "".join(workspace.document(DOCUMENTS["postmortem"], "md", session))

    log = exported()
    for again in (True, False, True, False):
        clock.advance(minutes=1)
        assert undo(session)
        assert session.incident.outcome == "cancelled: mistaken import"
        clock.advance(minutes=1)
        if again:
            redo(session)
        else:
            done = add(workspace, timeline(), ref=ref)
            assert (done.added, done.back) == (3, 3)
            session.read_again()
        assert standing(session) == before
        assert exported() == log
        holds(workspace, session)
    session.apply(acts.lifecycle.reopen("it is back"))
    clock.advance(minutes=1)
    session.apply(acts.lifecycle.resolve("Rolled back again"))
    assert [kind for *_, kind, _ in standing(session)][-3:] == ["resolved", "reopened", "resolved"]
    holds(workspace, session)


def test_an_end_that_an_earlier_version_wrote_once_more_to_redo_it_still_counts(
    workspace: Workspace, clock: Clock
) -> None:
    session = workspace.declare(acts.lifecycle.declare("Login fails", 2, now=clock()))
    session.apply(acts.lifecycle.resolve("Rolled back"))
    ended = clock()
    clock.advance(minutes=1)
    session.apply(reopen("marked as resolved by mistake", undoes=True))
    session.apply(Draft(Resolved(again=True), "Rolled back", ended))
    assert (session.incident.state, session.incident.resolved_at) == ("resolved", ended)
    assert session.redo_step() is None, "it was redone already"
    for _ in range(2):
        clock.advance(minutes=1)
        assert undo(session)
        assert session.incident.state == "open"
        clock.advance(minutes=1)
        assert redo(session)
        assert (session.incident.state, session.incident.resolved_at) == ("resolved", ended)
    assert [kind for *_, kind, _ in standing(session)].count("resolved") == 1, "not once more with each round"


def test_two_machines_agree_on_the_state_when_one_reopens_what_the_other_undoes_and_redoes(
    workspace: Workspace, clock: Clock, tmp_path: Path
) -> None:
    ours = workspace.declare(acts.lifecycle.declare("Login fails", 2, now=clock()))
    ours.apply(acts.lifecycle.resolve("Rolled back"))
    there = Workspace(tmp_path / "there.db", author="Ana", now=clock)
    journal = there.open_journal(create=True)
    journal.import_entries(entries_of(workspace.journal, ours.incident.id))
    clock.advance(minutes=1)
    there.open(ours.incident.id).apply(acts.lifecycle.reopen("it is back"))
    clock.advance(minutes=1)
    assert undo(ours)
    assert redo(ours)
    holds(workspace, ours)
    assert ours.incident.state == "resolved"

    workspace.journal.import_entries(entries_of(journal, ours.incident.id))
    journal.import_entries(entries_of(workspace.journal, ours.incident.id))
    for machine in (workspace, there):
        holds(machine, session := machine.open(ours.incident.id))
        assert session.incident.state == "open"
        assert [brief.state for brief in machine.summaries()] == ["open"]
    there.close()


def test_a_line_whose_time_nobody_knew_has_the_time_that_is_set(workspace: Workspace) -> None:
    text = PAST.replace("2026-09-14 09:50 CEST", "??:??") + "~10:35 Told everybody\n"
    session = workspace.open(add(workspace, list(read(text, Given()).entries), title="Login fails").incident.id)
    for words, kept in (("Roll back to v2.3.1", "unknown"), ("Told everybody", "approximate")):
        (line,) = (one for one in session.journal.timeline(session.incident.id, 0, 99) if one.text == words)
        assert session.incident.shown(line).body.time_precision == kept
        session.apply(acts.corrections.amend(line, f"{words}!"))
        assert session.incident.shown(line).body.time_precision == kept
        session.apply(acts.corrections.amend(line, words, line.at + 60_000))
        assert session.incident.shown(line).body.time_precision == "exact"
