"""The hash chain: what makes a flipped byte or a doctored line show."""

from __future__ import annotations

from hashlib import sha256

FIRST = bytes(32)
"""What stands for the previous digest of an origin's first entry."""


def digest(previous: bytes, *fields: str | int | bytes) -> bytes:
    """Bind an entry to all that its origin wrote before: SHA-256 over the previous digest and the entry's fields.

    The fields, in the order origin, n, hlc, incident, at, recorded, author, kind, text, data, are written as netstrings
    (`5:hello,`), numbers in decimal, text in UTF-8: no two entries serialise alike, and any language can repeat it.
    Bytes are taken as the UTF-8 they were read as, valid or not.
    """
    parts = [previous]
    for field in fields:
        raw = field if isinstance(field, bytes) else str(field).encode()
        parts.append(b"%d:%s," % (len(raw), raw))
    return sha256(b"".join(parts)).digest()
