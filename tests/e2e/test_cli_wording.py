"""`warroom wording`: any text from a file or a pipe, for whoever reads it, for people and for scripts."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.e2e.conftest import Cli

TEXT = "Hello\n\nWe’ll be back in 10 minutes. 𝄞\n- We restarted the pods in Oslo.\n"
FINE = "Cards fail in Spain since 03:17 UTC."
PROMISE = "back in 10 minutes” promises what nobody can keep. A time that is missed costs more"
PODS = "4: jargon: “pods” only insiders understand this. Say what it means"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "status.txt"
    path.write_text(TEXT, "utf-8")
    return str(path)


def test_each_remark_has_its_line_words_reason_and_a_better_sentence(cli: Cli, file: str) -> None:
    for arguments, stdin in (((file,), b""), ((), TEXT.encode()), (("-",), TEXT.replace("\n", "\r\n").encode())):
        promise, no_time, pods, servers = cli.ok("wording", *arguments, stdin=stdin).splitlines()
        assert promise.startswith("3: promise: “")
        assert PROMISE in promise
        assert no_time == "   better: We don't have a confirmed time yet."
        assert pods.startswith(PODS)
        assert servers == "   better: We restarted the servers in Oslo."
    assert not cli.db.exists(), "no incident is needed"


def test_who_reads_it_decides_and_a_company_adds_its_words(
    cli: Cli, file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise, no_time = cli.ok("wording", "--for", "leadership", file).splitlines()
    assert PROMISE in promise
    assert no_time == "   better: There is no confirmed time yet."
    assert cli.ok("wording", "--for", "log", file) == "No remarks."
    ran = cli.run("wording", "--for", "press", file)
    assert ran.code == 2
    assert "'press' is not one of 'customers', 'stakeholders', 'leadership', 'post-mortem', 'log'" in ran.err
    own = tmp_path / "config" / "warroom"
    own.mkdir(parents=True)
    (own / "wording.toml").write_text('[known]\nterms = ["pod"]\n[off]\nleadership = ["promise"]\n', "utf-8")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(own.parent))
    assert [line[:11] for line in cli.ok("wording", file).splitlines()] == ["3: promise:", "   better: "]
    assert cli.ok("wording", "--for", "leadership", file) == "No remarks."


def test_json_has_offsets_into_the_text(cli: Cli, file: str) -> None:
    data = json.loads(cli.ok("wording", "--json", file))
    assert data["english"] is True
    promise, pods = data["remarks"]
    assert (promise["kind"], promise["line"], promise["better"]) == (
        "promise", 3, "We don't have a confirmed time yet."
    )  # fmt: skip
    assert TEXT[promise["start"] : promise["end"]] == promise["words"]
    assert promise["words"].endswith("back in 10 minutes")
    assert promise["sentence"] == "We’ll be back in 10 minutes."
    assert promise["why"].startswith("promises what nobody can keep: A time")
    assert (pods["kind"], pods["line"], pods["words"]) == ("jargon", 4, "pods")
    assert json.loads(cli.ok("wording", "--json", stdin=FINE.encode())) == {"english": True, "remarks": []}


def test_strict_tells_a_script_by_the_exit_code(cli: Cli, file: str) -> None:
    ran = cli.run("wording", "--strict", file)
    assert (ran.code, ran.err) == (1, "warroom: 2 remarks (--strict)\n")
    assert PROMISE in ran.out
    ran = cli.run("wording", "--strict", "--json", stdin=b"We will be back in 10 minutes.")
    assert (ran.code, ran.err, len(json.loads(ran.out)["remarks"])) == (1, "warroom: 1 remark (--strict)\n", 1)
    assert cli.ok("wording", "--strict", stdin=FINE.encode()) == "No remarks."


def test_what_is_not_english_is_said_and_looked_through_for_secrets(cli: Cli) -> None:
    text = "Wir arbeiten an der Störung und werden in zwanzig Minuten wieder da sein"
    not_english = "This doesn't look like English, so its words are not checked; only secrets and gaps are."
    assert cli.ok("wording", stdin=text.encode()) == not_english
    ran = cli.run("wording", "--strict", stdin=text.encode())
    assert (ran.code, ran.err) == (1, "warroom: the words are not checked\n")
    first, _, last = cli.ok("wording", stdin=f"{text}, password=hunter22".encode()).splitlines()
    assert first.startswith("1: leak: “password=hunter22” looks like a secret.")
    assert last == not_english
    assert json.loads(cli.ok("wording", "--json", stdin=text.encode())) == {"english": False, "remarks": []}


def test_what_is_no_text_is_refused_in_one_sentence(cli: Cli, tmp_path: Path) -> None:
    binary, large = tmp_path / "binary", tmp_path / "large"
    binary.write_bytes(b"\x80\x00\xff" * 99)
    large.write_bytes(b"a" * 4_000_001)
    for arguments, reason in (
        ((str(tmp_path / "none.txt"),), "none.txt: the file does not exist"),
        ((str(binary),), "binary:1: this is not UTF-8 text; save it as UTF-8"),
        ((str(tmp_path),), "this is not a file; expected a text file"),
        ((str(large),), "large: it is longer than 4000 kB, the limit for such a file"),
    ):
        ran = cli.run("wording", *arguments)
        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert reason in ran.err
    for nothing in (b"", b" \n\t\n"):
        assert cli.ok("wording", "--strict", stdin=nothing) == "No remarks."


def test_a_byte_order_mark_is_no_part_of_the_text(cli: Cli, tmp_path: Path) -> None:
    marked = tmp_path / "marked.txt"
    marked.write_text(TEXT, "utf-8-sig")
    assert cli.ok("wording", str(marked)) == cli.ok("wording", stdin=TEXT.encode())


def test_offsets_count_in_the_text_as_it_was_given(cli: Cli) -> None:
    windows = TEXT.replace("\n", "\r\n")
    for given in (f"\ufeff{TEXT}", f"\ufeff\x1b[1m\u202e{windows}"):
        remarks = json.loads(cli.ok("wording", "--json", stdin=given.encode()))["remarks"]
        assert len(remarks) == 2
        for remark in remarks:
            assert given[remark["start"] : remark["end"]] == remark["words"]


@pytest.mark.parametrize("data", [FINE.encode("utf-16"), FINE.encode("utf-16-be"), FINE.encode("utf-32"), b"caf\xe9"])
def test_what_is_not_utf_8_is_refused_wherever_it_comes_from(cli: Cli, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "other.txt"
    file.write_bytes(data)
    reason = ":1: this is not UTF-8 text; save it as UTF-8\n"
    cli.declare()
    for command in (("wording",), ("message", "update", "--sent", "--text")):
        assert cli.run(*command, "-", stdin=data) == (1, "", f"warroom: standard input{reason}")
        assert cli.run(*command, str(file)) == (1, "", f"warroom: {file}{reason}")
    zero = f"{FINE} \0 {FINE}".encode()
    assert cli.ok("wording", stdin=zero), "a single one is shown, not refused"


def test_a_pipe_is_read_like_a_file(cli: Cli) -> None:
    reading, writing = os.pipe()
    os.write(writing, TEXT.encode())
    os.close(writing)
    try:
        assert PROMISE in cli.ok("wording", f"/dev/fd/{reading}")
    finally:
        os.close(reading)


def test_an_empty_name_is_wrong_use(cli: Cli) -> None:
    ran = cli.run("wording", "")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("warroom: The name of the file is empty; name a file, or pipe a text")
    assert ran.err.count("\n") == 1


def test_nothing_is_checked_where_nothing_can_be_printed(cli: Cli, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)  # as Python has it after: warroom wording status.txt >&-
    ran = cli.run("wording", file)
    assert (ran.code, ran.err) == (1, "warroom: standard output is closed, so no remark can be printed\n")


def test_a_closed_standard_input_is_no_empty_text(cli: Cli) -> None:
    cli.declare()
    commands = "wording", "log -", "import -", "postmortem set lessons -", "message update --sent --text -"
    for command in commands:
        ran = cli.run(*command.split(), stdin=None)
        assert (ran.code, ran.out) == (1, ""), command
        assert ran.err.startswith("warroom: standard input is closed, so there is nothing to read; pipe a"), command
        assert ran.err.count("\n") == 1


def test_of_long_words_the_beginning_is_shown_and_json_has_them_all(cli: Cli) -> None:
    words = "password=" + "hunter22" * 60
    text = f"The {words} is known."
    assert cli.ok("wording", stdin=text.encode()).startswith(f"1: leak: “{words[:59]}…” looks like a secret.")
    (remark,) = json.loads(cli.ok("wording", "--json", stdin=text.encode()))["remarks"]
    assert remark["words"] in words
    assert len(remark["words"]) > 60
    pods = "/".join(["pods"] * 99)
    cli.declare()
    warned = cli.run("message", "update", "--set", f"status=We look at {pods}.").err
    assert f"warning: “{pods[:59]}…” " in warned


def test_a_text_with_control_characters_reaches_no_terminal_as_such(cli: Cli) -> None:
    shown = cli.ok(
        "wording", stdin=b"We will \x1b[31mbe back\x07 in 10 minutes. \x1b]0;owned\x07 Priya \x1b[2J broke it."
    )
    assert "\x1b" not in shown
    assert "\x07" not in shown
