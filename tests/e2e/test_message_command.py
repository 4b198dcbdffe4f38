"""`warroom message` and `warroom templates`, as typed."""

from __future__ import annotations

import os
import pty
import re
import shlex
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Clock
from warroom import places
from warroom.cli import main
from warroom.model import times
from warroom.model.entries import Entry
from warroom.model.kinds.messages import MessageSent
from warroom.store.journal import Journal

IMPACT = "impact=payment fails at the last step"


class Shell:
    """Types commands at one point in time after another and keeps what came out."""

    def __init__(self, home: Path, clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
        self.config = home / "config" / "warroom"
        self.templates = self.config / "templates"
        self.db = home / "data" / "warroom" / "warroom.db"
        self.clock = clock
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *arguments: str) -> int:
        code = main(arguments, now=self.clock)
        captured = self._capsys.readouterr()
        self.out, self.err = captured.out, captured.err
        return code

    def sent(self) -> list[MessageSent]:
        journal = Journal.open(self.db, now=self.clock, create=False)
        try:
            (life,) = journal.lifecycles()
            entries: list[Entry] = list(journal.state(life.incident))
        finally:
            journal.close()
        return [entry.body for entry in entries if isinstance(entry.body, MessageSent)]


@pytest.fixture
def shell(fresh_home: Path, clock: Clock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Shell:
    """Ten minutes into a declared SEV2."""
    monkeypatch.setenv("WARROOM_AUTHOR", "Dana")
    monkeypatch.setenv("PATH", "/nowhere")
    typed = Shell(fresh_home, clock, capsys)
    assert typed("declare", "Checkout errors", "--affected", "many") == 0
    clock.advance(minutes=10)
    return typed


def test_a_message_is_printed_and_nothing_is_logged(shell: Shell) -> None:
    assert shell("message", "initial", "--set", IMPACT, "--set", "affected=about 20 % of attempts") == 0
    assert shell.out == (
        "[SEV2] Incident: Checkout errors\n\n"
        "We are responding to an incident that began at 03:17 UTC, 10 min ago. "
        "This is update #1, the situation at 03:27 UTC.\n\n"
        "Impact: Payment fails at the last step.\nAffected: About 20 % of attempts.\nStatus: Investigating the cause.\n"
        "Next update: 03:55 UTC.\nUpdates: Every 30 min until this is resolved, and sooner if something changes.\n"
        "Customer inquiries: Please send them to support, not to the people who are fixing this.\n\nDana\n"
    )
    assert shell.err == ""
    assert shell.sent() == []


def test_sent_is_stored_word_for_word_with_its_promise(shell: Shell) -> None:
    assert shell("message", "initial", "--set", IMPACT, "--for", "email", "--to", "the board", "--sent") == 0
    (message,) = shell.sent()
    assert message.body + "\n" == shell.out
    assert (message.to, message.channel, message.number) == ("the board", "email", 1)
    assert message.promise is not None
    assert times.iso(message.promise) == "2026-11-23T03:55:00Z"
    assert shell.err == (
        "Logged as sent: Initial acknowledgement #1 → the board; User impact set to “payment fails at the last step”; "
        "next update promised for 03:55 UTC.\n"
    )
    assert shell("message", "update", "--set", "status=Rolling back") == 0
    assert "as sent at" not in shell.err, "the next update follows the last one"
    assert shell("message", "initial", "--sent") == 0
    assert shell.err.startswith(
        "warning: Dana marked Initial acknowledgement #1 as sent at 03:27 UTC, to the board; "
        "send this one only if others have to hear of it\n"
    )


def test_recipients_are_named_once_and_those_without_an_address_are_told(shell: Shell) -> None:
    mail = ("message", "initial", "--set", IMPACT, "--for", "email")
    assert shell(*mail, "--to", "a@b.example, the board", "--to", "A@b.example", "--to", "support") == 0
    assert shell.out.startswith("To: a@b.example\n")
    assert shell.err == "warning: left out of the To line, as they have no address: the board, support\n"
    assert shell(*mail, "--to", "the board") == 0
    assert (shell.out.splitlines()[0], shell.err) == ("To: the board", "")
    for empty in ("", " , "):
        assert shell(*mail, "--to", empty) == 2
        assert "--to is empty" in shell.err


def test_the_next_one_starts_from_the_last_and_counts(shell: Shell) -> None:
    shell("message", "initial", "--set", IMPACT, "--sent")
    shell.clock.advance(minutes=25)
    arguments = (
        "--set",
        "status=Rolling back",
        "--set",
        "progress=Cause found",
        "--set",
        "progress=- Rollback started",
    )
    assert shell("message", "update", *arguments, "--for", "slack", "--sent") == 0
    assert shell.out.startswith("*[SEV2] Update #2: Checkout errors*\n\n*What changed:*\n• Cause found\n")
    assert "• Rollback started\n*Current status:* Rolling back.\n*Impact:* Payment fails at" in shell.out
    assert [message.number for message in shell.sent()] == [1, 2]
    for typed, asked in (((), True), (("--set", "status=Rolling back"), False)):
        assert shell("message", "update", *typed) == 0
        assert ("Current status is word for word what you sent" in shell.err) is asked, "what was typed is new"


def test_what_is_missing_is_listed_and_nothing_is_marked_as_sent(shell: Shell) -> None:
    assert shell("message", "escalation", "--set", "why=estimate above 2 h", "--sent", "--copy") == 1
    assert "What I need: [What I need?]" in shell.out
    complaints = shell.err.splitlines()
    assert [line.partition(" (")[0] for line in complaints[:-1]] == [
        "warroom: missing: Impact",
        "warroom: missing: What I need",
        "warroom: missing: How to reach me",
    ]
    assert complaints[-1] == "warroom: not ready to send; neither copied nor marked as sent"
    assert shell.sent() == []


def test_a_next_update_that_can_not_be_read_is_not_sent(shell: Shell) -> None:
    assert shell("message", "initial", "--set", IMPACT, "--set", "next_update=soonish", "--sent") == 1
    assert "warroom: Next update: can't read 'soonish' as a time" in shell.err
    assert shell.sent() == []


def test_words_are_warned_about_and_stop_nothing_unless_strict(shell: Shell) -> None:
    promise = ("message", "update", "--set", IMPACT, "--set", "status=Should be back in 30 minutes", "--sent")
    assert shell(*promise, "--strict") == 1
    assert "neither copied nor marked as sent" in shell.err
    assert shell.sent() == []
    assert shell(*promise) == 0
    assert "back in 30 minutes” promises what nobody can keep: " in shell.err.splitlines()[0]
    assert len(shell.sent()) == 1


def test_the_issue_s_two_estimates_are_told_apart(shell: Shell) -> None:
    flagged = "progress=ETA: expecting resolution in approximately 30 minutes"
    shell("message", "update", "--set", IMPACT, "--set", "status=Fixing", "--set", flagged)
    assert shell.err.startswith("warning: ")
    fine = "progress=Engineering estimates 30 minutes; next update 04:15 CET"
    assert shell("message", "update", "--set", IMPACT, "--set", "status=Fixing", "--set", fine, "--strict") == 0
    assert shell.err == ""


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Say which message: one of initial, update, resolution, customer, escalation"),
        (("hello",), "There is no message 'hello'; there are initial, update, resolution, customer, escalation"),
        (
            ("initial", "--set", "colour=red"),
            "it has system, impact, affected, customers, status, next_update",
        ),
        (("initial", "--set", "impact"), "'impact' is not of the form FIELD=VALUE"),
        (("customer", "--set", "state=identified", "--set", "state=resolved"), "--set state is given twice"),
        (
            ("initial", "--for", "fax"),
            "'fax' is not one of 'plain', 'email', 'slack', 'markdown', 'status', 'sms', 'social'",
        ),
    ],
)
def test_wrong_use_names_what_there_is(shell: Shell, arguments: tuple[str, ...], sentence: str) -> None:
    assert shell("message", *arguments) == 2
    assert sentence in shell.err
    assert shell.out == ""


