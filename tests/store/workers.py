"""What other processes do to a journal in these tests: `python -m tests.store.workers JOB ARGUMENT…`."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.store.drafts import INCIDENT, note
from warroom.model.redaction import Words
from warroom.store.backup import backup
from warroom.store.errors import DiskFull, StoreError, Unwritable
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences
from warroom.store.redacting import Redactor
from warroom.store.verify import verify

NOBODY = 65534


def now() -> int:
    """The wall clock, ms UTC."""
    return int(time.time() * 1000)


def append(path: str, count: str, author: str) -> None:
    """Append, and print each entry's key once it is committed.

    With more patience than a user's, because a busy machine may run the other writers only; `hold` is about waiting.
    """
    with Journal.open(Path(path), now=now, busy_s=30) as journal:
        for number in range(int(count)):
            [entry] = journal.append(INCIDENT, note(f"{author} {number}"), author=author)
            print(entry.key, entry.text, flush=True)


def hold(path: str, count: str, seconds: str, busy_s: str) -> None:
    """Append without pause on what feels like a slow disk: each commit takes `seconds`."""
    with Journal.open(Path(path), now=now, busy_s=float(busy_s)) as journal:
        for _ in range(int(count)):
            with journal.writing() as writer:
                writer.append(INCIDENT, note("slowly"), author="worker")
                time.sleep(float(seconds))


def open_(path: str) -> None:
    """Open a journal that may not be there yet, and append to it; print its id."""
    with Journal.open(Path(path), now=now) as journal:
        journal.append(INCIDENT, note("here"), author="worker")
        print(journal.origin)


def open_at_once(path: str, count: str) -> None:
    """Do the same in so many processes, all at the same moment: none has to load its code first."""
    with tempfile.TemporaryDirectory() as folder:
        Journal.open(Path(folder) / "journal.db", now=now).close()  # loads what a new file needs
    begun, begin = os.pipe()
    children = []
    for _ in range(int(count)):
        child = os.fork()
        if child == 0:
            os.close(begin)
            os.read(begun, 1)
            open_(path)
            return
        children.append(child)
    os.close(begin)
    sys.exit(max(os.waitpid(child, 0)[1] for child in children) > 0)


def limit(path: str) -> None:
    """Meet the largest file size there may be, then be given more room; print what happened."""
    with Journal.open(Path(path), now=now) as journal:
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (Path(path).stat().st_size + 64 * 1024, hard))
        _fill(journal)
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        journal.append(INCIDENT, note("after"), author="worker")
    print(*verify(Path(path)).problems)


def fill(path: str) -> None:
    """Fill the disk under a journal, then free some of it; print what happened."""
    ballast = Path(path).with_name("ballast")
    ballast.write_bytes(bytes(256 * 1024))
    with Journal.open(Path(path), now=now) as journal:
        _fill(journal)
        copy = Path(path).with_name("copy.db")
        try:
            backup(journal.connection, copy)
        except DiskFull as error:
            print(error, copy.exists())
        ballast.unlink()
        journal.append(INCIDENT, note("after"), author="worker")
    print(*verify(Path(path)).problems)


def small_disk(source: str, folder: str) -> None:
    """Copy a journal to a file system of 2 MB, mounted for this process alone, and fill it; exit 77 if it can't be had.

    Only root may mount, so anyone else becomes root of a user namespace, where that is allowed.
    """
    script = (
        'mount -t tmpfs -o size=2m none "$2" && cp "$1" "$2/journal.db" && '
        'exec "$3" -m tests.store.workers fill "$2/journal.db"'
    )
    unshare = ["unshare", "--mount"] if os.getuid() == 0 else ["unshare", "--mount", "--map-root-user"]
    try:
        if subprocess.run([*unshare, "mount", "-t", "tmpfs", "none", folder], capture_output=True).returncode:
            print("mounting is not permitted", file=sys.stderr)
            sys.exit(77)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        sys.exit(77)
    sys.exit(subprocess.run([*unshare, "sh", "-c", script, "sh", source, folder, sys.executable]).returncode)


def _fill(journal: Journal) -> None:
    acknowledged = 0
    try:
        while acknowledged < 1000:
            journal.append(INCIDENT, note(" ".join(os.urandom(4).hex() for _ in range(200))), author="worker")
            acknowledged += 1
    except DiskFull as error:
        print(error)
    print(acknowledged, journal.count(INCIDENT), journal.last_seq())


def _become_nobody() -> None:
    if os.getuid() == 0:
        # The code itself, and Python's own, may lie where nobody may read.
        import urllib.parse  # noqa: F401 - Python 3.13 imports it when first needed

        import warroom.store.digest
        import warroom.store.migrations  # noqa: F401

        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def forbidden(path: str) -> None:
    """Without root's privileges, read a journal and try to write it; print what happened."""
    _become_nobody()
    with Journal.open(Path(path), now=now) as journal:
        print([entry.text for entry in journal.timeline(INCIDENT, 0, 10)])
        print(verify(Path(path)).ok, len(journal.search("checkout")))
        for write in (
            lambda: journal.append(INCIDENT, note("no"), author="worker"),
            lambda: Preferences(journal.connection).set("draft", "no"),
        ):
            try:
                write()
            except Unwritable as error:
                print("Unwritable", error)
        print(journal.count(INCIDENT))


def forbidden_old(path: str) -> None:
    """Without root's privileges, read a journal of version 4 that may not be migrated; print what was found."""
    _become_nobody()
    with Journal.open(Path(path), now=now) as journal:
        preferences = Preferences(journal.connection)
        print(journal.connection.version, journal.count("wghrsw"), len(journal.search("rollback")))
        print(preferences.get("colours"), preferences.get("words:wghrsw"))
        try:
            preferences.set("colours", None)
        except Unwritable as error:
            print("Unwritable", error)


def forbidden_new(path: str) -> None:
    """Without root's privileges, open what may not be opened; print what happened."""
    _become_nobody()
    try:
        Journal.open(Path(path), now=now)
    except StoreError as error:
        print(type(error).__name__, error)


def redact(path: str, words: str, step: str) -> None:
    """Redact words, and be killed at that step: in the middle of writing, before the commit, or right after it."""
    done = getattr(Redactor, step)

    def killed(*arguments: object) -> None:
        if step != "wipe":
            done(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(Redactor, step, killed)
    with Journal.open(Path(path), now=now) as journal:
        journal.connection.rows("PRAGMA cache_size = 1")  # so that pages are written before the commit
        journal.redact(INCIDENT, Words(words, "a password"), author="worker")


def modules(path: str) -> None:
    """Do what a short command does on an existing journal, and print every module that took."""
    with Journal.open(Path(path), now=now) as journal:
        journal.lifecycles()
        journal.state(INCIDENT)
        journal.append(INCIDENT, note("quick"), author="worker")
    print(*sys.modules)


if __name__ == "__main__":
    job, *arguments = sys.argv[1:]
    jobs: dict[str, Callable[..., None]] = {
        "append": append,
        "hold": hold,
        "open_at_once": open_at_once,
        "limit": limit,
        "fill": fill,
        "small_disk": small_disk,
        "forbidden": forbidden,
        "forbidden_old": forbidden_old,
        "forbidden_new": forbidden_new,
        "modules": modules,
        "redact": redact,
    }
    jobs[job](*arguments)
