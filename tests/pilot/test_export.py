"""Writing a document from the console: which, in which format, where to; never over a file without asking."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.console import (
    LARGE,
    Console,
    choices,
    failed,
    notice,
    press,
    screen_text,
    settled,
    types,
    until,
    words_in_line,
)
from warroom.documents.registry import DOCUMENTS


async def test_each_document_is_written_in_the_format_chosen_and_its_path_is_shown(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    console.half_told()
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with console.opened(LARGE) as pilot:
        await press(pilot, "W")
        assert [row.split("  ")[0] for row in choices(pilot)][:2] == ["Incident log", "Hand-over of your role"]
        assert len(choices(pilot)) == len(DOCUMENTS)
        await press(pilot, "enter")
        assert [row.split("  ")[-1] for row in choices(pilot)] == list(DOCUMENTS["log"].forms)
        await press(pilot, "enter")
        assert words_in_line(pilot) == str(folder / "log-ck14mq.md")
        await press(pilot, "enter")
        assert notice(pilot) == f"Wrote {folder}/log-ck14mq.md"
        assert "Roll back payment service" in (folder / "log-ck14mq.md").read_text("utf-8")
        await press(pilot, "W", "down", "enter", "down", "enter", "enter")
        assert (folder / "handoff-ck14mq.txt").exists()
        await press(pilot, "escape", "ctrl+p")
        await types(pilot, "write to a")
        await settled(pilot)
        assert choices(pilot)[0].split("  ")[0] == "W"


async def test_no_file_is_replaced_unasked_and_a_mistake_keeps_the_path(console: Console, tmp_path: Path) -> None:
    console.half_told()
    there = tmp_path / "report.md"
    there.write_text("mine")

    async with console.opened(LARGE) as pilot:

        async def name(text: str) -> None:
            await press(pilot, "ctrl+u")
            await types(pilot, text)
            await press(pilot, "enter")

        await press(pilot, "W", "enter", "enter")
        await name(str(there))
        assert f"{there} exists already" in screen_text(pilot)
        await press(pilot, "enter")  # the first row: another name
        assert (there.read_text(), words_in_line(pilot)) == ("mine", str(there))
        for wrong, said in (
            (str(tmp_path), "is a folder; name a file in it"),
            (str(tmp_path / "no" / "where.md"), "can't be written: there is no folder"),
            ("/dev/full", "/dev/full can't be written (No space left on device)"),
        ):
            await name(wrong)
            if wrong.startswith("/dev"):
                await press(pilot, "r")
            assert failed(pilot)
            assert said in notice(pilot)
            assert words_in_line(pilot) == wrong
        await name(str(console.path))
        await press(pilot, "r")
        assert "is the journal itself" in notice(pilot)
        await name(str(there))
        await press(pilot, "r")
        assert notice(pilot) == f"Wrote {there}"
        assert there.read_text("utf-8").startswith("# Incident log")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["report.md", "warroom.db"]


async def test_a_pdf_is_printed_while_the_console_goes_on_and_its_path_is_kept_until_it_is_written(
    console: Console, tmp_path: Path
) -> None:
    """Offered only where there is a browser; here a script, which waits for a file before it fails or prints."""
    console.half_told()
    program, go, there = tmp_path / "browser", tmp_path / "go", tmp_path / "mine.pdf"
    program.write_text(
        f"""#!/bin/sh
while [ ! -e {go} ]; do sleep 0.02; done
[ -s {go} ] || exit 9
for a; do case "$a" in --print-to-pdf=*) printf "%%PDF-1" > "${{a#*=}}";; esac; done
"""
    )
    program.chmod(0o755)
    console.env.update(WARROOM_BROWSER=str(program), PATH=os.environ["PATH"])
    async with console.opened(LARGE) as pilot:
        await press(pilot, "W", "enter")
        assert [row.split("  ")[-1] for row in choices(pilot)] == [*DOCUMENTS["log"].forms, "pdf"]
        await press(pilot, "end", "enter", "ctrl+u")
        await types(pilot, str(there))
        await press(pilot, "enter")
        assert notice(pilot) == "Printing…"
        await press(pilot, "l")
        await types(pilot, "still here")
        await press(pilot, "enter", "escape")
        assert "Logged" in notice(pilot)
        go.touch()
        await until(pilot, lambda: failed(pilot))
        assert f"{program} can't print it (exit code 9)".lower() in notice(pilot).lower()
        assert not there.exists()
        go.write_text("now")
        await press(pilot, "W", "enter", "end", "enter")
        assert words_in_line(pilot) == str(there)
        await press(pilot, "enter")
        await until(pilot, lambda: notice(pilot) == f"Wrote {there}")
        assert there.read_bytes() == b"%PDF-1"
        go.unlink()
        await press(pilot, "W", "enter", "end", "enter", "ctrl+u")
        await types(pilot, str(tmp_path / "never.pdf"))
        await press(pilot, "enter")
        assert notice(pilot) == "Printing…"
    assert not (tmp_path / "never.pdf").exists()  # leaving the console does not wait for the browser, but stops it