def test_a_field_that_is_given_again_keeps_what_it_had_unless_it_is_cleared(shell: Shell) -> None:
    need = ("--set", "what_i_need=Advice by 05:00 CET", "--set", "what_i_need=A spokesperson")
    cleared = ("--set", "status=Old", "--set", "status=", "--set", "status=We are restarting it")
    shell("message", "escalation", "--set", IMPACT, "--set", "why=churn", "--set", "phone=+49 170", *need, *cleared)
    assert "What I need:\n- Advice by 05:00 CET\n- A spokesperson\n" in shell.out
    assert "Current status: We are restarting it.\n" in shell.out
    assert "By when" not in shell.err


def test_a_status_page_gets_its_state(shell: Shell) -> None:
    assert shell("message", "customer", "--for", "status", "--set", "impact=errors when paying") == 0
    assert shell.out.startswith(
        "Checkout errors\nInvestigating\n\nWe have had a problem with checkout since 03:17 UTC. "
    )
    shell("message", "customer", "--for", "status", "--set", "impact=errors when paying", "--set", "state=monitoring")
    assert shell.out.startswith("Checkout errors\nMonitoring\n")
    shell("fact", "workaround", "use PayPal")
    for state, shown in (("monitoring", False), ("identified", True)):
        shell("message", "customer", "--set", "impact=errors when paying", "--set", f"state={state}")
        assert ("Use PayPal." in shell.out) is shown
        assert ("Until now it was noted as Workaround “use PayPal”. If it still holds" in shell.err) is not shown
    shell("message", "customer", "--set", "impact=a", "--set", "state=monitoring", "--set", "workaround=")
    assert "Until now" not in shell.err, "its sender has cleared it"


