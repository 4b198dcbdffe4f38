"""What is kept of an incident: its log as a document to read, and as data.

Entries come in, text goes out: nothing here knows where they are stored.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import tzinfo
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import msgspec

from warroom.comms import formats
from warroom.model import lines, times
from warroom.model.cleaning import clean, clean_line
from warroom.model.entries import (
    Amended,
    Closed,
    Declared,
    Entry,
    Message,
    Reopened,
    Resolved,
    Retracted,
    Role,
    Unknown,
    encode,
)
from warroom.model.incident import Incident, Said
from warroom.model.playbook import Playbook

FORMS = ("md", "txt", "json", "csv")

_Values = dict[str, Any]


class DocumentError(Exception):
    """A document template that can't be used; its str() names file, line and reason."""


def render(form: str, values: _Values, *, own: Path, shipped: Path) -> str:
    """Write the log through `log.<form>.j2`, the one in the folder `own` if it is there, else the one in `shipped`.

    Whatever stands in `values` comes out literally, in Markdown too, whatever the template does with it. Raises
    DocumentError.
    """
    name = f"log.{form}.j2"
    path = own / name if (own / name).exists() else shipped / name
    from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=False,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_literal_markdown if form == "md" else _literal_text,
    )
    try:
        source = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise DocumentError(f"{path}: can't be read ({reason}); correct it or remove it") from None
    mistakes = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
    try:
        code = environment.compile(source, name, str(path))
        template = environment.template_class.from_code(environment, code, environment.make_globals(None))
        return clean(template.render(values))
    except TemplateSyntaxError as error:
        raise DocumentError(f"{path}, line {error.lineno}: {error.message}; correct it or remove the file") from None
    except mistakes as error:
        raise DocumentError(f"{path}{_line_of(error, path)}: {error}; correct it or remove the file") from None


def _line_of(error: Exception, path: Path) -> str:
    trace, number = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            number = trace.tb_lineno
        trace = trace.tb_next
    return f", line {number}" if number else ""


_PLAIN_WORDS = re.compile(r"[^\W\d_][\w ,;:'\"()/%→–]*", re.ASCII)


@lru_cache(4096)
def _literal_markdown(value: object) -> object:
    if not isinstance(value, str):
        return value
    if "_" not in value and _PLAIN_WORDS.fullmatch(value):
        return value
    if not value.strip():
        return " " if value else ""
    lead = " " if value[:1].isspace() else ""  # within a line; more would begin a code block at the start of one
    rows = formats.body("markdown", formats.Rendered("", "", (formats.Text(value.lstrip()),))).split("\n")
    # An empty line would end the list item the text stands in: one with a no-break space does not.
    return lead + _hanging("  \n".join(row.rstrip(" ") or "\u00a0" for row in rows))


def _literal_text(value: object) -> object:
    return _hanging(value.strip("\n")) if isinstance(value, str) else value


def _hanging(text: str) -> str:
    """Later lines stand a little in, so that they are seen to belong to the first."""
    return re.sub(r"\n(?=[^\n])", "\n    ", text)


def values(
    incident: Incident, playbook: Playbook, entries: Iterable[Entry], *, now: int, tz: tzinfo | None = None
) -> _Values:
    """What a log template is given: plain dicts, lists, strings and numbers, in the playbook's incident-log form.

    `entries` are all of the incident's in the order they happened, corrected times taken into account.
    """
    timeline: list[_Values] = []
    changes: list[Entry] = []
    originals: dict[str, Entry] = {}
    acknowledged = ""
    for entry in entries:
        body = entry.body
        if isinstance(body, (Amended, Retracted)):
            changes.append(entry)
            continue
        change = incident.replaced.get(entry.key)
        if change is not None:
            originals[entry.key] = entry
            if isinstance(change.body, Retracted):
                continue
        if not acknowledged and isinstance(body, Role) and body.role in ("on-call", "ic") and body.name:
            acknowledged = entry.key
        day, clock, zone = _face(change.at if change else entry.at, tz)
        kind, words = _words(entry, change.text if change else entry.text, playbook, entry.key == acknowledged)
        timeline.append(
            {
                "day": day,
                "time": clock,
                "zone": zone,
                "kind": kind,
                "text": words,
                "author": entry.author,
                "remark": "corrected, see below" if change else lines.added(entry),
            }
        )
    days = {row["day"] for row in timeline}
    zones = {row["zone"] for row in timeline}
    moment = partial(_moment, tz=tz, dated=len(days) > 1, zoned=len(zones) > 1)
    end = incident.resolved_at
    began = _face(incident.began, tz)
    return {
        "title": clean_line(incident.title),
        "ref": incident.id,
        "date": began[0],
        "severity": _severity(incident, playbook),
        "commander": ", ".join(incident.holders("ic")),
        "roles": [
            {"name": row.name, "holders": ", ".join(names)}
            for row in playbook.roles
            if (names := incident.holders(row.id))
        ],
        "started": f"{began[0]} {began[1]} {began[2]}",
        "learned": moment(incident.learned),
        "systems": incident.fact("system"),
        "facts": [{"name": row.label, "value": value} for row in playbook.facts if (value := incident.fact(row.id))],
        "zones": sorted(zones),
        "several_days": len(days) > 1,
        "several_zones": len(zones) > 1,
        "timeline": timeline,
        "decisions": [_decision(number, said, moment) for number, said in enumerate(incident.decisions, 1)],
        "updates": [_update(said, moment) for said in incident.messages],
        "corrections": [_correction(change, originals.get(_target(change)), moment) for change in changes],
        "resolved": moment(end) if end is not None else "",
        "resolution": text if (text := incident.resolution.text if incident.resolution else "") != "Resolved" else "",
        "closed": moment(incident.closed_at) if incident.closed_at is not None else "",
        "duration": times.span(incident.elapsed(now)),
        "over": incident.over(),
    }


