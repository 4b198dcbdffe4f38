"""The hash chain, by which `verify` notices a changed byte or a changed entry."""

from __future__ import annotations

from hashlib import sha256

FIRST = bytes(32)
"""Used as the previous digest for an origin's first entry."""


def content_digest(*fields: str | int | bytes) -> bytes:
    """The digest of an entry by itself, whatever came before it: what it would be as the first of a chain."""
    return digest(FIRST, *fields)


def digest(previous: bytes, *fields: str | int | bytes) -> bytes:
    """The digest of an entry: SHA-256 over the previous digest of its origin and the entry's fields.

    The fields, in the order origin, n, hlc, incident, at, recorded, author, kind, text, data, are written as netstrings
    (`5:hello,`), numbers in decimal, text in UTF-8, so that two different entries never give the same input. Bytes are
    hashed as they are, valid UTF-8 or not.
    """
    parts = [previous]
    for field in fields:
        raw = field if isinstance(field, bytes) else str(field).encode()
        parts.append(b"%d:%s," % (len(raw), raw))
    return sha256(b"".join(parts)).digest()