def test_a_resolution_notice_waits_for_the_resolution(shell: Shell) -> None:
    arguments = ("--set", IMPACT, "--set", "root_cause=A release", "--set", "resolution=Rolled back", "--sent")
    assert shell("message", "resolution", *arguments) == 1
    assert "not resolved yet" in shell.err
    shell("resolve")
    assert shell("message", "resolution", *arguments) == 0
    assert "Duration: 10 min (03:17 to 03:27 UTC).\n" in shell.out


def test_copy_says_where_the_text_is_when_there_is_no_clipboard(shell: Shell) -> None:
    assert shell("message", "initial", "--set", IMPACT, "--copy") == 0
    said, _, path = shell.err.strip().partition("the text is in ")
    assert said == "No clipboard here; "
    assert Path(path.rstrip(".")).read_text("utf-8") + "\n" == shell.out


def test_copy_over_ssh_reaches_the_terminal_while_the_text_is_piped(shell: Shell) -> None:
    ours, theirs = pty.openpty()
    program = "import sys; from warroom.cli import main; sys.exit(main())"
    environment = os.environ | {"SSH_TTY": "/dev/pts/0", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", program, "message", "initial", "--set", IMPACT, "--copy"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
    )
    os.close(theirs)
    seen = os.read(ours, 65_536)
    os.close(ours)
    assert b"\x1b" not in done.stdout
    assert b"\x1b]52;c;" in seen
    assert b"Sent to the terminal" in seen


def test_hostile_words_are_printed_as_words(shell: Shell) -> None:
    hostile = "{{ 7*7 }} \x1b]0;x\x07 \ud800 [/x]\nNext update:: 23:59 CET"
    assert shell("message", "initial", "--set", f"impact={hostile}", "--sent") == 0
    assert "Impact:\n- {{ 7*7 }} ␛]0;x␇ ⟨U+D800⟩ [/x]\n- Next update:: 23:59 CET\n" in shell.out
    assert "\x1b" not in shell.out + shell.err
    assert shell.sent()[0].body + "\n" == shell.out


