"""Message files: the built-in ones are sound, a company's own win, broken ones are told with line and reason."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from warroom import places
from warroom.messages.blocks import fill, message_template
from warroom.messages.loading import load_message
from warroom.messages.sandbox import TemplateError
from warroom.messages.templates import check, load_kinds
from warroom.model import playbook
from warroom.model.names import Names

BUILTIN = places.templates() / "messages"
HEADER = """\
+++
label = "Legal notice"
audience = "legal"
when = "When regulators must be told."
subject = "Legal: {{ title }}"

[[fields]]
id = "ask"
label = "Ask"
required = true
+++
"""


def written(folder: Path, text: str, name: str = "legal.j2") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_five_messages_are_there_in_order_and_sound() -> None:
    book = playbook.load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")
    assert list(load_kinds(BUILTIN)) == ["initial", "update", "resolution", "customer", "escalation"]
    assert check(BUILTIN, book) == []


def test_who_gets_what() -> None:
    kinds = load_kinds(BUILTIN)
    assert [kind.id for kind in kinds.values() if kind.public] == ["customer"]
    assert [kind.id for kind in kinds.values() if kind.counts] == ["initial", "update"]
    assert [kind.id for kind in kinds.values() if kind.promises] == ["initial", "update", "customer"]
    assert kinds["initial"].audience == kinds["update"].audience == "leadership, customer success, support"


def test_a_sixth_file_is_a_sixth_message(tmp_path: Path) -> None:
    written(tmp_path, HEADER + "Ask:: {{ ask }}\n")
    kinds = load_kinds(BUILTIN, tmp_path)
    assert list(kinds)[-1] == "legal"
    assert kinds["legal"].own
    assert [field.required for field in kinds["legal"].fields] == [True]


def test_an_own_file_wins_over_the_built_in_one(tmp_path: Path) -> None:
    written(tmp_path, HEADER + "Ask:: {{ ask }}\n", "update.j2")
    kind = load_kinds(BUILTIN, tmp_path)["update"]
    assert (kind.own, kind.label, kind.problem) == (True, "Legal notice", "")


def test_a_broken_own_file_leaves_the_built_in_one_with_the_reason(tmp_path: Path) -> None:
    path = written(tmp_path, HEADER + "Ask:: {{ ask }}\n{{ budget }}\n", "update.j2")
    written(tmp_path, "no header", "mine.j2")
    kinds = load_kinds(BUILTIN, tmp_path)
    assert (kinds["update"].own, kinds["update"].label) == (False, "Status update")
    assert kinds["update"].problem.startswith(f"{path}:13: there is no field or value 'budget'")
    assert "mine" not in kinds


def test_a_missing_own_folder_is_no_own_folder(tmp_path: Path) -> None:
    assert len(load_kinds(BUILTIN, tmp_path / "nowhere")) == 5


def test_broken_built_in_files_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="no message templates"):
        load_kinds(tmp_path)
    written(tmp_path, "no header")
    with pytest.raises(TemplateError, match=r"legal\.j2:1: the file must begin with a header"):
        load_kinds(tmp_path)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("", 1, "begin with a header"),
        ('+++\nlabel = "L"\nHello', 1, "the header is not closed; end it with a second line of +++"),
        ("+++\nlabel = \n+++\nx", 2, "the header is not valid TOML"),
        (HEADER.replace('when = "When regulators must be told."\n', "") + "{{ ask }}", 1, "lacks 'when'"),
        (HEADER.replace('label = "Ask"\n', "") + "{{ ask }}", 7, "of this field lacks 'label'"),
        (HEADER.replace("required", "requierd") + "{{ ask }}", 10, "requierd: unknown key; did you mean 'required'?"),
        (HEADER.replace("audience =", "order = 'x'\naudience =") + "{{ ask }}", 3, "order: expected a whole number"),
        (
            HEADER.replace("required = true", 'source = ["fcat:impact"]') + "{{ ask }}",
            7,
            "unknown source 'fcat:impact'",
        ),
        (HEADER.replace("required = true", 'source = ["fact:colour"]') + "{{ ask }}", 7, "no fact 'colour'"),
        (HEADER.replace("required = true", 'source = ["role:cook"]') + "{{ ask }}", 7, "no role 'cook'"),
        (
            HEADER.replace("required = true", 'source = ["contact:at {boss}"]') + "{{ ask }}",
            7,
            "no contact {boss}; there are",
        ),
        (HEADER.replace("audience =", 'sms = "{{ tilte }}"\naudience =') + "{{ ask }}", 3, "no field or value 'tilte'"),
        (HEADER + "{{ ask }", 12, "unexpected '}'"),
        (HEADER + "{{ ask }}\n{% if ask %}\nx", 14, "Unexpected end of template"),
        (HEADER + "\n\n{{ aks }}{{ ask }}", 14, "no field or value 'aks'"),
        (HEADER.replace("{{ title }}", "{{ tilte }}") + "{{ ask }}", 5, "no field or value 'tilte'"),
        (HEADER + "Nothing is asked.", 7, "'ask' is declared and never used"),
        (HEADER + "{% if not ask %}x{% endif %}", 12, "is empty"),
        (HEADER + "{{ ask | shout }}", 12, "no filter 'shout'"),
        (HEADER + "{{ ask }}{% if ask is prime %}{% endif %}", 12, "no test 'prime'"),
        (HEADER + "{{ ask + 1 }}", 12, "can't be filled in"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    book = playbook.load((places.templates() / "playbook.toml").read_text("utf-8"), file="playbook.toml")
    (problem,) = check(written(tmp_path, text), book)
    assert problem.line == line
    assert reason in problem.reason


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ ask['__class__'] }}",
        "{{ ask | attr('__class__') }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self._TemplateReference__context }}",
        "{{ (ask | first).__class__ }}",
        "{% for a in ask %}{{ loop.__init__ }}{% endfor %}",
        "{{ lipsum(n=100000) }}",
        "{% for x in range(10**9) %}x{% endfor %}",
        "{{ 'a' * 10**9 }}",
        "{{ 10**10**10 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ 'a' | center(999999999) }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in ask recursive %}{{ loop(ask) }}{% endfor %}",
        "{% for a in ask %}{% for b in ask %}{{ a }}{% endfor %}{% endfor %}",
        "{% include 'update.j2' %}",
        "{% import 'os' as os %}",
        "{% extends 'update.j2' %}",
    ],
)
def test_a_template_can_neither_escape_nor_run_away(tmp_path: Path, body: str) -> None:
    path = written(tmp_path, HEADER + "{{ ask }}\n" + body, "update.j2")
    assert {problem.line for problem in check(path)} == {13}
    assert not load_kinds(BUILTIN, tmp_path)["update"].own


def test_files_that_are_none_are_told_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "folder.j2").mkdir()
    (tmp_path / "latin.j2").write_bytes(HEADER.encode() + b"caf\xe9")
    written(tmp_path, HEADER + "{{ ask }}", "Bad Name.j2")
    written(tmp_path, HEADER + "{{ ask }}", ".hidden.j2")
    (tmp_path / "gone.j2").symlink_to(tmp_path / "nowhere")
    reasons = {Path(problem.file).name: problem.reason for problem in check(tmp_path)}
    assert reasons == {
        "folder.j2": "this is not a file; expected a text file",
        "gone.j2": "the file that it links to does not exist",
        "latin.j2": "this is not UTF-8 text; save it as UTF-8",
        "Bad Name.j2": (
            "the file name must begin with a lower-case letter and have only lower-case letters, digits, - and _"
        ),
    }
    assert len(load_kinds(BUILTIN, tmp_path)) == 5


def test_files_saved_on_windows_are_read(tmp_path: Path) -> None:
    path = tmp_path / "legal.j2"
    path.write_bytes(b"\xef\xbb\xbf" + (HEADER + "Ask:: {{ ask }}\n").replace("\n", "\r\n").encode())
    assert check(path) == []
    assert load_kinds(BUILTIN, tmp_path)["legal"].body == "Ask:: {{ ask }}\n"


def test_reading_the_built_in_messages_does_not_wait_for_jinja() -> None:
    program = (
        "import sys\n"
        "import warroom.messages.compose, warroom.messages.templates as m\n"
        "from warroom import places\n"
        "m.load_kinds(places.templates() / 'messages')\n"
        "print('jinja2' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_what_the_first_message_needs_is_loaded_without_running_what_a_company_wrote() -> None:
    kind = replace(load_kinds(BUILTIN)["customer"], body="{{ never closed")
    load_message(replace(kind, own=True), Names())
    with pytest.raises(TemplateError):
        load_message(kind, Names())


DEEP = 3_000


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (HEADER + "{{ ask }}\n{{ " + "(" * DEEP + "ask" + ")" * DEEP + " }}", 13, "nested too deep"),
        (HEADER + "{{ ask }}\n" + "{% if ask %}" * DEEP + "x" + "{% endif %}" * DEEP, 13, "nested too deep"),
        (HEADER + "{{ ask }}\n" + "{% if ask %}" * 80 + "x" + "{% endif %}" * 80, 13, "nested too deep"),
        (HEADER + "{{ ask }}\n{{ " + "- " * 200 + "1 }}", 13, "nested too deep"),
        (HEADER + "{{ ask }}\n{{ " + "1 + " * 200 + "1 }}", 13, "nested too deep"),
        (HEADER + "{{ ask }}\n{{ " + "[" * 40 + "]" * 40 + " }}", 13, None),
        (HEADER + "{{ ask }}\n{{ " + "9" * 5_000 + " }}", 13, "digits"),
        ("+++\nlabel = " + "[" * DEEP + "\n+++\nx", 1, "the header is nested too deep"),
        ("+++\norder = " + "9" * 5_000 + "\n+++\nx", 1, "the header is not valid TOML"),
        (HEADER + "{{ ask }}\n\0", 13, "NUL"),
        (HEADER + "{{ ask }}" + "x" * 10_000_000, 1, "longer than 100 kB"),
    ],
    ids=range(11),
)
def test_a_file_longer_or_deeper_than_allowed_is_told_and_not_used(
    tmp_path: Path, text: str, line: int, reason: str | None
) -> None:
    path = written(tmp_path, text, "update.j2")
    problems = check(path)
    assert bool(problems) == (reason is not None)
    kind = load_kinds(BUILTIN, tmp_path)["update"]
    if reason is None:
        assert kind.own
        return
    (problem,) = problems
    assert (problem.file, problem.line) == (str(path), line)
    assert reason in problem.reason
    assert str(problem).startswith(f"{path}:{line}: ")
    assert "\n" not in str(problem)
    assert (kind.own, kind.problem) == (False, str(problem))


def test_a_file_nobody_may_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, HEADER + "{{ ask }}", "update.j2")

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("os.open", refused)
        (problem,) = check(path)
    assert str(problem) == f"{path}:1: can't be read (Permission denied)"


def test_bytes_that_are_no_text_are_told_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "legal.j2"
    path.write_bytes(HEADER.encode() + b"one\ncaf\xe9")
    (problem,) = check(path)
    assert (problem.line, problem.reason) == (13, "this is not UTF-8 text; save it as UTF-8")


def test_a_message_that_grows_without_bound_ends(tmp_path: Path) -> None:
    source = "{% for line in ask | lines %}{{ ask }}{% endfor %}"
    template = message_template(source, file="grow.j2")
    with pytest.raises(TemplateError, match=r"grow\.j2:1: the message is longer than 2,000,000 characters"):
        fill(template, {"ask": "x\n" * 5_000})
