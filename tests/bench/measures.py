"""How each figure outside the console is measured, and all measures by name; subject and floor take turns."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC
from time import perf_counter

from tests.bench import subjects
from tests.bench.figures import Figure
from tests.bench.in_console import action_items, idle, keys, memory, post_mortem, start, timeline
from tests.bench.runs import Bench
from tests.wording.measure import shipped_rules
from warroom.addressbook import calendars, vcards
from warroom.messages.better import better_words
from warroom.model import acts
from warroom.model.people import Directory
from warroom.model.people_changes import merge
from warroom.store.journal import Journal
from warroom.wording import MessageText, check, check_text, compile_all

_LOADED_S = 2.0
"""After this long the console has loaded all that it loads in the background."""


def commands(bench: Bench) -> list[Figure]:
    """`warroom log` and `warroom status`, as whole processes."""
    fresh = bench.copy(bench.files.fresh, "commands.db")
    full = bench.copy(bench.files.full, "commands-full.db")
    lines = {
        "floor": (subjects.imports_only(), fresh),
        "log": (subjects.command("log", "Rollback started, one host at a time"), fresh),
        "status": (subjects.command("status"), fresh),
        "status --line": (subjects.command("status", "--line"), fresh),
        "log, 100,000 notes": (subjects.command("log", "Rollback started, one host at a time"), full),
        "status, 100,000 notes": (subjects.command("status"), full),
    }
    taken: dict[str, list[float]] = {name: [] for name in lines}
    for turn in range(bench.runs.commands + 1):
        bench.tell(f"commands {turn}/{bench.runs.commands}")
        for name, (arguments, db) in lines.items():
            env = subjects.environment(bench.folder, db)
            began = perf_counter()
            subprocess.run(arguments, env=env, check=True, stdout=subprocess.DEVNULL)
            if turn:
                taken[name].append((perf_counter() - began) * 1000)
    ms = {name: tuple(samples) for name, samples in taken.items()}
    return [
        Figure(f"warroom {name}", "ms", samples, ms["floor"], 1.6, against="imports only")
        for name, samples in ms.items()
        if name != "floor"
    ]


def export(bench: Bench) -> list[Figure]:
    """`warroom export log --format html` of 100,000 notes: time, and the most memory it takes."""
    full = bench.copy(bench.files.full, "export.db")
    env = subjects.environment(bench.folder, full)
    lines = {
        "floor": subjects.bare_page(full),
        "page": subjects.command("export", "log", "--format", "html"),
    }
    ms: dict[str, list[float]] = {name: [] for name in lines}
    mb: dict[str, list[float]] = {name: [] for name in lines}
    for turn in range(bench.runs.exports + 1):
        bench.tell(f"export {turn}/{bench.runs.exports}")
        for name, arguments in lines.items():
            began = perf_counter()
            process = subprocess.Popen(arguments, env=env, stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            assert process.returncode == 0, name
            if turn:
                ms[name].append((perf_counter() - began) * 1000)
                mb[name].append(used.ru_maxrss / (1024 if sys.platform == "linux" else 1024**2))
    title, against = "log as a web page, 100,000 notes", "rows to items"
    return [
        Figure(f"{title}: time", "ms", tuple(ms["page"]), tuple(ms["floor"]), 12, against=against),
        Figure(f"{title}: memory", "MB", tuple(mb["page"]), bound=200),
    ]


def appends(bench: Bench) -> list[Figure]:
    """One commit of the journal, the folder's disk included."""
    plain = subjects.PlainTable(bench.folder / "plain.db")
    taken: dict[str, list[float]] = {"plain": [], "fresh": [], "full": []}
    with ExitStack() as stack:
        stack.callback(plain.close)
        journals: dict[str, tuple[Journal, str]] = {}
        for name, file in (("fresh", bench.files.fresh), ("full", bench.files.full)):
            path = bench.copy(file, f"append-{name}.db")
            journal = stack.enter_context(Journal.open(path, now=lambda: time.time_ns() // 1_000_000))
            journals[name] = (journal, journal.lifecycles("open")[0].incident)
        bench.tell("appends")
        for turn in range(bench.runs.appends):
            text = f"note {turn}: payment errors on host-{turn % 7}, queue growing"
            began = perf_counter()
            plain.insert(text, turn)
            taken["plain"].append((perf_counter() - began) * 1000)
            for name, (journal, incident) in journals.items():
                began = perf_counter()
                journal.append(incident, acts.log.note(text), author="bench")
                taken[name].append((perf_counter() - began) * 1000)
    ms = {name: tuple(samples) for name, samples in taken.items()}
    return [
        Figure("append, per commit", "ms", ms["fresh"], ms["plain"], 1.5, against="bare INSERT"),
        Figure("append, 100,000 notes", "ms", ms["full"], ms["plain"], 1.5, against="bare INSERT"),
    ]


def wording(bench: Bench) -> list[Figure]:
    """Remarks on wording: a megabyte of text, one of the slowest, and a key typed in a message of 300 words."""
    rules, texts = shipped_rules(), subjects.texts_to_check()
    for _ in compile_all(rules):
        pass
    check_text("", rules, "customers")

    def key(turn: int) -> None:
        body = f"{texts['message']} {turn}"
        message = MessageText("update", subject="[SEV2] Update #2: Checkout errors", body=body, people=("Priya Ng",))
        if found := check(message, rules):
            better_words(found[0], {"status": body}, message, rules)

    acts_of: dict[str, Callable[[int], object]] = {
        "mixed": lambda turn: check_text(texts["mixed"], rules, "customers"),
        "slowest": lambda turn: check_text(texts["slowest"], rules, "customers"),
        "message": key,
    }
    figures = []
    for name, words, turns, bound in (
        ("mixed", "1 MB of sentences", bench.runs.exports, 80),
        ("slowest", "1 MB of the slowest text", bench.runs.exports, 80),
        ("message", "a key in a message of 300 words", bench.runs.presses, 160),
    ):
        taken: list[float] = []
        floor: list[float] = []
        for turn in range(turns):
            bench.tell(f"wording, {words} {turn + 1}/{turns}")
            for act, samples in ((lambda turn: subjects.cut_into_words(texts[name]), floor), (acts_of[name], taken)):  # noqa: B023
                began = perf_counter()
                act(turn)
                samples.append((perf_counter() - began) * 1000)
        figures.append(Figure(f"wording, {words}", "ms", tuple(taken), tuple(floor), bound, against="cut into words"))
    return figures


def numbers(bench: Bench) -> list[Figure]:
    """The numbers over 1,000 incidents: worked out, and on the screen from the key on."""
    workspace, now = subjects.year(bench.files.year, bench.folder), time.time_ns() // 1_000_000
    found: list[float] = []
    floor: list[float] = []
    used: list[float] = []
    workspace.report(now, by="month")
    for turn in range(bench.runs.commands):
        bench.tell(f"numbers {turn + 1}/{bench.runs.commands}")
        began = perf_counter()
        subjects.state_read(bench.files.year)
        floor.append((perf_counter() - began) * 1000)
        began, before = perf_counter(), time.process_time()
        workspace.report(now, by="month")
        found.append((perf_counter() - began) * 1000)
        used.append((time.process_time() - before) * 1000)
    workspace.close()
    shown: list[float] = []
    bare: list[float] = []
    for turn in range(bench.runs.starts):
        bench.tell(f"numbers on the screen {turn + 1}/{bench.runs.starts}")
        file = bench.copy(bench.files.year, "numbers.db")
        with subjects.console(bench.folder, file) as console, subjects.bare(bench.folder) as app:
            bare.append(app.first_frame(subjects.BARE) * 1000)
            console.first_frame(("T+", "NOW ▸", "Help"))
            console.wait(_LOADED_S)
            shown.append(console.press(b"G", lambda screen: "Time to resolve" in screen.text) * 1000)
    title, against = "numbers, 1,000 incidents", "rows, JSON"
    return [
        Figure(f"{title}: processor", "ms", tuple(used), bound=300),
        Figure(f"{title}: time", "ms", tuple(found), tuple(floor), 8, against=against),
        Figure(f"{title}: key to figures", "ms", tuple(shown), tuple(bare), 3, against="start, bare app"),
    ]


def address_book(bench: Bench) -> list[Figure]:
    """Address books of other programs: 10,000 vCards read and merged, and a rota of ten years."""
    cards, rota = subjects.vcards_to_read(10_000), subjects.rota_to_read()
    day = 24 * 60 * 60_000
    now = subjects.ROTA_BEGAN + 3_600 * day
    acts_of: tuple[tuple[str, str, Callable[[], object], float], ...] = (
        ("10,000 vCards", cards, lambda: merge(Directory(), vcards.read(cards).found), 200),
        ("a rota of ten years", rota, lambda: calendars.read(rota, now - 14 * day, now + 180 * day, UTC, now=now), 400),
    )
    figures = []
    for words, text, act, bound in acts_of:
        taken: list[float] = []
        floor: list[float] = []
        for turn in range(bench.runs.exports):
            bench.tell(f"address books, {words} {turn + 1}/{bench.runs.exports}")
            for measured, samples in ((text.splitlines, floor), (act, taken)):
                began = perf_counter()
                measured()
                samples.append((perf_counter() - began) * 1000)
        figures.append(Figure(words, "ms", tuple(taken), tuple(floor), bound, against="cut into lines"))
    return figures


MEASURES: dict[str, Callable[[Bench], list[Figure]]] = {
    "start": start,
    "memory": memory,
    "keys": keys,
    "timeline": timeline,
    "items": action_items,
    "postmortem": post_mortem,
    "idle": idle,
    "commands": commands,
    "export": export,
    "appends": appends,
    "wording": wording,
    "numbers": numbers,
    "people": address_book,
}
"""Adding a figure is adding a function here."""