class TestTemplates:
    def test_list_tells_what_there_is_and_whose_it_is(self, shell: Shell) -> None:
        assert shell("templates", "copy", "update") == 0
        assert shell.out == f"{shell.templates / 'update.j2'}\n"
        assert shell("templates", "list") == 0
        rows = [line for line in shell.out.splitlines() if not line.startswith(" ")]
        assert [row.split()[0] for row in rows] == ["initial", "update", "resolution", "customer", "escalation"]
        assert [row.endswith("(built-in)") for row in rows] == [True, False, True, True, True]

    def test_copy_never_overwrites(self, shell: Shell) -> None:
        before = os.umask(0)
        shell("templates", "copy", "update")
        os.umask(before)
        assert [stat.S_IMODE(path.stat().st_mode) for path in (shell.templates, shell.templates / "update.j2")] == [
            0o700,
            0o600,
        ]
        mine = shell.templates / "update.j2"
        mine.write_text(mine.read_text("utf-8").replace("Current status::", "Now::"), "utf-8")
        assert shell("templates", "copy", "update") == 1
        assert "already exists" in shell.err
        shell("templates", "show", "update")
        assert "Now:: {{ status | sentence }}" in shell.out
        shell("message", "update", "--set", IMPACT, "--set", "status=Rolling back")
        assert "\nNow: Rolling back.\n" in shell.out

    def test_a_broken_own_template_gives_way_to_the_built_in_one_with_the_reason(self, shell: Shell) -> None:
        shell("templates", "copy", "initial")
        mine = shell.templates / "initial.j2"
        mine.write_text(mine.read_text("utf-8") + "{{ nobody }}\n", "utf-8")
        assert shell("message", "initial", "--set", IMPACT) == 0
        line = len(mine.read_text("utf-8").splitlines())
        assert shell.err.startswith(f"warroom: {mine}:{line}: there is no field or value 'nobody'")
        assert shell.err.endswith("; the built-in message is used until this is corrected\n")
        assert shell.err.count("\n") == 1
        assert shell("templates", "check") == 1
        assert shell.err.startswith(f"{mine}:{line}: there is no field or value 'nobody'")
        assert shell.err.endswith("warroom: 1 problem, in 1 of 5 templates\n")  # as `templates list` shows them
        assert shell("templates", "list") == 0
        assert shell.err.startswith(f"warroom: {mine}:{line}: there is no field or value 'nobody'")

    def test_a_sixth_message_is_one_file(self, shell: Shell) -> None:
        shell.templates.mkdir(parents=True)
        (shell.templates / "partner.j2").write_text(
            '+++\nlabel = "Partner notice"\naudience = "partners"\nwhen = "Partners are affected."\n'
            'subject = "{{ title }}"\n[[fields]]\nid = "ask"\nlabel = "Ask"\nrequired = true\n+++\nAsk:: {{ ask }}\n'
        )
        assert shell("templates", "check") == 0
        assert shell.out == "OK: 6 templates\n"
        assert shell("message", "partner", "--set", "ask=retry in an hour", "--sent") == 0
        assert shell.out == "Checkout errors\n\nAsk: retry in an hour\n"
        assert [(message.message, message.to) for message in shell.sent()] == [("partner", "partners")]

    def test_a_new_message_that_is_broken_is_named_with_its_reason(self, shell: Shell) -> None:
        shell.templates.mkdir(parents=True)
        (shell.templates / "partner.j2").write_text("hello")
        assert shell("message", "partner") == 2
        assert "partner.j2:1: the file must begin with a header" in shell.err

    def test_a_playbook_with_fewer_facts_leaves_the_built_in_messages_as_they_are(self, shell: Shell) -> None:
        text = (places.templates() / "playbook.toml").read_text("utf-8")
        begin, end = text.index('[[facts]]\nid = "tickets"'), text.index('[[facts]]\nid = "channel"')
        shell.config.mkdir(parents=True, exist_ok=True)
        (shell.config / "playbook.toml").write_text(text[:begin] + text[end:], "utf-8")
        assert (shell("check"), shell("templates", "check")) == (0, 0)

    def test_check_takes_files(self, shell: Shell, tmp_path: Path) -> None:
        assert shell("templates", "check", str(tmp_path / "none.j2")) == 1
        assert "none.j2:1: the file does not exist" in shell.err
        shell("templates", "copy", "update")
        mine = str(shell.templates / "update.j2")
        assert shell("templates", "check", mine, mine) == 0
        assert shell.out == "OK: 1 template\n"
        assert shell("templates", "check") == 0
        assert shell.out == "OK: 5 templates\n"

    def test_a_broken_own_wording_file_gives_way_with_the_reason(self, shell: Shell) -> None:
        shell.config.mkdir(parents=True)
        (shell.config / "wording.toml").write_text("rule = 3")
        assert shell("message", "initial", "--set", IMPACT) == 0
        own = shell.config / "wording.toml"
        assert shell.err.startswith(f"warroom: {own}: rule: expected a list, got a whole number (it is 3); ")
        assert shell.err.endswith("; the built-in wording rules are used until this is corrected\n")


