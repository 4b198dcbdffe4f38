"""A company's own files with every kind of mistake in them, for the tests of whoever reads them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from warroom import places
from warroom.text.files import MAX_FILE_BYTES

Spoil = Callable[[Path], object]
"""Puts something in the place of a file."""

PLAYBOOK = (places.templates() / "playbook.toml").read_text("utf-8")
WORDING = (places.templates() / "wording.toml").read_text("utf-8")
MESSAGE = (places.templates() / "messages" / "update.j2").read_text("utf-8")

_DEEP = 5_000
_DOUBLED = list(zip("abcdefghi", "bcdefghij", strict=True))


def wrote(text: str) -> Spoil:
    """Put this text there."""
    return lambda path: path.write_text(text, "utf-8")


def changed(text: str, old: str, new: str) -> Spoil:
    """Put a text there with its first such words changed."""
    assert old in text, old
    return wrote(text.replace(old, new, 1))


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _dangling(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere"))


UNREADABLE: dict[str, tuple[Spoil, str]] = {
    "not UTF-8": (lambda path: path.write_bytes(b"a = 1\n# caf\xe9"), ":2: this is not UTF-8 text; save it as UTF-8"),
    "a folder": (Path.mkdir, ": this is not a file; expected a text file"),
    "a pipe": (lambda path: os.mkfifo(path), ": this is not a file; expected a text file"),
    "a link to nothing": (_dangling, ": the file that it links to does not exist"),
    "a link to itself": (_loop, ": can't be read (Too many levels of symbolic links)"),
    "too large": (wrote("#" * (MAX_FILE_BYTES + 1)), ": it is longer than 640 kB, the limit for such a file"),
}
"""What is no readable file whatever it is to hold, each with how the sentence goes on after the file's name."""

BROKEN_TOML: dict[str, tuple[Spoil, str]] = {
    "no TOML": (wrote("a = 1\nb = \n"), ":2: not valid TOML: Invalid value (at line 2, column 5)"),
    "nested too deep": (
        wrote("a = " + "[" * _DEEP + "]" * _DEEP),
        ": its tables or lists are nested too deep; use only a few levels",
    ),
    "a number without end": (wrote("a = 1" + "0" * 5_000), ": not valid TOML: Exceeds the limit (4300 digits)"),
}

BROKEN_PLAYBOOK: dict[str, tuple[Spoil, str]] = {
    **UNREADABLE,
    **BROKEN_TOML,
    "tables too deep": (
        wrote("[" + ".".join("a" * 1_000) + "]\nb = 1\n"),
        ":1: there are more than 500 dots in this line; use only a few levels",
    ),
    "a table that is not known": (wrote("[a.a.a]\nb = 1\n"), ": a: unknown key; known keys are "),
    "nothing in it": (wrote(""), ": severities: this key is required, but missing"),
    "wrong type": (
        changed(PLAYBOOK, "level = 1", 'level = "one"'),
        ": severities[number 1].level: expected a whole number",
    ),
    "no web address": (
        changed(PLAYBOOK, 'status_page = ""', 'status_page = "status page"'),
        ": contacts.status_page: expected an address that begins with http:// or https://, found 'status page'",
    ),
    "no such action": (
        changed(PLAYBOOK, 'action = "escalate"', 'action = "esclate"'),
        ": now.trigger.action: the console has no action 'esclate'; did you mean 'escalate'?",
    ),
    "no such fact": (
        changed(PLAYBOOK, 'asks_fact = "event"', 'asks_fact = "evnt"'),
        ": phases.context.items.amplifier.asks_fact: expected the id of a fact, found 'evnt'",
    ),
    "longer than a year": (
        changed(PLAYBOOK, "acknowledge_within_min = 15", "acknowledge_within_min = 99999999999999"),
        ": severities[level 1].acknowledge_within_min: expected a whole number of at most 527040",
    ),
}

BROKEN_WORDING: dict[str, tuple[Spoil, str]] = {
    **UNREADABLE,
    **BROKEN_TOML,
    "wrong type": (wrote("rule = 3"), ": rule: expected a list, got a whole number"),
    "no regular expression": (
        wrote('[[rule]]\nid = "x"\nlabel = "l"\nwhy = "w"\npatterns = ["(a"]'),
        ': rule "x", key patterns[0]: expected a regular expression',
    ),
    "groups too deep": (
        wrote(f'[[rule]]\nid = "x"\nlabel = "l"\nwhy = "w"\npatterns = ["{"(?:" * 41}a{")" * 41}"]'),
        ': rule "x", key patterns[0]: expected no more than 20 groups inside one another',
    ),
    "words that multiply": (
        wrote(
            "[words]\na = ['xxxxxxxx']\n" + "".join(f"{b} = ['{{{a}}}{{{a}}}{{{a}}}{{{a}}}']\n" for a, b in _DOUBLED)
        ),
        ": words.g: expected no more than 50,000 characters",
    ),
}

HEADER = """\
+++
label = "Status update"
audience = "leadership"
when = "Always."
subject = "{{ title }}"
+++
"""

_UNREADABLE_TEMPLATE = {
    name: (spoil, (where.replace(": ", ":1: ", 1) if where.startswith(": ") else where).replace("640 kB", "100 kB"))
    for name, (spoil, where) in UNREADABLE.items()
}

BROKEN_MESSAGE: dict[str, tuple[Spoil, str]] = {
    **_UNREADABLE_TEMPLATE,
    "no header": (wrote("hello"), ":1: the file must begin with a header: TOML between two lines of +++"),
    "header no TOML": (wrote("+++\nlabel = \n+++\nx"), ":2: the header is not valid TOML: Invalid value"),
    "header nested too deep": (
        wrote(f"+++\nlabel = {'[' * _DEEP}\n+++\nx"),
        ":1: the header is nested too deep",
    ),
    "does not parse": (wrote(HEADER + "{{ title"), ":7: unexpected end of template"),
    "no such field": (wrote(HEADER + "a\n{{ titel }}"), ":8: there is no field or value 'titel'"),
    "not allowed": (wrote(HEADER + "{{ title.upper() }}"), ":7: nothing can be called here"),
    "nested too deep": (
        wrote(HEADER + "{% if title %}" * 500 + "x" + "{% endif %}" * 500),
        ":7: the template is nested too deep",
    ),
    "longer than allowed": (wrote(HEADER + "x" * MAX_FILE_BYTES), ":1: it is longer than 100 kB"),
}

BROKEN_DOCUMENT: dict[str, tuple[Spoil, str]] = {
    **_UNREADABLE_TEMPLATE,
    "does not parse": (wrote("{{ title }}\n{% if %}"), ":2: Expected an expression, got 'end of statement block'"),
    "no such value": (wrote("{{ title }}\n{{ titel }}"), ":2: 'titel' is undefined"),
    "not allowed": (
        wrote("{{ ''.__class__.__mro__ }}"),
        ":1: access to attribute '__class__' of 'str' object is unsafe",
    ),
    "nested too deep": (
        wrote("{% if title %}" * 500 + "x" + "{% endif %}" * 500),
        ":1: the template is nested too deep",
    ),
}
