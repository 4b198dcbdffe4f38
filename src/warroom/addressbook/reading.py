"""A file of people in whichever of the forms it is."""

from __future__ import annotations

from warroom.addressbook import tables, vcards
from warroom.addressbook.decoding import decoded


def read_people(data: bytes, name: str) -> vcards.Read:
    """The people of a CSV or vCard file with that name. Raises Mistake if it is none."""
    text = decoded(data, name)
    if text.lstrip()[:11].upper().startswith("BEGIN:VCARD") or name.lower().endswith((".vcf", ".vcard")):
        return vcards.read(text)
    return tables.read(text, name)