def _face(ms: int, tz: tzinfo | None) -> tuple[str, str, str]:
    """Day, clock time and zone of a moment; one conversion, since a long log asks for very many."""
    moment = times.local(ms, tz)
    name = moment.tzname() or "UTC"
    return f"{moment:%Y-%m-%d}", f"{moment:%H:%M}", f"UTC{name}" if name[:1] in "+-" else name


def _moment(ms: int, *, tz: tzinfo | None, dated: bool, zoned: bool) -> str:
    day, clock, zone = _face(ms, tz)
    return " ".join(([day] if dated else []) + [clock] + ([zone] if zoned else []))


def _severity(incident: Incident, playbook: Playbook) -> str:
    row = playbook.severity(incident.severity)
    before = [level for _, level in incident.severities[:-1]]
    was = f" (was {', '.join(f'SEV{level}' for level in before)})" if before else ""
    return f"{row.tag} {row.name}{was}"


def _words(entry: Entry, text: str, playbook: Playbook, acknowledged: bool) -> tuple[str, str]:
    """A line in the log's form: `detected` via …, `acknowledged` by …, decision – reason, update – progress."""
    behind = lines.detail(entry).removeprefix("because ")
    match entry.body:
        case Declared(severity=level, detected_by=by) if by:
            return "detected", f"via {by}; severity set to SEV{level}"
        case Declared(severity=level):
            return "declared", f"severity set to SEV{level}"
        case Role(role=role, name=name) if acknowledged:
            row = playbook.role(role)
            return "acknowledged", f"by {name}" + (f" ({row.name})" if row else "")
        case Message(fields=fields):
            progress = fields.get("progress") or fields.get("status") or ""
            return "update", text + (f" – {progress}" if progress else "")
        case Resolved() | Closed() | Reopened() if text.lower() == entry.kind:
            return entry.kind, ""
        case _:
            return lines.label(entry), text + (f" – {behind}" if behind else "")


def _target(change: Entry) -> str:
    return change.body.target if isinstance(change.body, (Amended, Retracted)) else ""


def _correction(change: Entry, original: Entry | None, moment: Callable[[int], str]) -> _Values:
    retracted = isinstance(change.body, Retracted)
    return {
        "time": moment(change.recorded),
        "by": change.author,
        "because": change.body.because if isinstance(change.body, (Amended, Retracted)) else "",
        "of": moment(original.at) if original else "",
        "was": original.text if original else "",
        "now": "" if retracted else change.text,
        "now_at": "" if retracted else moment(change.at),
        "retracted": retracted,
    }


def _decision(number: int, said: Said, moment: Callable[[int], str]) -> _Values:
    data = msgspec.to_builtins(said.entry.body)
    fields = {name: data.get(name, "") for name in ("because", "options", "by", "asked_by")}
    return {"number": number, "time": moment(said.at), "what": said.text, **fields}


def _update(said: Said, moment: Callable[[int], str]) -> _Values:
    body = said.entry.body
    assert isinstance(body, Message)
    return {
        "time": moment(said.at),
        "what": said.text.removesuffix(f" → {body.to}"),
        "audience": body.to,
        "channel": body.channel,
        "subject": body.subject,
        "promise": moment(body.promise) if body.promise is not None else "",
    }


def as_json(incident: Incident, entries: Iterable[Entry], *, now: int) -> Iterator[str]:
    """The log as data, in pieces: the incident's header, then every entry as it was written, each on a line."""
    head = {
        "ref": incident.id,
        "title": incident.title,
        "severity": incident.severity,
        "state": incident.state,
        "began_at": times.iso(incident.began),
        "learned_at": times.iso(incident.learned),
        "resolved_at": _iso(incident.resolved_at),
        "closed_at": _iso(incident.closed_at),
        "duration_s": incident.elapsed(now) // times.SECOND,
        "detected_by": incident.detected_by,
        "commander": ", ".join(incident.holders("ic")),
        "facts": incident.known_facts(),
        "decisions": [said.entry.key for said in incident.decisions],
        "updates": [said.entry.key for said in incident.messages],
    }
    yield msgspec.json.encode(head).decode()[:-1] + ',"timeline":['
    before = "\n"
    for entry in entries:
        yield before + msgspec.json.encode(_as_data(entry, incident)).decode()
        before = ",\n"
    yield "\n]}\n"


def _as_data(entry: Entry, incident: Incident) -> _Values:
    change = incident.replaced.get(entry.key)
    return {
        "id": entry.key,
        "at": times.iso(entry.at),
        "recorded": times.iso(entry.recorded),
        "author": entry.author,
        "kind": entry.kind,
        "text": entry.text,
        "data": entry.body.data if isinstance(entry.body, Unknown) else msgspec.Raw(encode(entry.body).encode()),
        "changed_by": change.key if change else None,
    }


CSV_COLUMNS = ("time", "kind", "author", "text", "detail", "recorded", "id", "changes")


def as_csv(entries: Iterable[Entry]) -> Iterator[str]:
    """The log as a table, in pieces: every entry as it was written; `changes` is the id of the one a correction is of.

    Texts stand exactly as they were logged: a program that takes some of them for formulas must import them as text.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for entry in entries:
        row = (times.iso(entry.at), entry.kind, entry.author, entry.text, lines.detail(entry))
        writer.writerow((*row, times.iso(entry.recorded), entry.key, _target(entry)))
        if buffer.tell() > 65_536:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _iso(ms: int | None) -> str | None:
    return None if ms is None else times.iso(ms)
