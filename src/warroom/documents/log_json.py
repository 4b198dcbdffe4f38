"""The incident log as JSON, which has everything about the incident: written for other programs, and read for import.

Each entry has a digest over what it says, and the file ends with a digest over those, so that a change, a missing
entry or one of another incident is found. The file may be indented or minified by another program.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from typing import Annotated, Any

import msgspec

from warroom.documents import sections
from warroom.documents.material import Material
from warroom.documents.sections import Values
from warroom.documents.status import cost_data, iso, promises_data
from warroom.model import times
from warroom.model.entries import Entry, Unknown, as_json_value, encode
from warroom.model.incident import Incident
from warroom.model.kinds.lifecycle import Declared
from warroom.store.digest import content_digest
from warroom.store.importing import MAX_HLC, MAX_N, Foreign
from warroom.text.cleaning import clean, clean_json, clean_line
from warroom.text.mistakes import Mistake

FORMAT = "warroom-log"
VERSION = 1
"""The version of the format; it only increases if an earlier program could not import what is written."""


def as_json(material: Material) -> Iterator[str]:
    """The log as JSON, in pieces: the incident's header, then every entry as originally written, one per line."""
    snapshot = material.snapshot
    incident = snapshot.incident
    head = {
        "format": FORMAT,
        "version": VERSION,
        "ref": incident.id,
        "title": incident.title,
        "drill": incident.drill,
        "severity": incident.severity,
        "state": incident.state,
        "began_at": times.iso(incident.began),
        "learned_at": times.iso(incident.learned),
        "resolved_at": iso(incident.resolved_at),
        "closed_at": iso(incident.closed_at),
        "cancelled": incident.cancelled.body.outcome if incident.cancelled else None,
        "duration_s": incident.elapsed(snapshot.now) // times.SECOND,
        "detected_by": incident.detected_by,
        "commander": sections.commander(incident),
        "facts": incident.known_facts(),
        "cost": cost_data(snapshot),
        "decisions": [decision.entry.key for decision in incident.decisions],
        "updates": [message.entry.key for message in incident.messages],
        "promises": promises_data(snapshot),
    }
    yield msgspec.json.encode(head).decode()[:-1] + ',"timeline":['
    before = "\n"
    whole = sha256()
    for entry, data in material.as_written():
        digest = content_digest(*msgspec.structs.astuple(Foreign.of(entry, data)))
        whole.update(digest)
        yield before + msgspec.json.encode(_as_data(entry, data, incident, digest)).decode()
        before = ",\n"
    yield f'\n],"digest":"{whole.hexdigest()}"}}\n'


def _as_data(entry: Entry, data: str, incident: Incident, digest: bytes) -> Values:
    change = incident.replaced.get(entry.key)
    found = {
        "id": entry.key,
        "at": times.iso(entry.at),
        "recorded": times.iso(entry.recorded),
        "author": entry.author,
        "kind": entry.kind,
        "text": entry.text,
        "data": as_json_value(entry.body),
        "changed_by": change.key if change else None,
        "hlc": str(entry.hlc),  # a string, because many programs round numbers of this size
        "digest": digest.hex(),
    }
    if not isinstance(entry.body, Unknown) and encode(entry.body) != data:
        found["stored"] = data  # a newer version wrote fields that this one does not know
    return found


class _Marks(msgspec.Struct):
    """What tells whether a JSON file is a log to import, whatever the types."""

    format: object = None
    version: object = None
    ref: object = None
    severity: object = None


class _Log(msgspec.Struct):
    """The parts of a log that are imported; everything else in its header follows from the entries."""

    ref: str
    timeline: list[msgspec.Raw]
    digest: str


_Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Row(msgspec.Struct):
    """An entry in the log."""

    id: str
    at: _Moment
    recorded: _Moment
    author: str
    kind: Annotated[str, msgspec.Meta(min_length=1)]
    text: str
    data: msgspec.Raw
    hlc: str
    digest: str
    stored: str | None = None


_AGAIN = "export it again"
_EXPECTED = "expected a file that `warroom export log --format json` wrote"


def is_log(data: bytes) -> bool:
    """Whether a file is, or was meant to be, an incident log in JSON, and not some timeline that people wrote."""
    head = b"".join(data[:_HEAD].split())
    if not head.startswith(b"{"):
        return False
    begin = b'{"format":'
    if head.startswith(begin) or begin.startswith(head):  # it may have been cut off anywhere
        return True
    try:
        marks = msgspec.json.decode(data, type=_Marks)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return marks.format is not None or (marks.ref is not None and marks.severity is not None)


_HEAD = 200
"""Bytes at the beginning of a file in which an exported log names its format."""


