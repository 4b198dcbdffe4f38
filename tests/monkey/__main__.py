"""`python -m tests.monkey`: random keys, pastes, sizes and other writers, until something breaks a rule."""

from __future__ import annotations

import argparse
import asyncio
import logging
import random
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic

from tests.monkey.events import Event, draw, told
from tests.monkey.play import SLOW_S, played
from tests.monkey.timeline import Violation

_SHRINK_S = 60.0
"""Seconds to spend on finding fewer events that break the same rule."""


@dataclass
class Failure:
    """A rule that was broken: by which events, the last one the one that broke it."""

    seed: int
    what: str
    text: str
    script: list[Event]


@dataclass
class Result:
    """How a run went: what broke, or the slowest event in seconds, and how often the drawn timeline was compared."""

    failure: Failure | None
    slowest: tuple[float, int]
    checked: int


def play(seed: int, script: Sequence[Event]) -> Result:
    """Play events on the file that belongs to a seed."""
    with played(seed) as run:
        try:
            asyncio.run(run.play(script))
        except Violation as violation:
            failure = Failure(seed, violation.what, str(violation), list(script[: run.at + 1]))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is to be told with the keys
            what = f"a traceback: {type(error).__name__}"
            failure = Failure(seed, what, traceback.format_exc(), list(script[: run.at + 1]))
        else:
            return Result(None, run.slowest, run.checked)
        return Result(failure, run.slowest, run.checked)


def seed_of(seed: int, number: int) -> int:
    """The seed of a run."""
    return seed * 100_000 + number


def run(seed: int, number: int, keys: int) -> Result:
    """Play a run; one that was slow only because the machine had other things to do is no failure."""
    own = seed_of(seed, number)
    script = draw(random.Random(own), keys)
    found = play(own, script)
    if found.failure is not None and "over a second" in found.failure.what:
        again = play(own, script)
        if again.failure is None or again.failure.script != found.failure.script:
            return again
    return found


def shrunk(failure: Failure, seconds: float = _SHRINK_S) -> Failure:
    """Leave out events, in pieces that get smaller, as long as the same rule is still broken."""
    until, best = monotonic() + seconds, failure
    piece = max(len(best.script) // 2, 1)
    while piece and monotonic() < until:
        start = 0
        while start < len(best.script) - 1 and monotonic() < until:
            shorter = [*best.script[:start], *best.script[start + piece :]]
            found = play(failure.seed, shorter).failure if shorter else None
            if found is not None and found.what == failure.what:
                best = found
            else:
                start += piece
        piece //= 2
    return best


def report(failure: Failure, command: str) -> str:
    """A failure as text: what broke, how to play it again, and the events."""
    events = "\n".join(f"  {number:3} {told(event)}" for number, event in enumerate(failure.script))
    return f"{failure.text.rstrip()}\nagain: {command}\nevents that suffice:\n{events}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Play the runs asked for; 0 if no rule was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.monkey", description=__doc__)
    parser.add_argument("--runs", type=int, default=200, help="how many runs, each on a fresh file (default: 200)")
    parser.add_argument("--keys", type=int, default=300, help="how many events in a run (default: 300)")
    parser.add_argument("--seed", type=int, default=1, help="what the runs are drawn from (default: 1)")
    parser.add_argument("--run", type=int, help="only this run, as a failure names it")
    parser.add_argument("--first", type=int, default=0, help="the number of the first run (default: 0)")
    parser.add_argument("--shrink", type=float, default=_SHRINK_S, help="seconds to look for fewer events")
    given = parser.parse_args(arguments)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # what a console that was dropped leaves unfinished
    numbers = [given.run] if given.run is not None else range(given.first, given.first + given.runs)
    runs = failures = checked = 0
    slowest = (0.0, 0, 0)
    began = monotonic()
    for number in numbers:
        try:
            found = run(given.seed, number, given.keys)
        except KeyboardInterrupt:
            break
        runs += 1
        checked += found.checked
        slowest = max(slowest, (found.slowest[0], number, found.slowest[1]))
        if sys.stderr.isatty():
            print(f"\r{number} ", end="", file=sys.stderr, flush=True)
        if found.failure is not None:
            failures += 1
            least = shrunk(found.failure, given.shrink) if given.shrink else found.failure
            again = f"python -m tests.monkey --seed {given.seed} --run {number} --keys {given.keys}"
            print(report(least, again), flush=True)
    print(
        f"{runs} runs, {runs * given.keys} events, {checked} timelines compared in {monotonic() - began:.0f} s: "
        f"{failures} failed; slowest event {slowest[0]:.2f} s (run {slowest[1]}, event {slowest[2]}; "
        f"over {SLOW_S:g} s fails)"
    )
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
