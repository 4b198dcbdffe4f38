"""`warroom import`: an exported incident goes into another journal, whole, or not at all and with one sentence."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.doctored import ACTS, acting, doctored
from tests.e2e.conftest import Cli, Ran
from warroom.cli import main
from warroom.cli.commands import import_
from warroom.store.digest import content_digest

Log = dict[str, Any]
Change = Callable[[Log], object]


@pytest.fixture
def log(cli: Cli) -> Log:
    """The log of an incident of three entries, between entries of another."""
    ref = cli.declare()
    cli.declare("Search is slow")
    cli.ok("-i", ref, "log", "Errors began", "--at", "-20m")
    cli.ok("-i", ref, "fact", "impact", "20 %")
    found: Log = json.loads(cli.ok("-i", ref, "export", "log", "--format", "json"))
    return found


@pytest.fixture
def there(cli: Cli, tmp_path: Path) -> Callable[..., Ran]:
    """Run a command on another journal, which is not there yet."""
    return lambda *arguments, stdin=b"": cli.run("--db", str(tmp_path / "there.db"), *arguments, stdin=stdin)


def test_an_incident_goes_to_another_journal_and_comes_back(
    cli: Cli, tmp_path: Path, there: Callable[..., Ran]
) -> None:
    ref = cli.declare("Checkout <errors>")
    other = cli.declare("Search is slow")
    cli.ok("-i", ref, "log", "Errors began")
    file = tmp_path / "incident.json"
    cli.run("-i", ref, "export", "log", "--format", "json", "-o", str(file))

    assert there("import", str(file)) == (0, f"Imported {ref} “Checkout <errors>”: 2 entries, all new\n", "")
    assert there("import", str(file)).out == (
        f"Nothing to import: {ref} “Checkout <errors>” is here already, with all its 2 entries\n"
    )
    assert there("verify").out == "OK: 2 entries from 1 origin; file, chain, search index and summaries are intact.\n"
    there("log", "Looked at it here")
    there("resolve", "Rolled back")
    back = there("export", "log", "--format", "json").out
    assert cli.ok("import", "-", stdin=back.encode()) == f"Imported {ref} “Checkout <errors>”: 4 entries, 2 of them new"
    assert cli.ok("-i", ref, "export", "log", "--format", "json") + "\n" == back
    assert f"{other} · " in cli.ok("status")
    assert cli.ok("verify").startswith("OK: 5 entries from 2 origins")

    # Another program may have written it anew, with a byte-order mark, too.
    indented = "\ufeff" + json.dumps(json.loads(back), indent=4, ensure_ascii=True)
    assert cli.ok("import", "-", stdin=indented.encode()).startswith("Nothing to import")


def test_a_reference_that_looks_like_another_is_pointed_out(log: Log, there: Callable[..., Ran]) -> None:
    data = json.dumps(log).encode()
    there("import", "-", stdin=data)
    ref = log["ref"]
    near = rehashed({**log, "ref": ref[:4] + "zzz", "timeline": renamed(log["timeline"], "elsewhere2")})
    ran = there("import", "-", stdin=json.dumps(near).encode())
    assert (ran.code, ran.out) == (0, f"Imported {ref[:4]}zzz “Checkout errors”: 3 entries, all new\n")
    assert ran.err == (
        f"warroom: the reference {ref} here begins with {ref[:4]} too: type more of {ref[:4]}zzz to "
        "name this incident.\n"
    )
    assert f"{ref} · " in there("-i", ref, "status").out


def renamed(timeline: list[Log], origin: str) -> list[Log]:
    """The entries as another journal would have written them."""
    return [{**entry, "id": f"{origin}:{entry['id'].split(':')[1]}"} for entry in timeline]


def rehashed(log: Log) -> Log:
    """A log whose digests fit, whoever wrote it: what a program of somebody else's may hand over."""
    whole = sha256()
    for entry in log["timeline"]:
        origin, _, n = entry["id"].rpartition(":")
        at, recorded = (_ms(entry[name]) for name in ("at", "recorded"))
        data = entry["data"]
        if not isinstance(data, str):
            data = json.dumps(data, separators=(",", ":"), sort_keys=True, ensure_ascii=False)
        texts = (entry["author"], entry["kind"], entry["text"], data)
        digest = content_digest(origin, n, entry["hlc"], log["ref"], at, recorded, *texts)
        entry["digest"] = digest.hex()
        whole.update(digest)
    log["digest"] = whole.hexdigest()
    return log


