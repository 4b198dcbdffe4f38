"""What command line and console start from: opened and read when needed, read again when a company's files change."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import company
from tests.conftest import Clock
from warroom import places
from warroom.model import acts
from warroom.model.times import MINUTE
from warroom.session import Session
from warroom.store.errors import StoreError
from warroom.workspace import Problem, Workspace

SEVEN = company.PLAYBOOK.replace("acknowledge_within_min = 15", "acknowledge_within_min = 7", 1)
LOUD = '[[rule]]\nid = "loud"\nlabel = "l"\nwhy = "w"\nmax_words = 2\n'


@pytest.fixture
def told() -> list[Problem]:
    """Each problem as it is first met."""
    return []


@pytest.fixture
def workspace(tmp_path: Path, clock: Clock, told: list[Problem]) -> Iterator[Workspace]:
    """A workspace on a journal with nothing in it, and a company's folder with nothing in it."""
    (tmp_path / "own" / "templates" / "documents").mkdir(parents=True)
    made = Workspace(
        tmp_path / "warroom.db", now=clock, author="Dana", config=tmp_path / "own", env={}, on_problem=told.append
    )
    made.open_journal(create=True)
    yield made
    made.close()


def own(workspace: Workspace, name: str, text: str | None) -> Path:
    """Write one of the company's files, or remove it."""
    assert workspace.config is not None
    path = workspace.config / name
    if text is None:
        path.unlink()
    else:
        path.write_text(text, "utf-8")
    return path


def minutes(workspace: Workspace) -> int | None:
    """What tells the own playbook from the built-in one."""
    return workspace.playbook.severity(1).acknowledge_within_min


def _acknowledgement(session: Session) -> float:
    """In how many minutes the first acknowledgement is due."""
    clock = session.snapshot().clock("acknowledgement")
    assert clock is not None
    return clock.left / MINUTE


def test_there_is_no_journal_until_it_is_made(tmp_path: Path, clock: Clock) -> None:
    workspace = Workspace(tmp_path / "warroom.db", now=clock)
    with pytest.raises(StoreError, match="There is no journal"):
        assert workspace.journal
    assert workspace.open_journal(create=True) is workspace.journal
    workspace.close()


@pytest.mark.parametrize(
    ("env", "author"),
    [
        ({"WARROOM_AUTHOR": " Ana\x1b ", "USER": "root"}, "Ana␛"),
        ({"WARROOM_AUTHOR": " ", "LOGNAME": "dana"}, "dana"),
        ({"USERNAME": "sam"}, "sam"),
    ],
)
def test_the_author_is_the_name_set_else_who_is_logged_in(
    tmp_path: Path, clock: Clock, env: dict[str, str], author: str
) -> None:
    assert Workspace(tmp_path / "x.db", now=clock, env=env).author == author
    assert Workspace(tmp_path / "x.db", now=clock, env=env, author="Bo").author == "Bo"


