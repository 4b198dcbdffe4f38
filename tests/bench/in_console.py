"""What is measured in the console, through a terminal: subject and floor take turns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from time import perf_counter

from tests.bench import subjects
from tests.bench.figures import Figure
from tests.bench.runs import Bench
from tests.bench.terminal import Screen, Terminal

_LOADED_S = 2.0
"""After this long the console has loaded all that it loads in the background."""
_TIMELINE_COLUMN = 60
_UP, _HOME, _ESCAPE = b"\x1b[A", b"\x1b[H", b"\x1b"
_DOWN, _PAGE_DOWN = b"\x1b[B", b"\x1b[6~"
_PAGE_UP, _END = b"\x1b[5~", b"\x1b[F"
_BARE, _EMPTY = "bare app", "just declared"
_KEY_BOUNDS = {"tick": 3.0, "move": 2.0, "composer": 8.0}
"""Times the floor, for the median; a tick commits to the disk, the composer lays out a form."""
_P95 = 1.5
"""The slowest of twenty may take so much more: a second's tick of the clocks may come between."""


def start(bench: Bench) -> list[Figure]:
    """The console from exec to the first full frame."""
    folder, files = bench.folder, bench.files
    subject: dict[str, Callable[[], Terminal]] = {
        "bare": lambda: subjects.bare(folder),
        "stock": lambda: subjects.bare(folder, "stock"),
        "empty": lambda: subjects.console(folder, files.empty),
        "fresh": lambda: subjects.console(folder, files.fresh),
        "full": lambda: subjects.console(folder, files.full),
    }
    pieces: dict[str, Sequence[str]] = {"bare": subjects.BARE, "stock": subjects.BARE, "empty": subjects.START}
    taken: dict[str, list[float]] = {name: [] for name in subject}
    for turn in range(bench.runs.starts + 1):
        bench.tell(f"start {turn}/{bench.runs.starts}")
        for name, opened in subject.items():
            with opened() as terminal:
                seconds = terminal.first_frame(pieces.get(name, subjects.CONSOLE))
            if turn:  # the first turn only warms the file cache
                taken[name].append(seconds * 1000)
    ms = {name: tuple(samples) for name, samples in taken.items()}
    return [
        Figure("first frame, app of as many stock widgets", "ms", ms["stock"], ms["bare"], None, against=_BARE),
        Figure("first frame, start screen, empty file", "ms", ms["empty"], ms["bare"], 1.4, against=_BARE),
        Figure("first frame, incident just declared", "ms", ms["fresh"], ms["bare"], 1.5, against=_BARE),
        Figure("first frame, 100,000 notes, 1,000 closed", "ms", ms["full"], ms["fresh"], 1.15, against=_EMPTY),
    ]


def memory(bench: Bench) -> list[Figure]:
    """Resident memory once everything is loaded, that the first message needs too."""
    taken: dict[str, list[float]] = {"bare": [], "fresh": [], "full": []}
    for _ in range(3):
        bench.tell("memory")
        with (
            subjects.bare(bench.folder) as bare,
            subjects.console(bench.folder, bench.files.fresh) as fresh,
            subjects.console(bench.folder, bench.files.full) as full,
        ):
            for name, terminal in (("bare", bare), ("fresh", fresh), ("full", full)):
                terminal.first_frame(subjects.BARE if name == "bare" else subjects.CONSOLE)
            for name, terminal in (("bare", bare), ("fresh", fresh), ("full", full)):
                terminal.wait(_LOADED_S / 2)
                taken[name].append(terminal.memory())
    mb = {name: tuple(samples) for name, samples in taken.items()}
    return [
        Figure("memory, incident just declared", "MB", mb["fresh"], mb["bare"], 1.6, against=_BARE),
        Figure("memory, 100,000 notes", "MB", mb["full"], mb["bare"], 1.6, against=_BARE),
    ]


