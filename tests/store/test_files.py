"""Opening a journal: what is made, what is refused, and that refusing touches nothing."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import Clock
from tests.store.conftest import Start, by_hand, finished
from tests.store.drafts import INCIDENT, declared, note
from warroom.store import files
from warroom.store.backup import backup
from warroom.store.errors import (
    Busy,
    Damaged,
    DiskFull,
    Gone,
    Missing,
    NewerFile,
    NotAJournal,
    StoreError,
    translated,
)
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences
from warroom.store.verify import verify


def mode(path: Path) -> int:
    """The permission bits of a file or folder."""
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_a_new_journal_is_its_owners_alone(tmp_path: Path, clock: Clock, umask: int) -> None:
    path = tmp_path / "new" / "folders" / "journal.db"
    tmp_path.chmod(0o755)
    before = os.umask(umask)
    try:
        Journal.open(path, now=clock).close()
    finally:
        os.umask(before)

    assert mode(path) == 0o600
    assert mode(path.parent) == mode(path.parent.parent) == 0o700
    assert mode(tmp_path) == 0o755
    assert list(path.parent.iterdir()) == [path]


def test_nothing_is_made_unless_asked(tmp_path: Path, clock: Clock) -> None:
    with pytest.raises(Missing, match="no journal at"):
        Journal.open(tmp_path / "sub" / "journal.db", now=clock, create=False)

    assert list(tmp_path.iterdir()) == []

    link = tmp_path / "link.db"
    link.symlink_to(tmp_path / "sub" / "journal.db")
    with pytest.raises(Missing, match=r"is a link to .*, which does not exist: mend the link"):
        Journal.open(link, now=clock)


def test_a_file_system_without_hard_links_will_do(path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)

    with Journal.open(path, now=clock) as journal:
        journal.append(INCIDENT, declared(), author="Priya")
    assert mode(path) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_opening_writes_nothing(journal: Journal, path: Path, clock: Clock) -> None:
    journal.append(INCIDENT, declared(), author="Priya")
    before = path.read_bytes(), path.stat().st_mtime_ns

    with Journal.open(path, now=clock) as again:
        again.lifecycles()
        again.search("checkout")
        again.changed()

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_file_holds_what_was_decided_about_it(journal: Journal, path: Path) -> None:
    connection = sqlite3.connect(path)
    pragmas = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "user_version")]
    connection.close()

    assert pragmas == ["delete", files.VERSION]
    assert path.read_bytes()[68:72] == b"WRom"


def test_a_journal_someone_set_to_wal_is_one_file_again(journal: Journal, path: Path, clock: Clock) -> None:
    journal.append(INCIDENT, declared(), author="Priya")
    journal.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()

    with Journal.open(path, now=clock) as again:
        again.append(INCIDENT, note("one file"), author="Priya")
        assert list(path.parent.iterdir()) == [path]


def _other_database(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE journal (seq INTEGER PRIMARY KEY)")
    connection.commit()
    connection.close()


def test_what_is_no_journal_is_refused_and_left_alone(path: Path, clock: Clock) -> None:
    contents = [b"x", b"SQLite format 3\x00", b"not a database at all, but a page of text. " * 200]
    _other_database(path)
    contents.append(path.read_bytes())

    for content in contents:
        path.write_bytes(content)
        with pytest.raises(NotAJournal, match="cannot be opened as a journal"):
            Journal.open(path, now=clock)
        assert path.read_bytes() == content


def test_an_empty_file_is_not_started_over(path: Path, clock: Clock) -> None:
    path.touch()

    with pytest.raises(NotAJournal, match="it is empty, which a journal never is"):
        Journal.open(path, now=clock)
    assert path.stat().st_size == 0


def test_folders_and_devices_are_refused(tmp_path: Path, clock: Clock) -> None:
    for place in (tmp_path, Path("/dev/null")):
        with pytest.raises(NotAJournal, match="not a regular file"):
            Journal.open(place, now=clock)

    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="could not be used"):
        Journal.open(tmp_path / "file" / "journal.db", now=clock)


def test_a_journal_from_a_newer_version_is_refused_and_left_alone(journal: Journal, path: Path, clock: Clock) -> None:
    journal.close()
    by_hand(path, "PRAGMA user_version = 99")
    before = path.read_bytes()

    with pytest.raises(NewerFile, match="update warroom"):
        Journal.open(path, now=clock)
    assert path.read_bytes() == before


@pytest.mark.parametrize("left", [50, 4096, 4096 * 3])
def test_a_journal_cut_short_is_refused_or_damaged(journal: Journal, path: Path, clock: Clock, left: int) -> None:
    journal.append(INCIDENT, declared(), author="Priya")
    journal.close()
    os.truncate(path, left)

    with pytest.raises((NotAJournal, Damaged)), Journal.open(path, now=clock) as again:
        again.timeline(INCIDENT, 0, 10)
    assert path.stat().st_size == left


@pytest.mark.parametrize("fate", ["deleted", "moved", "replaced", "emptied folder"])
def test_a_journal_lost_while_open_is_not_written_to(journal: Journal, path: Path, clock: Clock, fate: str) -> None:
    journal.append(INCIDENT, declared(), author="Priya")
    moved = path.with_name("moved.db")
    if fate == "deleted":
        path.unlink()
    elif fate == "moved":
        path.rename(moved)
    elif fate == "replaced":
        Journal.open(moved, now=clock).close()
        moved.replace(path)
    else:
        backup(journal.connection, moved)
        path.unlink()
        path.mkdir()

    why = "deleted or moved" if fate in ("deleted", "moved") else "replaced .*Quit and open warroom again"
    with pytest.raises(Gone, match=why):
        journal.append(INCIDENT, note("lost?"), author="Priya")
    with pytest.raises(Gone):
        Preferences(journal.connection).set("draft", "lost?")
    with pytest.raises(Gone):
        journal.changed()
    if moved.exists():
        assert verify(moved).entries == 1


def test_a_journal_lost_during_an_act_does_not_claim_it(journal: Journal, path: Path) -> None:
    moved = path.with_name("moved.db")

    def act() -> None:
        with journal.writing() as writer:
            writer.append(INCIDENT, declared(), author="Priya")
            path.rename(moved)

    with pytest.raises(Gone):
        act()
    moved.rename(path)
    assert journal.append(INCIDENT, declared(), author="Priya")[0].n == 1


def test_a_lock_held_too_long_is_said_and_passes(journal: Journal, path: Path, clock: Clock) -> None:
    with Journal.open(path, now=clock, busy_s=0.01) as waiting:
        with journal.writing() as writer:
            writer.append(INCIDENT, declared(), author="Priya")
            with pytest.raises(Busy, match="locked by another process"):
                waiting.append(INCIDENT, note("now?"), author="Max")
        waiting.append(INCIDENT, note("now"), author="Max")

    assert [entry.text for entry in journal.since(1)] == ["now"]


@pytest.mark.parametrize("kind", ["IMMEDIATE", "EXCLUSIVE"])
def test_who_waits_briefly_waits_50_ms_in_all_for_any_number_of_statements(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    now, slept = [1000.0], [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds
        slept[0] += seconds

    monkeypatch.setattr("warroom.store.write_lock.monotonic", lambda: now[0])
    monkeypatch.setattr("warroom.store.write_lock.sleep", sleep)
    with closing(sqlite3.connect(path, isolation_level=None)) as other, Journal.open(path, now=lambda: 0) as hurried:
        hurried.connection.wait_briefly()
        assert hurried.connection.rows("PRAGMA busy_timeout") == [(0,)], "SQLite itself would wait for each statement"
        other.execute(f"BEGIN {kind}")
        for _ in range(20):
            with pytest.raises(Busy):
                hurried.append(INCIDENT, note("now?"), author="Max")
        assert 0.04 < slept[0] < 0.06
        now[0] += 60
        with pytest.raises(Busy):
            hurried.append(INCIDENT, note("now?"), author="Max")
        assert 0.09 < slept[0] < 0.12


def test_a_full_disk_takes_the_act_back_and_the_journal_goes_on(journal: Journal, path: Path) -> None:
    journal.append(INCIDENT, declared(), author="Priya")
    [(pages,)] = journal.connection.rows("PRAGMA page_count")
    journal.connection.rows(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFull, match="no space left"):
        journal.append(INCIDENT, note("small"), note("x" * 100_000), author="Priya")
    assert journal.count(INCIDENT) == 1

    journal.connection.rows("PRAGMA max_page_count = 100000")
    assert journal.append(INCIDENT, note("x" * 100_000), author="Priya")[0].n == 2
    assert verify(path).ok


@pytest.mark.parametrize("job", ["limit", "fill"])
def test_running_out_of_room_for_real(job: str, journal: Journal, path: Path, tmp_path: Path, start: Start) -> None:
    """`limit`: the largest file size a process may write; `fill`: a file system of its own, 2 MB large."""
    journal.append(INCIDENT, declared(), author="Priya")
    journal.close()
    if job == "fill":
        small = tmp_path / "small"
        small.mkdir()
        worker = start("small_disk", path, small)
    else:
        worker = start("limit", path)

    out, err = worker.communicate(timeout=60)
    if worker.returncode == 77:
        pytest.skip(f"no file system of its own to be had here: {err.strip()}")

    assert worker.returncode == 0, err
    sentence, counts, *backup, problems = out.splitlines()
    assert re.match("There is no space left to write .*/journal.db: ", sentence)
    acknowledged, counted, last = map(int, counts.split())
    assert acknowledged > 3
    assert counted == last == acknowledged + 1
    assert problems == ""
    if job == "fill":
        assert re.match("There is no space left to write .*/copy.db: .* False$", backup[0])


@pytest.fixture
def readable(public_folder: Path, clock: Clock) -> Path:
    """A journal of one entry where every user can get at it."""
    path = public_folder / "journal.db"
    with Journal.open(path, now=clock) as journal:
        journal.append(INCIDENT, declared(), author="Priya")
    return path


@pytest.mark.parametrize(("file", "folder"), [(0o444, 0o777), (0o666, 0o555), (0o444, 0o555)])
def test_what_may_not_be_written_can_be_read(readable: Path, start: Start, file: int, folder: int) -> None:
    readable.chmod(file)
    readable.parent.chmod(folder)
    before = readable.read_bytes()

    out = finished(start("forbidden", readable)).splitlines()

    assert out[:2] == ["['Checkout errors']", "True 1"]
    assert [line.partition(" ")[0] for line in out[2:4]] == ["Unwritable", "Unwritable"]
    assert "permissions" in out[2]
    assert out[4:] == ["1"]
    assert readable.read_bytes() == before


def test_what_may_not_be_read_or_made_is_said(readable: Path, start: Start) -> None:
    readable.chmod(0o000)
    readable.parent.chmod(0o555)

    for path in (readable, readable.with_name("new.db")):
        assert finished(start("forbidden_new", path)).startswith(f"Unwritable {path} cannot be opened or written")
    assert not readable.with_name("new.db").exists()


def test_what_a_killed_creation_left_is_removed_once_it_is_old(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "journal.db"
    ended = 2**22 + 1  # above the largest number of a process
    left = [tmp_path / f".journal.db.{ended}-00ff00ff00ff.new", tmp_path / ".journal.db.00ff00ff00ff.new-journal"]
    kept = [
        tmp_path / f".journal.db.{os.getpid()}-00ff00ff00ff.new",  # of a process that runs
        tmp_path / ".other.db.00ff00ff00ff.new",
        tmp_path / ".journal.db.mine.new",
    ]
    for file in (*left, *kept):
        file.write_text("")
        os.utime(file, (1_000_000_000, 1_000_000_000))
    young = tmp_path / f".journal.db.{ended}-11ff00ff00ff.new"
    young.write_text("")

    Journal.open(path, now=clock).close()
    assert sorted(tmp_path.iterdir()) == sorted([path, young, *kept])

    second = tmp_path / f".journal.db.{os.getpid()}-22ff00ff00ff.new"
    second.hardlink_to(path)  # killed just before the first name was removed
    Journal.open(path, now=clock, create=False).close()
    assert sorted(tmp_path.iterdir()) == sorted([path, young, *kept])


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "There is no space left to write"),
        (errno.EDQUOT, "There is no space left to write"),
        (errno.EFBIG, "There is no space left to write"),
        (errno.EIO, "The disk failed while"),
        (errno.EROFS, "is on a disk that can only be read"),
        (errno.EACCES, "cannot be opened or written with your permissions"),
        (errno.ENAMETOOLONG, "is too long for the name of a file"),
        (errno.ELOOP, "is a link that leads nowhere"),
    ],
)
def test_every_reason_for_not_writing_has_its_own_sentence(tmp_path: Path, number: int, words: str) -> None:
    with pytest.raises(StoreError, match=words), translated(tmp_path / "journal.db"):
        raise OSError(number, os.strerror(number))


def test_a_write_that_fails_with_room_left_is_a_failing_disk(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_text("")
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_WRITE
    with pytest.raises(StoreError, match=r"The disk failed while .*journal\.db was"), translated(path):
        raise error
    assert list(tmp_path.iterdir()) == [path]


def test_a_byte_of_the_schema_that_is_no_text_is_told_in_a_sentence(journal: Journal, path: Path, clock: Clock) -> None:
    journal.append(INCIDENT, declared(), author="Priya")
    journal.close()
    whole = path.read_bytes()
    places = [found.start() for found in re.finditer(rb"CREATE [A-Z ]+journal", whole)]
    told = {"opened": 0, "verified": 0}
    for place in (start + far for start in places for far in (0, 6, 13, 15)):
        path.write_bytes(whole[:place] + bytes([whole[place] | 0x80]) + whole[place + 1 :])
        try:
            Journal.open(path, now=clock, create=False).close()
        except Damaged as error:
            told["opened"] += "is damaged (" in str(error)
        try:
            verify(path)
        except Damaged as error:
            told["verified"] += "is damaged or cut short (" in str(error)
    assert min(told.values()) > len(places), "nothing else is raised, and most of them are noticed"


@pytest.mark.parametrize("left", [4096, 4096 * 3])
def test_verify_says_what_to_do_with_a_journal_cut_short(journal: Journal, path: Path, left: int) -> None:
    journal.append(INCIDENT, declared(), *[note(f"{number} {'x' * 500}") for number in range(50)], author="Priya")
    journal.close()
    os.truncate(path, left)

    try:
        said = " ".join(verify(path).problems)
    except Damaged as error:
        said = str(error)
    assert "damaged or cut short" in said
    assert "can be read" in said or "can still be read" in said
    assert "put your last backup in its place" in said
    assert "warroom verify" not in said