@pytest.mark.parametrize("setting", ["state=resolved", "status=This incident has been resolved."])
def test_customers_are_not_told_that_it_is_resolved_before_it_is(shell: Shell, setting: str) -> None:
    send = ("message", "customer", "--set", "impact=errors when paying", "--set", setting, "--sent")
    assert shell(*send) == 1
    assert "not resolved yet" in shell.err
    assert shell.sent() == []
    assert shell("resolve") == 0
    assert shell(*send) == 0


def test_a_changed_field_sets_its_fact(shell: Shell) -> None:
    shell("fact", "affected", "20 %")
    below_zero = "customers=-5"
    assert shell("message", "initial", "--set", IMPACT, "--set", "affected=30 %", "--set", below_zero, "--sent") == 0
    assert "; Share affected set to “30 %”" in shell.err
    assert "warning: “-5” can't be “Customers affected”: write a figure that is not below zero" in shell.err
    assert "Customers affected set to" not in shell.err
    assert shell("message", "escalation", "--set", "why=churn", "--set", "what_i_need=a call", "--set", "phone=x") == 0
    assert "Affected: 30 %" in shell.out


class TestSentElsewhere:
    def test_a_message_sent_earlier_counts_from_then(self, shell: Shell) -> None:
        at = ("--sent", "--at", "-8m")
        assert shell("message", "initial", "--set", IMPACT, "--set", "next_update=30m", *at) == 0
        assert shell.err.startswith("Logged as sent at 03:19 UTC: Initial acknowledgement #1 → ")
        assert "This is update #1, the situation at 03:19 UTC." in shell.out
        (message,) = shell.sent()
        assert message.promise is not None
        assert times.iso(message.promise) == "2026-11-23T03:49:00Z"
        assert shell("status") == 0
        assert "03:49" in shell.out

    def test_one_sent_before_a_fact_was_set_leaves_that_as_it_is(self, shell: Shell) -> None:
        send = ("message", "initial", "--sent", "--set")
        assert shell(*send, "impact=payment fails", "--set", "affected=20 %", "--at", "-1m") == 0
        assert shell(*send, "impact=login is slow", "--set", "affected=20 %", "--at", "-8m") == 0
        assert "User impact" not in shell.err
        assert shell("fact", "impact") == 0
        assert shell.out == "payment fails\n"

    def test_a_number_that_is_given_twice_is_told(self, shell: Shell) -> None:
        send = ("message", "update", "--set", IMPACT, "--set", "next_update=2h", "--sent", "--at")
        assert shell(*send, "-3m", "--set", "status=rolled back") == 0
        assert shell(*send, "-6m", "--set", "status=rolling back") == 0
        assert "[SEV2] Update #1: " in shell.out
        assert shell.err.endswith("; what you sent at 03:24 UTC is #1 too.\n")

    def test_its_text_is_logged_word_for_word(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "sent.txt").write_text("We're on it: 20 % of {{ payments }} fail.\n\n  – Dana\n\n")
        text = ("message", "initial", "--sent", "--at", "03:20Z", "--text", str(tmp_path / "sent.txt"))
        assert shell(*text, "--set", IMPACT, "--set", "next_update=03:50Z") == 0
        (message,) = shell.sent()
        assert message.body == "We're on it: 20 % of {{ payments }} fail.\n\n  – Dana"
        assert (message.channel, message.subject, message.fields["impact"]) == ("elsewhere", "", IMPACT[7:])
        assert message.promise is not None
        assert times.iso(message.promise) == "2026-11-23T03:50:00Z"
        assert "User impact set to “payment fails at the last step”" in shell.err

    def test_only_what_can_have_been_is_logged(self, shell: Shell, tmp_path: Path) -> None:
        send = ("message", "initial", "--set", IMPACT)
        (tmp_path / "empty.txt").write_text(" \n")
        for wrong, said in (
            (("--at", "-5m"), "add --sent"),
            (("--sent", "--at", "+5m"), "can't read '+5m'"),
            (("--sent", "--text", ""), "The name of the file is empty"),
            (("--sent", "--text", str(tmp_path / "empty.txt")), "The text is empty"),
        ):
            assert shell(*send, *wrong) == 2
            assert said in shell.err
        assert shell(*send, "--sent", "--text", str(tmp_path / "none.txt")) == 1  # as for every file that can't be read
        assert "none.txt: the file does not exist" in shell.err
        assert shell(*send, "--sent", "--at", "-2h") == 1
        assert "before the incident began" in shell.err
        shell("resolve", "Rolled back")
        notice = ("message", "resolution", "--set", IMPACT, "--set", "root_cause=a release", "--sent", "--at", "-5m")
        assert shell(*notice) == 1
        assert "was not resolved yet at that time" in shell.err
        assert shell.sent() == []


