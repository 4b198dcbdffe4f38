"""Handing a message over to the mail program."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from warroom.terminal.mail import open_mail

pytestmark = pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="the opener there is the system's own")


def _opener(folder: Path, script: str) -> None:
    path = folder / "xdg-open"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_the_desktop_opener_gets_the_link(tmp_path: Path) -> None:
    pipe = tmp_path / "got"

    os.mkfifo(pipe)
    _opener(tmp_path, f'printf %s "$1" > {pipe}')
    assert open_mail("mailto:a@example.org?subject=x", {"PATH": f"{tmp_path}:/bin:/usr/bin", "DISPLAY": ":1"}) == ""
    assert pipe.read_text() == "mailto:a@example.org?subject=x"


def test_without_a_desktop_nothing_is_started(tmp_path: Path) -> None:
    _opener(tmp_path, f"touch {tmp_path}/started")
    assert "no desktop" in open_mail("mailto:a@example.org", {"PATH": f"{tmp_path}:/bin"})
    assert not (tmp_path / "started").exists()


def test_without_an_opener_it_says_so(tmp_path: Path) -> None:
    assert "no desktop" in open_mail("mailto:a@example.org", {"PATH": str(tmp_path), "DISPLAY": ":1"})


def test_an_opener_that_cannot_run_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "xdg-open").write_text("not a program")
    (tmp_path / "xdg-open").chmod(0o755)
    words = open_mail("mailto:a@example.org", {"PATH": str(tmp_path), "DISPLAY": ":1"})
    assert "could not be opened" in words
