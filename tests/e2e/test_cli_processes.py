"""`warroom log` as many processes at once, and killed at any moment: what was acknowledged is there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

from tests.e2e.conftest import SOURCE, Cli


def _log(cli: Cli, words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "warroom", "--db", str(cli.db), "log", words],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _logged(cli: Cli) -> list[str]:
    timeline = json.loads(cli.ok("export", "log", "--format", "json"))["timeline"]
    return [entry["text"] for entry in timeline if entry["kind"] == "note"]


def test_many_at_once_all_get_in(cli: Cli) -> None:
    cli.declare()
    running = [_log(cli, f"line {number}") for number in range(12)]
    ended = [process.communicate(timeout=60) for process in running]
    assert [error for _, error in ended] == [""] * 12
    assert sorted(_logged(cli)) == sorted(f"line {number}" for number in range(12))
    assert cli.ok("verify").startswith("OK: 13 entries")


def test_what_was_acknowledged_before_a_kill_is_there(cli: Cli) -> None:
    cli.declare()
    acknowledged: list[str] = []
    for number in range(14):
        process = _log(cli, f"line {number}")
        time.sleep(number * 0.012)  # from before it has begun to after it has ended
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate(timeout=60)
        acknowledged += [f"line {number}"] if f"note line {number}" in out else []
    kept = _logged(cli)
    assert set(acknowledged) <= set(kept)
    assert len(kept) == len(set(kept))
    assert cli.ok("verify").startswith("OK: ")