def test_every_command_that_a_hint_prints_can_be_run(shell: Shell) -> None:
    def advised(*arguments: str) -> list[list[str]]:
        shell.clock.advance(minutes=10)
        shell("message", *arguments)
        printed = re.findall(r"warroom ((?:-i \S+ )?(?:fact|correct|reopen)[^(\n]*)", shell.err)
        return [shlex.split(command.replace("…", "farmers at one")) for command in printed]

    facts = {"impact": "no weight", "segment": "farmers at 5 sites", "workaround": "use a pen"}
    for name, text in (facts | {"unknown": "whether tickets were lost"}).items():
        assert shell("fact", name, text) == 0
    works = ("--set", "status=It works again since 03:40 UTC", "--set", "progress=No tickets were lost")
    shell("message", "update", "--set", "status=a", "--sent")
    commands = advised("update", *works, "--set", "impact=no weight at 1 site")
    assert {command[1] for command in commands} == {"workaround", "unknown", "segment"}
    for command in commands:
        assert shell(*command) == 0, (command, shell.err)
    assert shell("fact") == 0
    assert "farmers at one" in shell.out
    assert not re.search("use a pen|5 sites|whether tickets", shell.out)
    customers = ("--set", "state=monitoring", "--set", "status=It works again since 03:40 UTC", "--set", IMPACT)
    shell("message", "customer", *customers, "--sent")
    shell.clock.advance(minutes=30)
    assert shell("resolve") == 0
    at_the_end = advised("customer", *customers)
    assert {command[2] for command in at_the_end} == {"correct", "reopen"}
    for command in at_the_end:
        assert shell(*command) == 0, (command, shell.err)


def test_a_text_message_says_if_it_is_too_long(shell: Shell) -> None:
    send = ("message", "customer", "--for", "sms")
    assert shell(*send, "--set", "impact=errors when paying") == 0
    assert shell.out == (
        "Problem with checkout since 03:17 UTC: errors when paying. We are investigating. "
        "Next update: 03:55 UTC. We are sorry.\n"
    )
    assert shell.err == ""
    assert shell(*send, "--set", f"impact={'errors ' * 25}") == 0
    assert shell.err == "warning: No room for: What they may have seen. Write the Short text yourself if it matters.\n"
    assert "errors" not in shell.out
    own = "Cards are refused at our tills in Leeds and in Hull since 02:17 UTC. Please pay in cash. "
    assert shell(*send, "--set", f"impact={'errors ' * 25}", "--set", f"short={own * 2}") == 0
    assert shell.out == (own * 2).strip() + "\n"
    assert shell.err == (
        "warning: The clock of the next update is set for 03:55 UTC, which this text does not say\n"
        "warning: too long for sms: 17 over: the phone network splits it in 2\n"
    )


def test_words_for_a_field_that_the_message_does_not_have_are_never_lost_without_a_word(shell: Shell) -> None:
    assert shell("message", "customer", "--set", IMPACT, "--set", "short=Cards fail", "--sent") == 2
    assert "Short text belongs to sms and social: add --for sms, or leave out --set short" in shell.err
    assert shell("message", "customer", "--set", IMPACT, "--set", "cause=A disk was full") == 0
    assert "warning: Why it happened is not in this message, which says investigating: it is left out" in shell.err
    assert shell("message", "customer", "--for", "sms", "--set", "short=Cards fail", "--set", "next_update=30m") == 0
    assert shell.out == "Cards fail\n"
    assert "which this text does not say" in shell.err
    shell("resolve", "Enlarged the disk")
    assert shell("message", "customer", "--set", IMPACT, "--set", "state=monitoring", "--set", "cause=unknown") == 0
    assert shell.out.startswith("Resolved: ")
    assert "Why it happened: We do not know yet.\n" in shell.out