def _ms(text: str) -> int:
    from warroom.model import times

    return times.parse_past(text, 2**50)


def _entry(log: Log, **change: object) -> None:
    log["timeline"][1].update(change)


BAD: dict[str, tuple[Change, str]] = {
    "newer": (lambda log: log.update(version=2), "it is in version 2 of the format, and this warroom reads version 1"),
    "older": (lambda log: [log.pop("format"), log.pop("version")], "an older warroom wrote this log without what"),
    "not ours": (lambda log: log.update(format="other"), "this is not an incident log; expected a file that `warroom"),
    "no version": (lambda log: log.update(version="1"), "this is not an incident log"),
    "no entries": (lambda log: log.pop("timeline"), "a part of the log is missing or of the wrong type"),
    "no list": (lambda log: log.update(timeline={}), "a part of the log is missing or of the wrong type"),
    "empty": (lambda log: log["timeline"].clear() or rehashed(log), "none"),
    "no reference": (lambda log: log.update(ref=""), "ref: this is not the reference of an incident"),
    "hostile reference": (lambda log: log.update(ref="a\x1b[2J"), "ref: this is not the reference of an incident"),
    "no entry": (lambda log: log["timeline"].insert(1, 7), "entry 2 of the log can't be read"),
    "no text": (lambda log: log["timeline"][1].pop("text"), "entry 2 of the log can't be read"),
    "wrong type": (lambda log: _entry(log, author=["x"]), "entry 2 of the log can't be read"),
    "no time": (lambda log: _entry(log, at="yesterday"), "entry 2 of the log can't be read"),
    "no zone": (lambda log: _entry(log, at="2026-11-23T03:17:00"), "entry 2 of the log can't be read"),
    "no calendar": (lambda log: _entry(log, at="9999-12-31T00:00:00Z"), "entry 2 of the log can't be read"),
    "no id": (lambda log: _entry(log, id="here"), "entry 2 of the log can't be read"),
    "large number": (lambda log: _entry(log, id=f"here:{2**53 + 1}"), "entry 2 of the log can't be read"),
    "strange digits": (lambda log: _entry(log, id="here:٣"), "entry 2 of the log can't be read"),
    "large clock": (lambda log: _entry(log, hlc=str(2**62 + 1)), "entry 2 of the log can't be read"),
    "surrogate": (lambda log: _entry(log, text="\ud800"), "this is not JSON"),
    "changed": (lambda log: _entry(log, text="Errors ended"), "was changed after the export, or is from another inc"),
    "moved": (lambda log: log.update(ref="other2"), "was changed after the export, or is from another incident"),
    "missing": (lambda log: log["timeline"].pop(1), "an entry is missing, or they are in another order"),
    "another order": (lambda log: log["timeline"].reverse(), "an entry is missing, or they are in another order"),
    "twice": (lambda log: log["timeline"].append(log["timeline"][1]) or rehashed(log), "two entries have the id "),
    "clock": (
        lambda log: log["timeline"][2].update(hlc="5") or rehashed(log),
        "is numbered after an entry that was written later",
    ),
    "undeclared": (lambda log: log["timeline"].pop(1) and rehashed(log), "none of its entries declares the incident"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_file_that_is_not_right_is_refused_with_one_sentence(
    log: Log, there: Callable[..., Ran], tmp_path: Path, name: str
) -> None:
    change, says = BAD[name]
    change(log)
    (tmp_path / "bad.json").write_text(json.dumps(log))
    ran = there("import", str(tmp_path / "bad.json"))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"warroom: {tmp_path / 'bad.json'}: ")
    assert says in ran.err
    assert (ran.err.count("\n"), acting(ran.err)) == (1, set())
    assert not (tmp_path / "there.db").exists()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "there is no time in standard input"),
        (b"# Incident log\n", "there is no time in standard input"),
        (b"[1, 2]", "there is no time in standard input"),
        (b'{"name": "left-pad"}', "there is no time in standard input"),
        (b"\xff\xfe{}", "there is no time in standard input"),
        (b'{"format":"warroom-log","version":1,"timeline":' + b"[" * 200_000, "standard input: "),
        (b'{"format":' + b'{"a":' * 200_000, "standard input: "),
    ],
)
def test_what_is_no_log_is_refused(there: Callable[..., Ran], tmp_path: Path, data: bytes, says: str) -> None:
    ran = there("import", "-", stdin=data)
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert says in ran.err
    assert not (tmp_path / "there.db").exists()