def keys(bench: Bench) -> list[Figure]:
    """From a key to the changed screen: tick, move in the timeline, open the composer; first just declared, then full.

    The presses go to the bare app and to both consoles in turns.
    """
    acts_of: dict[str, Callable[[Terminal], float]] = {"tick": _tick, "move": _move, "composer": _compose}
    figures = []
    with ExitStack() as stack:
        bare = stack.enter_context(subjects.bare(bench.folder))
        bare.first_frame(subjects.BARE)
        consoles = {}
        for name, file in (("fresh", bench.files.fresh), ("full", bench.files.full)):
            console = stack.enter_context(subjects.console(bench.folder, bench.copy(file, f"keys-{name}.db")))
            console.first_frame(subjects.CONSOLE)
            consoles[name] = console
        for terminal in (bare, *consoles.values()):
            terminal.wait(_LOADED_S)
        for act, press in acts_of.items():
            taken: dict[str, list[float]] = {"bare": [], "fresh": [], "full": []}
            if act == "move":
                for console in consoles.values():
                    console.press(b"2", lambda screen: bool(screen.marked(_TIMELINE_COLUMN)))
            for turn in range(bench.runs.presses):
                bench.tell(f"{act} {turn + 1}/{bench.runs.presses}")
                taken["bare"].append(_count(bare) * 1000)
                for name, console in consoles.items():
                    taken[name].append(press(console) * 1000)
            ms = {name: tuple(samples) for name, samples in taken.items()}
            for name, words in (("fresh", _EMPTY), ("full", "100,000 notes")):
                title = f"key to screen, {act}, {words}"
                figures += [
                    Figure(f"{title}: median", "ms", ms[name], ms["bare"], _KEY_BOUNDS[act], against=_BARE),
                    Figure(
                        f"{title}: p95", "ms", ms[name], ms["bare"], _KEY_BOUNDS[act] * _P95, at="p95", against=_BARE
                    ),
                ]
    return figures


def _count(terminal: Terminal) -> float:
    before = _number(r"pressed (\d+) times", terminal.screen)
    return terminal.press(b"x", lambda screen: _number(r"pressed (\d+) times", screen) == before + 1)


def _tick(terminal: Terminal) -> float:
    """The first item, which asks for nothing, ticked and unticked in turns."""
    terminal.type(_HOME)
    before = _number(r"(\d+) of \d+", terminal.screen)
    return terminal.press(b" ", lambda screen: _number(r"(\d+) of \d+", screen) != before)


def _move(terminal: Terminal) -> float:
    terminal.settle()
    before = terminal.screen.marked(_TIMELINE_COLUMN)
    return terminal.press(_UP, lambda screen: screen.marked(_TIMELINE_COLUMN) not in ("", before))


def _compose(terminal: Terminal) -> float:
    """Until the message itself can be read; then it is left again, field first."""
    took = terminal.press(b"u", lambda screen: "Compose · " in screen.text and "[SEV2]" in screen.text)
    terminal.press(_ESCAPE, lambda screen: "Mark as sent" in screen.text)
    terminal.press(_ESCAPE, lambda screen: "Compose · " not in screen.text)
    return took


def _number(pattern: str, screen: Screen) -> int:
    found = re.search(pattern, screen.text)
    return int(found[1]) if found else -1


def timeline(bench: Bench) -> list[Figure]:
    """The timeline of 100,000 lines and of 100: a page up, the other end and back, a time, a filter, words typed."""
    keys = {
        "page up": (_PAGE_UP,),
        "first and last": (_HOME, _END),
        "go to a time": (b"\x07", b"-5m\r"),
        "filter by kind": (b"K", b"k", _HOME + _DOWN + b"\r"),
        "show all": (_ESCAPE,),
        "find, a letter": (b"\x06", b"p"),
    }
    taken: dict[str, dict[str, list[float]]] = {name: {"hundred": [], "full": []} for name in keys}
    with ExitStack() as stack:
        consoles = {}
        for name, file in (("hundred", bench.files.hundred), ("full", bench.files.full)):
            console = stack.enter_context(subjects.console(bench.folder, bench.copy(file, f"timeline-{name}.db")))
            console.first_frame(subjects.CONSOLE)
            console.wait(_LOADED_S)
            console.press(b"2", lambda screen: bool(screen.marked(_TIMELINE_COLUMN)))
            consoles[name] = console
        for turn in range(bench.runs.starts):
            bench.tell(f"timeline {turn + 1}/{bench.runs.starts}")
            for act, pressed in keys.items():
                for name, console in consoles.items():
                    taken[act][name].append(_presses(console, pressed) * 1000)
            for console in consoles.values():
                _presses(console, (_ESCAPE, _END))
    return [
        Figure(f"timeline, 100,000 lines, {act}", "ms", tuple(ms["full"]), tuple(ms["hundred"]), 2, against="100 lines")
        for act, ms in taken.items()
    ]


