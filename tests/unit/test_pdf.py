"""Printing a page with a browser: which one, what it gets, what is said if it fails; here the browser is a script."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from warroom.documents.pdf import NotPrinted, browser, printed

Script = Callable[[str], dict[str, str]]
PRINTS = 'for a; do case "$a" in --print-to-pdf=*) out="${a#*=}";; esac; done; printf "%%PDF-1.4" > "$out"'


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Script:
    """Makes a program that stands in for a browser, and the environment in which it is the only one."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    def make(body: str) -> dict[str, str]:
        program = tmp_path / "bin" / "chromium"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\n{body}\n")
        program.chmod(0o755)
        return {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": str(tmp_path)}

    return make


def test_the_browser_gets_a_private_folder_and_no_network_and_nothing_is_left(script: Script, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    env = script(
        f'{{ ls -ld "$PWD"; ls; echo "$HOME $TMPDIR"; printf "%s\\n" "$@"; cat page.html; }} > {seen}\n{PRINTS}'
    )
    assert printed(["<p>", "über\x1b"], env) == b"%PDF-1.4"
    told = seen.read_text("utf-8")
    assert told.startswith("drwx------")
    assert f"{tmp_path}/scratch/" in told
    assert f"{tmp_path} " not in told, "it does not see the user's home"
    for wanted in ("--headless=new", "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=", "<p>über␛"):
        assert wanted in told
    assert ("--no-sandbox" in told) == (os.geteuid() == 0)
    assert list((tmp_path / "scratch").iterdir()) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("exit 3", "can't print it (exit code 3)"),
        ("exit 0", "did not print it"),
        ("sleep 60 & sleep 60", "took more than 0.2 s and was stopped"),
    ],
)
def test_a_browser_that_fails_or_hangs_is_named_with_the_way_out(
    script: Script, tmp_path: Path, body: str, says: str
) -> None:
    env = script(body)
    with pytest.raises(NotPrinted) as caught:
        printed(["x"], env, limit_s=0.2 if "sleep" in body else 30)
    assert str(caught.value).startswith(f"{tmp_path}/bin/chromium ")
    assert says in str(caught.value)
    assert "--format html" in str(caught.value)
    assert list((tmp_path / "scratch").iterdir()) == []


def test_printing_can_be_stopped(script: Script) -> None:
    with pytest.raises(NotPrinted, match="stopped"):
        printed(["x"], script("sleep 60"), stopped=lambda: True)


def test_the_variable_goes_before_what_is_installed_and_a_missing_browser_is_said(
    script: Script, tmp_path: Path
) -> None:
    env = script(PRINTS)
    assert browser(env) == f"{tmp_path}/bin/chromium"
    mine = tmp_path / "mine"
    mine.write_text("#!/bin/sh\n")
    mine.chmod(0o755)
    assert browser({**env, "WARROOM_BROWSER": str(mine)}) == str(mine)
    assert browser({**env, "WARROOM_BROWSER": "no-such-program"}) is None
    with pytest.raises(NotPrinted, match="WARROOM_BROWSER names no-such-program, and there is no such program"):
        printed(["x"], {**env, "WARROOM_BROWSER": "no-such-program"})
    assert browser({"PATH": ""}) is None
    with pytest.raises(NotPrinted, match="needs Chromium, Chrome or Edge, and none is installed"):
        printed(["x"], {"PATH": ""})