def read(data: bytes, file: str) -> list[Foreign]:
    """The entries of an exported log, cleaned, in the file's order; all are of one incident, and one declares it.

    `file` is the file's name for messages. Raises Mistake, with one sentence.
    """
    try:
        log = _log(data, file)
        entries = list(_entries(log, file))
    except RecursionError:
        raise Mistake(file, 0, f"it is nested too deeply; {_EXPECTED}") from None
    _check_together(entries, file)
    return entries


def _log(data: bytes, file: str) -> _Log:
    try:
        marks = msgspec.json.decode(data, type=_Marks)
    except msgspec.ValidationError:
        raise Mistake(file, 0, f"this is not an incident log; {_EXPECTED}") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        if "truncated" in str(error) and data.strip():
            raise Mistake(file, 0, f"the file was cut off: it ends in the middle; copy it or {_AGAIN}") from None
        raise Mistake(file, 0, f"this is not JSON; {_EXPECTED}") from None
    if marks.format is None and marks.ref is not None:
        raise Mistake(file, 0, f"an older warroom wrote this log without what an import needs; {_AGAIN} with this one")
    if marks.format != FORMAT or not isinstance(marks.version, int):
        raise Mistake(file, 0, f"this is not an incident log; {_EXPECTED}")
    if marks.version > VERSION:
        newer = f"it is in version {marks.version} of the format, and this warroom reads version {VERSION}"
        raise Mistake(file, 0, f"{newer}; update warroom")
    try:
        log = msgspec.json.decode(data, type=_Log)
    except msgspec.ValidationError as error:
        raise Mistake(file, 0, f"a part of the log is missing or of the wrong type ({error}); {_AGAIN}") from None
    if not _is_name(log.ref):
        raise Mistake(file, "ref", f"this is not the reference of an incident; {_AGAIN}")
    return log


def _entries(log: _Log, file: str) -> Iterator[Foreign]:
    whole = sha256()
    rows = msgspec.json.Decoder(_Row)
    for number, raw in enumerate(log.timeline, 1):
        try:
            row = rows.decode(raw)
            entry = _entry(row, log.ref)
        except (ValueError, OverflowError) as error:  # the first one includes what msgspec raises
            raise Mistake(file, 0, f"entry {number} of the log can't be read ({error}); {_AGAIN}") from None
        digest = content_digest(*msgspec.structs.astuple(entry))
        if digest.hex() != row.digest:
            changed = "was changed after the export, or is from another incident: it does not match its digest"
            raise Mistake(file, 0, f"entry {row.id} {changed}; {_AGAIN}")
        whole.update(digest)
        # Only now, because the digest is that of the text in the file.
        yield msgspec.structs.replace(
            entry,
            author=clean_line(entry.author),
            kind=clean_line(entry.kind),
            text=clean(entry.text),
            data=clean_json(entry.data),
        )
    if whole.hexdigest() != log.digest:
        raise Mistake(file, 0, f"an entry is missing, or they are in another order than was exported; {_AGAIN}")


def _entry(row: _Row, ref: str) -> Foreign:
    """An entry as the file has it. Raises ValueError."""
    origin, _, number = row.id.rpartition(":")
    if not _is_name(origin):
        raise ValueError(f"{row.id!r} is not an id")
    n, hlc = _number(number, MAX_N), _number(row.hlc, MAX_HLC)
    return Foreign(origin, n, hlc, ref, _ms(row.at), _ms(row.recorded), row.author, row.kind, row.text, _data(row))


def _data(row: _Row) -> str:
    """The stored data: as it stands if it is a string, else in the form that `entries.encode` writes."""
    if row.stored is not None:
        return row.stored
    value: Any = msgspec.json.decode(row.data)
    return value if isinstance(value, str) else msgspec.json.encode(value, order="sorted").decode()


def _number(text: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and 0 < int(text) <= most):
        raise ValueError(f"{text!r} is not a number in its range")
    return int(text)


def _ms(moment: datetime) -> int:
    ms = times.to_ms(moment)
    if not times.MIN_MS <= ms <= times.MAX_MS:
        raise ValueError(f"the year {moment.year} can't be shown")
    return ms


def _is_name(text: str) -> bool:
    """Whether it can be the reference of an incident or the origin of an entry."""
    return 0 < len(text) <= 200 and clean_line(text) == text and not text.isspace()


def _check_together(entries: list[Foreign], file: str) -> None:
    """Raise Mistake if the entries can't be those of one incident."""
    by_number = sorted(entries, key=lambda entry: (entry.origin, entry.n))
    for before, entry in pairwise(by_number):
        if before.key == entry.key:
            raise Mistake(file, 0, f"two entries have the id {entry.key}; {_AGAIN}")
        if before.origin == entry.origin and before.hlc >= entry.hlc:
            raise Mistake(file, 0, f"entry {entry.key} is numbered after an entry that was written later; {_AGAIN}")
    if not any(entry.kind == Declared.tag() for entry in entries):
        raise Mistake(file, 0, f"none of its entries declares the incident; {_AGAIN}")
