"""`warroom log` reads a time in front as the console does, and with --lines logs one note for each line."""

from __future__ import annotations

import pytest

from tests.e2e.conftest import Cli


def test_a_time_in_front_is_read_and_at_keeps_the_text_whole(cli: Cli) -> None:
    cli.declare()
    assert cli.ok("log", "03:10 Errors began") == "03:10 UTC note Errors began (added 7 min later)"
    assert cli.ok("log", "19:40", "text") == "2026-11-22 19:40 UTC note text (added 7 h 37 min later)"  # yesterday
    assert cli.ok("log", "[03:10] kept") == "03:17 UTC note [03:10] kept"
    assert cli.ok("log", "--at", "-5m", "03:10 text") == "03:12 UTC note 03:10 text (added 5 min later)"
    assert cli.ok("log", "--kind", "action", "-", stdin=b"03:15 Rolled back").startswith("03:15 UTC action Rolled back")
    ran = cli.run("log", "25:10 text")
    assert (ran.code, ran.out) == (2, "")
    assert "with --at TIME, the text is kept whole" in ran.err


def test_lines_are_logged_one_by_one_all_or_none(cli: Cli) -> None:
    cli.declare()
    chat = b"23:50 Priya: errors rising\r\n\r\n[00:04] Marcus: rolling back\r\nthanks\r\n"
    assert cli.ok("log", "-", "--lines", stdin=chat).splitlines() == [
        "2026-11-22 23:50 UTC note errors rising – by Priya (added 3 h 27 min later)",
        "00:04 UTC note rolling back – by Marcus (added 3 h 13 min later)",
        "00:04 UTC note thanks (added 3 h 13 min later)",
    ]
    before = cli.ok("export", "log", "--format", "json")
    ran = cli.run("log", "--lines", "-", stdin=b"03:10 fine\n25:10 not a time\n")
    assert (ran.code, ran.out) == (2, "")
    assert "Nothing was logged; line 2: " in ran.err
    assert cli.ok("export", "log", "--format", "json") == before


@pytest.mark.parametrize("options", [("--by", "Priya", "--kind", "action"), ("--at", "-5m"), ("--kind", "decision")])
def test_lines_have_their_own_times_and_names(cli: Cli, options: tuple[str, ...]) -> None:
    cli.declare()
    assert cli.run("log", "-", "--lines", *options, stdin=b"a\nb").code == 2
    assert "no line to log" in cli.run("log", "-", "--lines", stdin=b"\n \n").err
