"""The text of a file that another program wrote, in whatever letters it was stored."""

from __future__ import annotations

from warroom.text.cleaning import without_direction
from warroom.text.mistakes import Mistake

MOST_BYTES = 50_000_000
"""The size limit for an address book or a calendar, in bytes: photos take most of it."""


def decoded(data: bytes, name: str) -> str:
    """The text of a file called `name`, in UTF-8, UTF-16 or Windows-1252, line ends as LF. Raises Mistake if none.

    The marks of direction that address books put around numbers are left out; see `without_direction`.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    elif (nul := data.find(b"\0")) >= 0:
        line = data.count(b"\n", 0, nul) + 1
        raise Mistake(name, line, "this is not text, there is a NUL in it; expected a vCard, CSV or .ics file")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    return without_direction(text.replace("\r\n", "\n").replace("\r", "\n"))
