"""Tables of people with any usual headings, among them those of Google and Outlook; commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from warroom.addressbook.names import full_name
from warroom.addressbook.vcards import Read
from warroom.model.people import FIELDS, Person, folded
from warroom.model.people_changes import Found
from warroom.text.cleaning import clean_line
from warroom.text.mistakes import Mistake

_HEADINGS = {
    "id": "id",
    "name": "name|full name|display name|contact name|person|who|file as",
    "given": "first name|given name|first|vorname|prenom|nombre",
    "family": "last name|family name|surname|last|nachname|nom|apellido|apellidos",
    "role": "role|job title|position|organization title|organization 1 title|function|job|title",
    "team": "team|department|organization department|organization 1 department|unit|squad|company|organization|"
    "organization name|organization 1 name",
    "systems": "systems|system|owns|services|service|owned systems|systems they own|components|responsibilities|"
    "responsible for|owner of",
    "phone": "phone|mobile|mobile phone|cell|cell phone|telefon|telephone|phone number|mobile number|handy|tel|"
    "primary phone|phone 1 value|phone value|work phone|business phone|company main phone|home phone|phone 2 value",
    "email": "email|e mail|mail|email address|e mail address|e mail 1 value|email 1 value|work email|primary email|"
    "email id|e mail 2 address|e mail 2 value",
    "chat": "chat|slack|slack handle|slack id|teams|im|im 1 value|matrix|handle|chat name",
    "zone": "zone|time zone|timezone|tz",
    "hours": "hours|best hours|working hours|availability|available|office hours",
    "note": "note|notes|comment|comments|remark|remarks",
    "lists": "lists|list",
    "labels": "labels|label|group membership|groups|categories|category",
}
"""The headings by what is below them, without accents and punctuation; the first that is filled in counts.

Title is no role where another column is one: Outlook has Ms or Dr in it.
"""
_FIELDS_BY_HEADING = {
    heading: (field, rank) for field, headings in _HEADINGS.items() for rank, heading in enumerate(headings.split("|"))
}
_DELIMITERS = ",;\t|"
_SEVERAL = " ::: "
"""What Google puts between several values in one cell."""
_NAMED = 6
"""The headings that are named where none is one that people have."""
_TOLD = 40
"""The headings that are named of those that are left out."""
_MOST_COLUMNS = 1_000
_LONGEST_CELL = 100_000
FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PHONE = re.compile(r"[+-]?[\d\s().\-/]+(?:(?:ext\.?|x) ?\d+)?")


def read(text: str, name: str = "") -> Read:
    """The people of a table, a row each. Raises Mistake if no column is one that people have."""
    first, _, _ = text.partition("\n")
    rows = _rows(text, _delimiter(first), name)
    line, heads = next(rows, (1, []))
    columns = {at: known for at, head in enumerate(heads) if (known := _FIELDS_BY_HEADING.get(_plain(head)))}
    if sum(field == "role" for field, _ in columns.values()) > 1:
        columns = {at: known for at, known in columns.items() if known != _FIELDS_BY_HEADING["title"]}
    if not {"name", "given", "family", "email"} & {field for field, _ in columns.values()}:
        said = ", ".join(clean_line(head).strip() for head in heads[:_NAMED]) or "nothing"
        raise Mistake(name, line, f"expected a row of headings, among them name or e-mail; found {said[:200]}")
    result = Read()
    in_order = sorted(columns, key=lambda at: columns[at][1])
    unread: dict[int, None] = {}
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        values: dict[str, str] = {}
        for at in in_order:
            if at < len(cells) and (text := _cell(cells[at])) and values.setdefault(columns[at][0], text) != text:
                unread[at] = None
        for at, cell in enumerate(cells):
            if at not in columns and cell.strip():
                unread[at] = None
        result.found.append(_found(line, values))
    result.remarks = _left_out([heads[at].strip() if at < len(heads) else "" for at in sorted(unread)])
    return result


def _left_out(headings: list[str]) -> list[tuple[int, str]]:
    if not headings:
        return []
    told = list(dict.fromkeys(clean_line(name)[:40] or "a column without a heading" for name in headings))
    more = f" and {len(told) - _TOLD:,} more" if len(told) > _TOLD else ""
    return [(0, f"left out, there is no place for it: {', '.join(told[:_TOLD])}{more}")]


def _found(line: int, values: dict[str, str]) -> Found:
    given, family = values.pop("given", ""), values.pop("family", "")
    name = values.get("name") or f"{given} {family}".strip()
    values["name"] = full_name(name)
    lists = tuple(part.strip() for part in re.split(r"[;|]", values.pop("lists", "")) if part.strip())
    labels = tuple(
        part.strip().lstrip("* ") for part in re.split(r"[;|]| ::: ", values.pop("labels", "")) if part.strip()
    )
    id = values.pop("id", "").strip()
    for field in ("phone", "email", "chat"):
        if not id and _SEVERAL in values.get(field, ""):  # a table with our ids is one that we wrote
            values[field] = values[field].partition(_SEVERAL)[0]
    return Found(line, values, lists, labels, id)


def _cell(text: str) -> str:
    """What a cell says, without the apostrophe that keeps a spreadsheet from taking it for a formula."""
    text = text.strip()
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text


def _plain(heading: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", folded(heading)).split())


def _delimiter(first: str) -> str:
    outside = re.sub(r'"[^"]*"', "", first)
    return max(_DELIMITERS, key=outside.count)


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the line that it begins on. Raises Mistake for a cell that never ends."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    begins = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise _too_long(name, begins) from None
        if any(len(cell) > _LONGEST_CELL for cell in row):
            raise _too_long(name, begins)
        if row or begins == 1:
            yield begins, row[:_MOST_COLUMNS]
        begins = reader.line_num + 1


def _too_long(name: str, line: int) -> Mistake:
    return Mistake(name, line, 'a cell is longer than 100,000 characters; is there a " that is never closed?')


def written(people: Iterable[Person], lists: dict[str, list[str]]) -> Iterator[str]:
    """The people as a table with commas, one piece for each row; see `vcards.written` for `lists`.

    A cell that a spreadsheet would take for a formula begins with an apostrophe, which `read` takes away again. A phone
    number stays as it is: other address books want it so.
    """
    yield _row([*FIELDS, "lists", "id"])
    for person in people:
        yield _row([*map(person.value, FIELDS), "; ".join(lists.get(person.id, [])), person.id])


def _row(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) and not _PHONE.fullmatch(cell) else cell
