"""Text that came from people is shown as text: nothing of it acts on the terminal, however it got in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.doctored import doctored, keep_hostile
from tests.e2e.terminal import (
    ENTER,
    ESCAPE,
    Terminal,
    declared,
    leave_fields,
    only_incident,
    opened,
    start_first_message,
    start_logging,
    stop_logging,
    texts,
    wait_for,
    warroom,
)

TITLE, COPY = "\x1b]0;owned\x07", "\x1b]52;c;b3duZWQ=\x07"
HOSTILE = f"a{TITLE}b{COPY}c\x1b[31md\x9b1me\x90f\u202eg\u2066h\x7fi\x00j\x08k"
VISIBLE = "a␛]0;owned␇b␛]52;c;b3duZWQ=␇c␛[31md⟨U+009B⟩1me⟨U+0090⟩f⟨U+202E⟩g⟨U+2066⟩h␡i␀j␈k"
MARKUP = "[/x] [@click=app.quit]x[/] arr[i] {{ 7*7 }} {% include 'x' %} $PATH %s"

_CSI = re.compile(rb"\x1b\[[0-9;:<=>?$ ]*[@-~]")
_TITLE_OR_POINTER = re.compile(rb"\x1b\](?:0|22);[^\x1b\x07]*\x07")


def _assert_only_our_own(sent: bytes) -> None:
    """What is left besides plain sequences and titles of ours is printable: no other control reached the terminal."""
    assert b"owned\x07" not in sent
    assert b"\x1b[31m" not in sent
    text = _TITLE_OR_POINTER.sub(b"", _CSI.sub(b"", sent)).decode()
    controls = {char for char in text if char < " " or "\x7f" <= char <= "\x9f"} - {"\r", "\n"}
    assert controls == set()
    assert not {"\u202e", "\u2066"} & set(text)


def test_hostile_words_are_shown_as_text_wherever_they_come_from(tmp_path: Path) -> None:
    db = declared(tmp_path, HOSTILE)
    with opened(db, "NOW ▸", "SEV2  a␛]0;owned␇b") as terminal:
        # From another shell; what it can't pass on in an argument is left out here.
        warroom(db, "log", HOSTILE.replace("\x00", ""))
        warroom(db, "log", MARKUP)
        terminal.until(
            "[/x] [@click=app.quit]x[/] arr[i] {{ 7*7 }} {% include", "note       a␛]0;owned␇b␛]52;c;b3duZWQ=␇c␛[31m"
        )
        assert terminal.title.startswith("SEV2 ")
        assert "a␛]0;owned␇b" in terminal.title
        # Pasted into the palette
        terminal.type("\x10")
        terminal.until("what do you want to do?")
        terminal.paste(HOSTILE.replace("\x00", ""))
        terminal.until("No action with these words", "b␛]52;c;b3duZWQ=␇c␛[31m")
        terminal.type(ESCAPE)
        terminal.until_gone("Find an action")
        # Pasted into the log line
        start_logging(terminal)
        terminal.paste(HOSTILE)
        terminal.until("> a␛]0;owned␇b")
        logged(terminal, db, 4)
        terminal.paste(f"{MARKUP}\nsecond line\r\nthird line")
        terminal.until("second line⏎third line")
        terminal.type(ENTER)
        terminal.until("One entry")
        logged(terminal, db, 5)
        terminal.until("third line")
        stop_logging(terminal)
        # Pasted into a message
        start_first_message(terminal)
        terminal.paste(HOSTILE + MARKUP)
        terminal.until("Impact *           a␛]0;owned␇b")
        terminal.type("Q")  # goes into the field
        terminal.until("%sQ")
        leave_fields(terminal)
        terminal.type("V")
        terminal.until_gone("First 30 minutes")
        terminal.until("Impact:", "a␛]0;owned␇b")
        assert terminal.title.startswith("SEV2 ")
        terminal.type("QQ")  # the second one says that the first is meant, so soon after V
        terminal.ended()
        _assert_only_our_own(terminal.after_the_end())
    assert texts(db)[-2:] == [VISIBLE, f"{MARKUP}\nsecond line\nthird line"]


def logged(terminal: Terminal, db: Path, entries: int) -> None:
    """Send the log line, and wait until the file has so many entries and the line is empty."""
    terminal.type(ENTER)
    wait_for(lambda: len(texts(db)) == entries, lambda: f"{texts(db)}\n{terminal.text()}")
    terminal.until("> log what happened")


def test_whatever_a_terminal_sends_into_the_log_line_is_kept_as_text(tmp_path: Path) -> None:
    db = declared(tmp_path)
    with opened(db) as terminal:
        start_logging(terminal)

        # Bytes that are no UTF-8, lone surrogates, broken and unknown sequences: what a bad line or a cat on it sends.
        terminal.type("caf\udce9 ")
        terminal.until("> caf� ")
        terminal.type("a\udced\udca0\udc80b\x01c\x1b[99;99Zd\x1b[?1;2cf")
        logged(terminal, db, 2)
        assert "caf�" in texts(db)[-1]
        assert texts(db)[-1].isprintable()

        # A paste in pieces: nothing of it acts as a key, not even where a piece ends within the mark of the end.
        terminal.type("before ")
        terminal.until("> before")
        for piece in ("\x1b[200~Quit\x1b[31m", "o\x1b", "[A\r", "\x1b[20", "1~ after"):
            terminal.type(piece)
            wait_for(terminal.all_taken, terminal.text)
        terminal.until("> before Quit␛[31mo␛[A after")
        logged(terminal, db, 3)
        assert texts(db)[-1] == "before Quit␛[31mo␛[A after"

        # A paste without an end is text, and gives the keyboard back.
        terminal.type("\x1b[200~Quit now")
        terminal.until("> Quit now")
        terminal.type(" and typed on")
        terminal.until("> Quit now and typed on")
        terminal.type("\x1b[201~, its end come late")
        logged(terminal, db, 4)
        assert texts(db)[-1] == "Quit now and typed on, its end come late"

        # Keys at a paste without an end don't put off its release.
        terminal.type("\x1b[200~a word that was pasted")

        def pressed() -> bool:
            terminal.type("x")
            return "pastedxx" in terminal.text() or "xxxxxxxx" in terminal.text()

        wait_for(pressed, terminal.text)
        logged(terminal, db, 5)
        assert texts(db)[-1].rstrip("x") == "a word that was pasted"

        # Lines are kept, whatever the terminal ends them with.
        terminal.paste("one\rtwo\r\nthree\nfour\r")
        terminal.until("> one")
        terminal.type(ENTER)
        terminal.until("One entry")
        logged(terminal, db, 6)
        assert texts(db)[-1] == "one\ntwo\nthree\nfour"

        stop_logging(terminal)
        terminal.type("Q")
        assert terminal.ended() == 0
        _assert_only_our_own(terminal.after_the_end())


def test_ten_thousand_characters_are_all_there(tmp_path: Path) -> None:
    db = declared(tmp_path)
    long = "".join(f"{number:05}" for number in range(2000))
    with opened(db) as terminal:
        start_logging(terminal)
        terminal.paste(long)
        terminal.until("00001")
        terminal.type("\r")
        terminal.until("Logged at", "enter shows all of it")
    assert texts(db)[1:] == [long]


@pytest.mark.parametrize("ids", [False, True])
def test_what_another_program_put_into_the_file_is_shown_as_text(tmp_path: Path, ids: bool) -> None:
    db = doctored(tmp_path / "journal.db", ids=ids)
    warroom(db, "log", "on")
    keep_hostile(db, **{f"words:{only_incident(db)}": {"log": "half a line"}})
    with opened(db, "NOW ▸", "SEV1  Checkout errors", "␛]0;owned␇", "> half a line") as terminal:
        assert "␛]0;owned␇" in terminal.title
        terminal.type("2")
        terminal.until("note       on")
        terminal.type("\x1b[H\r")
        terminal.until("Declared SEV2: Checkout errors; detected by checkout 5xx alert␛]0;owned␇", "esc")
        terminal.type("\x1b")
        terminal.until("declared   Declared SEV2")
        terminal.type("u")
        terminal.until("Compose ·", "typing in")
        terminal.process.terminate()  # whatever has the keys
        assert terminal.ended() == 0
        _assert_only_our_own(terminal.after_the_end())


def test_keys_that_arrive_together_act_one_by_one(tmp_path: Path) -> None:
    """As over a slow line: what opens a question, its words and what comes next are read at once."""
    db = tmp_path / "journal.db"
    with opened(db, "Is something broken right now?") as terminal:
        terminal.type("nCheckout errors\r2\r")
        terminal.until("SEV2  Checkout errors", "NOW ▸")
        terminal.type("dRoll back\rfaster and safer\rldone and old news\rpaid\r")
        terminal.until("paid")
        wait_for(lambda: len(texts(db)) == 4, lambda: f"{texts(db)}\n{terminal.text()}")
    assert texts(db) == ["Declared SEV2: Checkout errors", "Roll back", "done and old news", "paid"]


def test_a_field_is_written_in_the_users_own_editor_which_gets_the_whole_terminal(tmp_path: Path) -> None:
    db = declared(tmp_path)
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\nprintf "EDITING $(cat "$1")\\n"\nread line\nprintf "%s\\n" "$line" >"$1"\n')
    editor.chmod(0o755)
    with opened(db, VISUAL=str(tmp_path / "none"), EDITOR="no matter") as terminal:
        start_first_message(terminal)
        leave_fields(terminal)
        terminal.type("E")
        terminal.until("The editor could not be opened", "the field is as it was")
    with opened(db, EDITOR=f"'{editor}'") as terminal:
        start_first_message(terminal)
        terminal.type("Half of them")
        terminal.until("Half of them")
        leave_fields(terminal)
        for words in ("Half of the checkouts fail", "All of the checkouts fail"):
            terminal.type("E")
            terminal.until("EDITING ")
            terminal.type(words + ENTER)
            terminal.until(f"Impact: {words}")
        terminal.type(ESCAPE)
        terminal.until("l Log")
        start_logging(terminal)
        terminal.type("keys work" + ENTER)
        wait_for(lambda: "keys work" in texts(db), terminal.text)