def test_a_user_without_a_home_has_no_own_files(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise places.PlaceError("no home")

    monkeypatch.setattr(places, "config_folder", homeless)
    workspace = Workspace(tmp_path / "x.db", now=clock)
    assert workspace.config is None
    assert minutes(workspace) == 15
    assert (workspace.problems, workspace.own_files, workspace.refresh()) == ((), [], False)


def test_a_note_does_not_wait_for_the_playbook_and_what_names_a_role_reads_it(
    workspace: Workspace, clock: Clock, told: list[Problem]
) -> None:
    session = workspace.declare(acts.lifecycle.declare("Checkout errors", 2, now=clock()))
    own(workspace, "playbook.toml", "x = 1")
    assert workspace.refresh()
    session.apply(acts.log.note("still logged"), acts.decisions.decision("Roll back", "safer"), acts.log.action("done"))
    assert told == []
    session.apply(acts.roles.assign(session.playbook, session.incident, "ic", "Priya"))
    assert [problem.where for problem in told] == ["x"]


def test_nothing_has_changed_until_something_does(workspace: Workspace) -> None:
    own(workspace, "playbook.toml", SEVEN)
    assert minutes(workspace) == 7
    before = workspace.playbook, workspace.rules, workspace.kinds
    assert not workspace.refresh()
    assert not workspace.refresh()
    assert all(
        one is other for one, other in zip(before, (workspace.playbook, workspace.rules, workspace.kinds), strict=True)
    )


def test_a_playbook_that_appears_changes_and_disappears_is_followed(workspace: Workspace, clock: Clock) -> None:
    session = workspace.declare(acts.lifecycle.declare("Checkout errors", 1, now=clock()))
    assert _acknowledgement(session) == 15
    own(workspace, "playbook.toml", SEVEN)
    assert minutes(workspace) == 15, "until it is looked at"
    assert workspace.refresh()
    assert _acknowledgement(session) == 7
    own(workspace, "playbook.toml", SEVEN.replace("= 7", "= 8"))
    assert workspace.refresh()
    assert minutes(workspace) == 8
    own(workspace, "playbook.toml", None)
    assert workspace.refresh()
    assert minutes(workspace) == 15
    assert not workspace.refresh()


def test_a_playbook_that_breaks_while_running_stays_as_it_was_until_it_is_corrected(workspace: Workspace) -> None:
    path = own(workspace, "playbook.toml", SEVEN)
    assert minutes(workspace) == 7
    for spoil, sentence in company.BROKEN_PLAYBOOK.values():
        path.unlink()
        spoil(path)
        assert workspace.refresh()
        assert minutes(workspace) == 7
        (problem,) = workspace.problems
        assert str(problem).startswith(f"{path}{sentence}")
        assert str(problem).endswith("; the previous version is used until this is corrected")
        path.rmdir() if path.is_dir() else path.unlink()
        own(workspace, "playbook.toml", SEVEN)
        assert workspace.refresh()
        assert workspace.problems == ()
    own(workspace, "playbook.toml", "x = 1")
    assert workspace.refresh()
    assert minutes(workspace) == 7
    own(workspace, "playbook.toml", None)
    assert workspace.refresh()
    assert minutes(workspace) == 15, "without the file nothing of it is left"
    own(workspace, "playbook.toml", "x = 1")
    assert workspace.refresh()
    assert minutes(workspace) == 15


def test_a_playbook_broken_from_the_start_is_read_once_it_is_corrected(
    workspace: Workspace, told: list[Problem]
) -> None:
    own(workspace, "playbook.toml", "x = 1")
    assert minutes(workspace) == minutes(workspace) == 15
    assert len(told) == 1
    own(workspace, "playbook.toml", SEVEN)
    assert workspace.refresh()
    assert minutes(workspace) == 7
    assert workspace.problems == ()


def test_wording_rules_are_followed_likewise(workspace: Workspace) -> None:
    shipped = workspace.rules
    own(workspace, "wording.toml", LOUD)
    assert workspace.refresh()
    assert [rule.id for rule in workspace.rules.messages] == ["loud"]
    own(workspace, "wording.toml", "rule = 3")
    assert workspace.refresh()
    assert [rule.id for rule in workspace.rules.messages] == ["loud"]
    own(workspace, "wording.toml", None)
    assert workspace.refresh()
    assert workspace.rules == shipped


def test_messages_are_followed_likewise(workspace: Workspace) -> None:
    shipped = list(workspace.kinds)
    own(workspace, "templates/update.j2", company.HEADER + "ours: {{ title }}")
    own(workspace, "templates/partner.j2", company.HEADER + "to partners: {{ title }}")
    assert workspace.refresh()
    assert workspace.kinds["update"].body == "ours: {{ title }}"
    assert set(workspace.kinds) == {*shipped, "partner"}
    for name in ("update", "partner"):
        own(workspace, f"templates/{name}.j2", company.HEADER + "{{ titel }}")
    own(workspace, "templates/press.j2", "hello")
    assert workspace.refresh()
    assert workspace.kinds["update"].body == "ours: {{ title }}"
    assert workspace.kinds["partner"].body == "to partners: {{ title }}"
    assert list(workspace.broken_kinds) == ["press"]
    assert [str(problem).rpartition("; ")[2] for problem in workspace.problems] == [
        "the previous version of the message is used until this is corrected",
        "there is no built-in message of that name, so it can't be used until this is corrected",
        "the previous version of the message is used until this is corrected",
    ]
    for name in ("update", "partner", "press"):
        own(workspace, f"templates/{name}.j2", None)
    assert workspace.refresh()
    assert list(workspace.kinds) == shipped
    assert (workspace.problems, workspace.broken_kinds) == ((), {})


def test_documents_are_followed_and_a_broken_one_gives_way_to_the_built_in_one(
    workspace: Workspace, clock: Clock
) -> None:
    from warroom.documents.registry import DOCUMENTS

    session = workspace.declare(acts.lifecycle.declare("Checkout", 2, now=clock()))
    own(workspace, "templates/documents/handoff.txt.j2", "ours: {{ title }}")
    assert workspace.refresh()
    assert "".join(workspace.document(DOCUMENTS["handoff"], "txt", session)) == "ours: Checkout"
    own(workspace, "templates/documents/handoff.txt.j2", "{{ titel }}")
    assert workspace.refresh()
    assert [problem.where for problem in workspace.problems] == [1]


@pytest.mark.parametrize("what", ["contents", "permissions", "folder", "link"])
def test_every_way_to_change_a_file_is_noticed(workspace: Workspace, tmp_path: Path, what: str) -> None:
    path = own(workspace, "playbook.toml", SEVEN)
    times = path.stat()
    assert minutes(workspace) == 7
    if what == "contents":  # as long as before, and dated as before
        path.write_text(SEVEN.replace("= 7", "= 8"))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    elif what == "permissions":
        path.chmod(0o600 if path.stat().st_mode & 0o044 else 0o644)
    elif what == "folder":
        shutil.rmtree(path.parent)
    else:
        path.rename(tmp_path / "elsewhere.toml")
        path.symlink_to(tmp_path / "nowhere.toml")
    assert workspace.refresh()
    assert not workspace.refresh()


def test_what_is_remembered_is_there_at_the_next_start_and_what_has_another_form_is_not(
    workspace: Workspace, clock: Clock
) -> None:
    workspace.remember("colours", "dark")
    again = Workspace(workspace.database, now=clock)
    assert again.remembered("colours", str) == "dark"
    assert again.remembered("colours", dict[str, str]) is None
    again.remember("colours", None)
    assert workspace.remembered("colours", str) is None
    again.close()