def test_a_file_that_was_cut_off_anywhere_is_refused(log: Log, there: Callable[..., Ran], tmp_path: Path) -> None:
    data = json.dumps(log).encode()
    for end in range(1, len(data), 97):
        ran = there("import", "-", stdin=data[:end])
        assert (ran.code, ran.out) == (1, "")
        assert ran.err.startswith("warroom: standard input: the file was cut off: it ends in the middle")
    assert not (tmp_path / "there.db").exists()


class Endless(io.RawIOBase):
    """A pipe that never ends."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        buffer[:] = b"[" * len(buffer)
        return len(buffer)


def test_what_is_no_file_or_has_no_end_is_not_waited_for(
    cli: Cli,
    there: Callable[..., Ran],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for what in (pipe, tmp_path, Path("/dev/zero")):
        ran = there("import", str(what))
        assert (ran.code, ran.err) == (
            1,
            f"warroom: {what}: this is not a file; expected a timeline or an exported log "
            "(a pipe is read with: warroom import -)\n",
        )
    assert there("import", str(tmp_path / "none.json")).err.endswith("none.json: the file does not exist\n")
    assert there("import").code == 2

    monkeypatch.setattr(import_, "MAX_BYTES", 20_000_000)
    (tmp_path / "huge.json").touch()
    os.truncate(tmp_path / "huge.json", 20_000_001)  # takes no space on the disk
    says = "it is longer than 20 MB, the limit for such a file\n"
    assert there("import", str(tmp_path / "huge.json")).err.endswith(f"huge.json: {says}")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    assert main(["--db", str(cli.db), "import", "-"]) == 1
    assert capsys.readouterr().err.endswith(f"standard input: {says}")


def test_hostile_text_becomes_harmless_and_may_be_imported_again(log: Log, there: Callable[..., Ran]) -> None:
    for entry in log["timeline"]:
        entry["text"] += ACTS
        entry["author"] += f"{ACTS}\n"
    _entry(log, kind="relay\x1b", data='{"a":"\\u001b[2J"}', text="\x1b]0;owned\x07")
    log["timeline"].sort(key=lambda entry: entry["kind"] != "declared")
    log["timeline"].append({**log["timeline"][0], "id": "x2:1", "kind": "declared", "data": {"title": ACTS}})
    data = json.dumps(rehashed(log)).encode()
    first, again = there("import", "-", stdin=data), there("import", "-", stdin=data)
    assert (first.code, again.code) == (0, 0), first.err + again.err
    assert again.out.startswith("Nothing to import")
    shown = first.out + "".join(
        there(*words).out for words in (["status"], ["export", "log"], ["export", "log", "--format", "json"])
    )
    assert "␛]0;owned␇" in shown
    assert acting(shown) == set()
    assert there("verify").code == 0


@pytest.mark.parametrize("ids", [False, True])
def test_the_log_of_a_doctored_journal_can_be_imported(cli: Cli, there: Callable[..., Ran], ids: bool) -> None:
    doctored(cli.db, ids=ids)
    data = cli.ok("export", "log", "--format", "json").encode()
    ran = there("import", "-", stdin=data)
    assert (ran.code, acting(ran.out)) == (0, set()), ran.err
    assert (
        there("export", "log", "--format", "json").out.encode().split(b'"timeline"')[1]
        == (data + b"\n").split(b'"timeline"')[1]
    )
    assert there("verify").code == 0
    assert cli.ok("import", "-", stdin=data).startswith("Nothing to import")


def test_the_ids_of_action_items_stay_what_they_are_here(cli: Cli, tmp_path: Path, there: Callable[..., Ran]) -> None:
    ref = cli.declare()
    file = tmp_path / "incident.json"
    cli.run("export", "log", "-o", str(file))
    there("import", str(file))
    cli.ok("actions", "add", "first in the one file")
    cli.clock.advance(minutes=1)
    assert there("actions", "add", "first in the other").out.startswith(f"{ref[:4]}-1: ")
    cli.run("export", "log", "-o", str(file), "--force")
    there("import", str(file))
    listed = there("actions").out
    assert f"{ref[:4]}-1" in next(row for row in listed.splitlines() if "first in the other" in row)
    assert f"{ref[:4]}-2" in next(row for row in listed.splitlines() if "first in the one file" in row)
