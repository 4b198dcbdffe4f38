"""The lines that vCards and calendars are made of: folded, with a name, parameters and a value."""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

_PARAMETER = re.compile(r';([^=;:"]+)(?:=((?:"[^"]*"|[^;:"]*)*))?')
_ESCAPED = re.compile(r"\\([\\,;:nN])")
_PIECES = re.compile(r"\\.|[;,]|[^\\;,]+|\\", re.DOTALL)
_BINARY = ("PHOTO", "LOGO", "SOUND", "KEY")
"""What no text is in; their values are dropped as they are read."""


class Property(NamedTuple):
    """One line once it is put together: where it begins, its name in capitals, its parameters, and its raw value."""

    line: int
    name: str
    parameters: dict[str, str]
    value: str

    def types(self) -> set[str]:
        """The words of TYPE in small letters, and those that older files give without a name."""
        named = self.parameters.get("TYPE", "").replace('"', "").lower().split(",")
        return {
            word for word in (*named, *(key.lower() for key, value in self.parameters.items() if not value)) if word
        }

    @property
    def text(self) -> str:
        """The value as people wrote it."""
        return unescaped(self.decoded())

    def decoded(self) -> str:
        """The value without quoted-printable; backslashes stay."""
        encoding = self.parameters.get("ENCODING", "").upper()
        if encoding != "QUOTED-PRINTABLE" and "QUOTED-PRINTABLE" not in self.parameters:
            return self.value
        data = quopri.decodestring(self.value.encode("utf-8", "replace"))
        for charset in (self.parameters.get("CHARSET", "utf-8"), "utf-8", "cp1252"):
            try:
                return data.decode(charset)
            except (LookupError, ValueError):
                continue
        return data.decode("latin-1")

    def parts(self, separator: str = ";") -> list[str]:
        """A value of several parts, such as the family name and the given name."""
        found = [""]
        for piece in _PIECES.findall(self.decoded()):
            if piece == separator:
                found.append("")
            else:
                found[-1] += piece
        return [unescaped(part).strip() for part in found]


def unescaped(text: str) -> str:
    """A value without backslashes: \\n is a line break."""
    if "\\" not in text:
        return text
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def properties(text: str) -> Iterator[Property | tuple[int, str]]:
    """The properties of a file one after the other; of a line that is none, its number and its text."""
    for number, line in _unfolded(text):
        if not line.strip():
            continue
        found = parsed(number, line)
        yield found if found is not None else (number, line)


def parsed(number: int, line: str) -> Property | None:
    """The property that a line is; None if it is none."""
    head, colon, value = line.partition(":")
    if '"' in head or not colon:  # a colon in quotation marks
        end = _end_of_head(line)
        if end < 0:
            return None
        head, value = line[:end], line[end + 1 :]
    name, _, rest = head.partition(";")
    name = name.rpartition(".")[2].strip().upper()  # "item1.TEL"
    if not name or not name.replace("-", "").replace("_", "").isalnum():
        return None
    parameters: dict[str, str] = {}
    if rest:
        for key, given in _PARAMETER.findall(f";{rest}"):
            key, given = key.strip().upper(), given.strip().strip('"')
            parameters[key] = f"{parameters[key]},{given}" if parameters.get(key) and given else given
    return Property(number, name, parameters, value)


def _end_of_head(line: str) -> int:
    quoted = False
    for at, sign in enumerate(line):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return at
    return -1


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, those that were folded put together again; no values of pictures."""
    start, parts, drops = 0, list[str](), False
    soft = False  # the line before ends with =, in quoted-printable
    for number, line in enumerate(text.split("\n"), 1):
        if soft:
            parts[-1] = parts[-1][:-1]
            parts.append(line)
            soft = line.endswith("=")
            continue
        if line[:1] in (" ", "\t"):
            if not drops:
                parts.append(line[1:])
            continue
        if drops and ":" not in line:
            continue  # the picture goes on, in a file that does not indent it
        if parts:
            yield start, "".join(parts)
        head = line.partition(":")[0].upper()
        name = head.partition(";")[0].rpartition(".")[2]
        drops = name in _BINARY
        start, parts = number, [f"{name}:" if drops else line]
        soft = not drops and line.endswith("=") and "QUOTED-PRINTABLE" in head
    if parts:
        yield start, "".join(parts)
