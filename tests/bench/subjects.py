"""What is measured: the commands as an installed warroom runs them, and the files they are run on."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

import warroom
from tests.bench.terminal import Terminal
from tests.conftest import Clock
from tests.stories import a_year
from tests.wording.measure import sentences
from warroom.model import acts, ids, times
from warroom.model.entries import Draft, Logged
from warroom.model.kinds.action_items import ActionItemAdded
from warroom.model.kinds.facts import FactSet
from warroom.model.kinds.lifecycle import Closed, Resolved
from warroom.model.kinds.messages import MessageSent
from warroom.model.times import MINUTE, SECOND
from warroom.store import files
from warroom.store.journal import Journal
from warroom.store.preferences import Preferences
from warroom.workspace import Workspace

NOTES, CLOSED, FEW = 100_000, 1_000, 100
ITEMS = 5
"""The action items of each closed incident, in the file that has them; half of them are done."""
TITLE = "Checkout errors affecting users"
CONSOLE = ("Checkout errors", "T+", "NOW ▸", "First 30 minutes", "Clocks", "Timeline", "Log", "Help")
"""The pieces of the first full frame: header, NOW line, the panes' borders, the footer's keys."""
START = ("warroom", "Nothing is open", "Declare an incident", "Help")
BARE = ("pressed 0 times",)
_FLOORS = str(Path(__file__).with_name("floors.py"))
_LEARNED = 10 * MINUTE
_OWNERS = ("Priya", "Marcus", "Bo", "")
_WORDS = ("payment", "checkout", "errors", "host", "region", "latency", "rollback", "queue", "deploy", "replica")

_MB = 1_000_000
_SLOWEST = "a-b.c/d:e "
"""What takes the longest to check, of thirty texts that were tried: it could be a link, a host or an address."""


class Files(msgspec.Struct, frozen=True):
    """The journals: empty, an incident just declared, 100 notes, years of them, with action items, a full year."""

    empty: Path
    fresh: Path
    hundred: Path
    full: Path
    items: Path
    year: Path


def build(folder: Path) -> Files:
    """Write the journals, through the same door as the program does."""
    files = Files(*(folder / f"{name}.db" for name in ("empty", "fresh", "hundred", "full", "items", "year")))
    now = time.time_ns() // 1_000_000
    for path, notes, closed in (
        (files.empty, -1, 0),
        (files.fresh, 0, 0),
        (files.hundred, FEW, 0),
        (files.full, NOTES, CLOSED),
    ):
        _write(path, now, notes, closed)
    with Journal.open(files.empty, now=lambda: now) as journal:
        Preferences(journal.connection).set("first start", "true")  # what is measured is the start screen
    _write(files.items, now, 0, CLOSED, ITEMS)
    workspace = year(files.year, folder)
    workspace.open_journal(create=True)
    a_year(workspace, Clock(now), CLOSED)
    workspace.close()
    return files


def year(path: Path, folder: Path) -> Workspace:
    """The workspace on a journal of a year's incidents, each with all that the numbers are made of."""
    return Workspace(path, now=lambda: time.time_ns() // 1_000_000, author="bench", tz=UTC, config=folder)


def copy_of_the_day(path: Path, folder: Path) -> None:
    """Make the copy that the console would make of a file 20 s after its first start on a day."""
    workspace = year(path, folder)
    workspace.make_daily_copy()
    workspace.close()


def state_read(path: Path) -> list[object]:
    """The floor of the numbers: every entry that changes the state, read and its JSON decoded."""
    sql = "SELECT seq, origin, n, hlc, incident, at, recorded, author, text, kind, data FROM journal"
    connection = sqlite3.connect(path)
    found = connection.execute(f"{sql} WHERE kind NOT IN ('action', 'note')").fetchall()
    connection.close()
    return [msgspec.json.decode(row[-1]) for row in found]


def _write(path: Path, now: int, notes: int, closed: int, items: int = 0) -> None:
    at = now - _LEARNED - 2 * notes - closed * MINUTE
    pick = random.Random(1)
    with Journal.open(path, now=lambda: at) as journal, journal.writing() as writer:
        for number in range(closed):
            id = writer.new_incident_id()
            at += 20 * SECOND
            for draft in (
                acts.lifecycle.declare(f"Old trouble {number}", 3, now=at),
                Draft(Resolved(), "Resolved"),
                Draft(Closed(), "Closed"),
            ):
                writer.append(id, draft, author="bench")
            for item in range(items):
                due = times.day(now + (pick.randrange(-200, 60)) * 24 * times.HOUR, UTC)
                text = f"Item {number}.{item}: {' '.join(pick.choices(_WORDS, k=6))}"
                body = ActionItemAdded(owner=pick.choice(_OWNERS), due=due, purpose="prevent")
                entry = writer.append(id, Draft(body, text), author="bench")
                if item % 2:
                    logged = Logged(entry, entry.at, entry.text, body)
                    writer.append(id, acts.action_items.change(logged, state="done"), author="bench")
        if notes < 0:
            return
        id = writer.new_incident_id()
        at = now - _LEARNED
        writer.append(id, acts.lifecycle.declare(TITLE, 2, now=at, began=at - notes), author="bench")
        for number in range(notes):
            at = now - _LEARNED + number * (_LEARNED // notes)
            words = f"note {number}: {' '.join(pick.choices(_WORDS, k=8))}"
            writer.append(id, acts.log.note(words), author="bench")


SCALE_INCIDENTS, SCALE_ENTRIES = 1_000, 1_000_000
MANY = 10_000
_SYSTEMS = ("payment-api", "checkout", "search", "login", "mail")
_SYLLABLES = ("ba", "ke", "di", "lo", "mu", "ra", "se", "ti", "vo", "nu")
_RARE = tuple(f"{first}{second}{third}" for first in _SYLLABLES for second in _SYLLABLES for third in _SYLLABLES)
"""A thousand words, of which each entry has three: about as often as people use most of theirs."""


def scale_file(cache: Path, part: int = 1) -> Path:
    """A thousand incidents with a million entries, or one `part` of so many of both; kept in `cache` for the next run.

    Writing the whole takes minutes.
    """
    name = f"warroom-bench-scale-{part}-{files.VERSION}.db"
    return _kept(cache, name, SCALE_INCIDENTS // part, SCALE_ENTRIES // SCALE_INCIDENTS)


def many_file(cache: Path, incidents: int = MANY) -> Path:
    """So many incidents of eight entries each, ten of them open; kept in `cache`."""
    return _kept(cache, f"warroom-bench-{incidents}-incidents-{files.VERSION}.db", incidents, 8)


def _kept(cache: Path, name: str, incidents: int, entries: int) -> Path:
    path = cache / name
    if not path.exists():
        making = path.with_suffix(f".{os.getpid()}")
        try:
            _write_many(making, incidents, entries)
            making.replace(path)
        finally:
            making.unlink(missing_ok=True)
    return path


def _write_many(path: Path, incidents: int, entries: int) -> None:
    """Incidents over three years, each with the same number of entries, mostly notes; the last ten are open."""
    pick, at = random.Random(1), time.time_ns() // 1_000_000 - 3 * 365 * 24 * times.HOUR
    step = (time.time_ns() // 1_000_000 - at) // (incidents * entries + 1)
    with Journal.open(path, now=lambda: at) as journal:
        for number in range(incidents):
            with journal.writing() as writer:
                id = writer.new_incident_id()
                for draft in _story(number, entries, pick, at, is_open=number >= incidents - 10):
                    writer.append(id, draft, author="bench")
                    at += step


def _story(number: int, entries: int, pick: random.Random, at: int, *, is_open: bool) -> Iterator[Draft]:
    title = f"{pick.choice(_WORDS).capitalize()} {pick.choice(_RARE)} {pick.choice(_RARE)} number {number}"
    yield acts.lifecycle.declare(title, pick.choice((1, 2, 3, 4)), now=at)
    system = pick.choice(_SYSTEMS)
    yield Draft(FactSet(ids.FACT_SYSTEM, system), f"Affected system: {system}")
    yield Draft(MessageSent(ids.MESSAGE_INITIAL, 1, "leadership", title, title, promise=at + times.HOUR), "Sent")
    yield Draft(MessageSent(ids.MESSAGE_UPDATE, 2, "leadership", title, title), "Sent")
    for line in range(entries - (4 if is_open else 6)):
        words = f"{' '.join(pick.choices(_WORDS, k=5))} {' '.join(pick.choices(_RARE, k=3))} host-{line % 97}"
        yield acts.log.note(words)
    if not is_open:
        yield Draft(Resolved(), f"Rolled back {pick.choice(_RARE)}")
        yield Draft(Closed(), "Closed")


def environment(folder: Path, db: Path | None = None) -> dict[str, str]:
    """A terminal's environment with a home of its own; nothing of the developer's settings comes through."""
    env = {
        "HOME": str(folder),
        "PATH": os.environ.get("PATH", os.defpath),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONPATH": str(Path(warroom.__file__).resolve().parents[1]),
        "WARROOM_AUTHOR": "bench",
    }
    return env if db is None else {**env, "WARROOM_DB": str(db)}


def command(*arguments: str) -> list[str]:
    """A command line of warroom: what the installed entry point does."""
    return [sys.executable, "-c", "import sys; from warroom.__main__ import main; sys.exit(main())", *arguments]


def imports_only() -> list[str]:
    """The floor of a command: the parts it can't do without, imported and nothing done."""
    return [sys.executable, "-c", "import click, sqlite3, msgspec"]


def bare_page(db: Path) -> list[str]:
    """The floor of a long log as a web page: its rows, read in order and written as items of a list."""
    script = (
        "import html, sqlite3, sys\n"
        "rows = sqlite3.connect(sys.argv[1]).execute('SELECT at, kind, text FROM journal ORDER BY at, hlc, origin')\n"
        "sys.stdout.writelines(f'<li>{at} {html.escape(kind)} {html.escape(text)}</li>\\n' for at, kind, text in rows)"
    )
    return [sys.executable, "-c", script, str(db)]


def console(folder: Path, db: Path) -> Terminal:
    """The console on a journal."""
    return Terminal(command(), environment(folder, db))


def bare(folder: Path, which: str = "static") -> Terminal:
    """A bare Textual app: "static", or "stock" for orientation."""
    return Terminal([sys.executable, _FLOORS, which], environment(folder))


class PlainTable:
    """The floor of an append: the same columns and pragmas, no index, no chain, no check."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = DELETE").fetchall()
        for pragma in ("synchronous = EXTRA", "foreign_keys = ON", "temp_store = MEMORY", "secure_delete = OFF"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        self._connection.execute(
            "CREATE TABLE plain (seq INTEGER PRIMARY KEY, origin TEXT, n INTEGER, hlc INTEGER, incident TEXT, "
            "at INTEGER, recorded INTEGER, author TEXT, kind TEXT, text TEXT, data TEXT, digest BLOB)"
        )

    def insert(self, text: str, at: int) -> None:
        """Commit one row."""
        self._connection.execute(
            "INSERT INTO plain (origin, n, hlc, incident, at, recorded, author, kind, text, data, digest) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ("k7qd2m9x", 1, at << 16, "k7qd2m", at, at, "bench", "note", text, '{"kind":"note"}', bytes(32)),
        )

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def texts_to_check() -> dict[str, str]:
    """A megabyte of sentences as people write them, one of the slowest text, and a message of 300 words."""
    written = [sentence.text for sentence in sentences()]
    fine = " ".join(sentence.text for sentence in sentences() if not sentence.kinds)
    return {
        "mixed": ("\n".join(written) * (_MB // sum(map(len, written)) + 1))[:_MB],
        "slowest": _SLOWEST * (_MB // len(_SLOWEST)),
        "message": " ".join(fine.split()[:295]) + " We will be back by noon",
    }


def cut_into_words(text: str) -> list[str]:
    """The floor of checking a text: its words and signs, each looked at once."""
    return re.findall(r"\w+|\S", text)


ROTA_BEGAN = 1_452_000_000_000
"""When the rota begins, ms UTC: 2016-01-05."""


def vcards_to_read(count: int) -> str:
    """So many vCards, each of somebody else."""
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Marcus Lee{n}\nORG:X;Team\nTEL;TYPE=CELL:{n}\nEMAIL:m{n}@x.de\nEND:VCARD\n"
    return "".join(card.format(n=n) for n in range(count))


def rota_to_read() -> str:
    """A week on call for each of 500 events of ten years, and four people who take turns by rules."""
    begin = datetime.fromtimestamp(ROTA_BEGAN / 1000, UTC)
    event = "BEGIN:VEVENT\nUID:{n}\nSUMMARY:{who}\nDTSTART:{at:%Y%m%dT%H%M%SZ}\nDURATION:P7D\n{rule}END:VEVENT\n"
    weeks = [event.format(n=n, who=f"Ana {n % 9}", at=begin + timedelta(weeks=n), rule="") for n in range(500)]
    turns = [
        event.format(n=f"r{n}", who=f"Bo {n}", at=begin + timedelta(weeks=n), rule="RRULE:FREQ=WEEKLY;INTERVAL=4\n")
        for n in range(4)
    ]
    return "BEGIN:VCALENDAR\n" + "".join(weeks + turns) + "END:VCALENDAR\n"