def _presses(console: Terminal, keys: Sequence[bytes]) -> float:
    """The time that keys take to change the screen, one after the other."""
    seconds = 0.0
    for key in keys:
        console.settle()
        before = console.screen.text
        seconds += console.press(key, lambda screen, before=before: screen.text != before)  # type: ignore[misc]
    return seconds


def action_items(bench: Bench) -> list[Figure]:
    """The list of 5,000 action items of 1,000 incidents: opened for the first time, scrolled, one marked as done."""
    taken: dict[str, list[float]] = {"start": [], "list": [], "down": [], "page": [], "done": [], "bare": []}
    file = bench.copy(bench.files.items, "action-items.db")
    for turn in range(bench.runs.starts + 1):
        bench.tell(f"action items {turn}/{bench.runs.starts}")
        for name, key, piece in (("start", b"o", "Declare an incident"), ("list", b"A", "done in time")):
            with subjects.console(bench.folder, file) as console:
                console.first_frame(subjects.CONSOLE)
                console.wait(_LOADED_S)
                seconds = console.press(key, lambda screen, piece=piece: piece in screen.text)  # type: ignore[misc]
            if turn:
                taken[name].append(seconds * 1000)
    with subjects.console(bench.folder, file) as console, subjects.bare(bench.folder) as bare:
        bare.first_frame(subjects.BARE)
        console.first_frame(subjects.CONSOLE)
        console.wait(_LOADED_S)
        console.press(b"A", lambda screen: "done in time" in screen.text)
        for _ in range(bench.runs.presses):
            taken["bare"].append(_count(bare) * 1000)
            for name, key in (("down", _DOWN), ("page", _PAGE_DOWN), ("done", b" ")):
                console.settle()
                before = console.screen.text
                changed = console.press(key, lambda screen, before=before: screen.text != before)  # type: ignore[misc]
                taken[name].append(changed * 1000)
    ms = {name: tuple(samples) for name, samples in taken.items()}
    return [
        Figure("action items, 5,000, first opened", "ms", ms["list"], ms["start"], 2.0, against="start screen"),
        Figure("action items, 5,000, down", "ms", ms["down"], ms["bare"], 4.0, against=_BARE),
        Figure("action items, 5,000, page down", "ms", ms["page"], ms["bare"], 9.0, against=_BARE),
        Figure("action items, 5,000, done", "ms", ms["done"], ms["bare"], 25.0, against=_BARE),
    ]


def post_mortem(bench: Bench) -> list[Figure]:
    """The post-mortem opened for the first time: of an incident just declared, and of one with 100,000 notes."""
    taken: dict[str, list[float]] = {"fresh": [], "full": []}
    files = {"fresh": bench.files.fresh, "full": bench.files.full}
    for turn in range(bench.runs.starts + 1):
        bench.tell(f"post-mortem {turn}/{bench.runs.starts}")
        for name, file in files.items():
            with subjects.console(bench.folder, bench.copy(file, f"post-mortem-{name}.db")) as console:
                console.first_frame(subjects.CONSOLE)
                console.wait(_LOADED_S)
                seconds = console.press(b"P", lambda screen: "Contributing factors" in screen.text)
            if turn:
                taken[name].append(seconds * 1000)
    full, fresh = tuple(taken["full"]), tuple(taken["fresh"])
    return [Figure("post-mortem, 100,000 notes, first opened", "ms", full, fresh, 1.2, against=_EMPTY)]


def idle(bench: Bench) -> list[Figure]:
    """What the console costs while nobody touches it and the clocks tick; the copy of the day is made already."""
    file = bench.copy(bench.files.full, "idle.db")
    subjects.copy_of_the_day(file, bench.folder)
    with subjects.console(bench.folder, file) as console:
        console.first_frame(subjects.CONSOLE)
        console.wait(_LOADED_S)
        cpu, sent, began = console.cpu(), console.sent, perf_counter()
        bench.tell(f"idle for {bench.runs.idle:.0f} s")
        console.wait(bench.runs.idle)
        seconds = perf_counter() - began
        share, rate = (console.cpu() - cpu) / seconds * 100, (console.sent - sent) / seconds
    return [
        Figure("idle: processor", "%", (share,), bound=0.7),
        Figure("idle: bytes to the terminal", "B/s", (rate,), bound=200),
    ]
