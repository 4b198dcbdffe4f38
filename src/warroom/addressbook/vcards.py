"""vCards 2.1, 3.0 and 4.0, as phones and mail programs write them; written as 3.0, which all of them read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from warroom.addressbook.content import Property, properties
from warroom.addressbook.names import full_name
from warroom.model.kinds.people import zone_of
from warroom.model.people import FIELDS, Person
from warroom.model.people_changes import Found
from warroom.text.cleaning import clean_line

_UNWANTED_PHONES = {"fax", "pager", "modem", "bbs", "textphone"}
_CHATS = ("IMPP", "X-SLACK", "X-MATRIX", "X-JABBER", "X-MS-TEAMS", "X-SKYPE", "X-SKYPE-USERNAME", "X-GOOGLE-TALK")
_OWN = {"X-WARROOM-SYSTEMS": "systems", "X-WARROOM-HOURS": "hours", "X-WARROOM-CHAT": "chat"}
_QUIET = {
    "BEGIN", "END", "VERSION", "PRODID", "REV", "UID", "N", "FN", "NICKNAME", "PHOTO", "LOGO", "SOUND", "KEY",
    "SORT-STRING", "CLASS", "KIND", "SOURCE", "X-WARROOM-ID", "X-WARROOM-LISTS", "X-ABUID", "X-ABLABEL", "X-ABSHOWAS",
}  # fmt: skip
"""What nobody misses when it is left out."""
_WIDE = 75
_NAMED = 5


class Read(msgspec.Struct):
    """The people of a file, and sentences about what was not understood, each with its line; 0 is the whole file."""

    found: list[Found] = []
    remarks: list[tuple[int, str]] = []


def read(text: str) -> Read:
    """The people in a file of vCards; never raises."""
    result, left_out = Read(), Counter[str]()
    card: list[Property] | None = None
    begins = 0
    for one in properties(text):
        if not isinstance(one, Property):
            number, line = one
            result.remarks.append((number, f"not understood: {_short(line)}"))
        elif one.name == "BEGIN" and one.value.strip().upper() == "VCARD":
            if card:
                result.remarks.append((begins, "this card has no end; what it has is taken"))
                _take(card, begins, result, left_out)
            card, begins = [], one.line
        elif one.name == "END" and one.value.strip().upper() == "VCARD":
            if card is not None:
                _take(card, begins, result, left_out)
            card = None
        elif card is not None:
            card.append(one)
    if card:
        result.remarks.append((begins, "this card has no end; what it has is taken"))
        _take(card, begins, result, left_out)
    if left_out:
        names = [name for name, _ in left_out.most_common(_NAMED)]
        more = f" and {len(left_out) - _NAMED} more" if len(left_out) > _NAMED else ""
        result.remarks.append((0, f"left out, there is no place for it: {', '.join(names)}{more}"))
    return result


def _short(line: str) -> str:
    line = clean_line(line)
    return f"“{line if len(line) <= 60 else f'{line[:59]}…'}”"


def _take(card: list[Property], begins: int, result: Read, left_out: Counter[str]) -> None:
    """Read one card."""
    values: dict[str, str] = {}
    ranked: dict[str, list[tuple[int, str]]] = {"phone": [], "email": [], "chat": []}
    lists: list[str] = []
    labels: list[str] = []
    id = ""
    for one in card:
        match one.name:
            case "KIND" | "X-ADDRESSBOOKSERVER-KIND" if one.value.strip().lower() == "group":
                result.remarks.append((begins, "this card is a group of others, and left out"))
                return
            case "TEL":
                if not (types := one.types()) & _UNWANTED_PHONES:
                    ranked["phone"].append((_rank(one, types, "cell", "mobile", "work"), _number(one)))
            case "EMAIL":
                ranked["email"].append((_rank(one, one.types(), "work"), one.text.removeprefix("mailto:")))
            case "ORG":
                parts = [part for part in one.parts() if part]
                if parts:
                    values.setdefault("team", parts[-1])
            case "TITLE":
                values["role"] = one.text
            case "ROLE":
                values.setdefault("role", one.text)
            case "NOTE":
                values["note"] = one.text
            case "TZ":
                if zone_of(zone := one.text.strip()) is not None:
                    values["zone"] = zone
            case "CATEGORIES":
                labels += one.parts(",")
            case "X-WARROOM-ID":
                id = one.value.strip()
            case "X-WARROOM-LISTS":
                lists += one.parts(",")
            case name if name in _OWN:
                values[_OWN[name]] = one.text
            case name if name in _CHATS:
                handle = one.text.partition(":")[2] if name == "IMPP" else one.text
                ranked["chat"].append((_rank(one, one.types()), handle or one.text))
            case name if name not in _QUIET:
                left_out[name] += 1
    for field, found in ranked.items():
        best = sorted((rank, place, text) for place, (rank, text) in enumerate(found) if text.strip())
        if best:
            values.setdefault(field, best[0][2])
    values["name"] = _name_of(card)
    result.found.append(Found(begins, values, tuple(filter(None, lists)), tuple(filter(None, labels)), id))


def _number(one: Property) -> str:
    """A phone number; one that is an address, such as tel:+1-555-0100;ext=5, without what else belongs to it."""
    value = one.decoded()
    if not value.lower().startswith("tel:") or "\\" in value:
        return one.text
    return value[4:].replace(";ext=", " ext. ").partition(";")[0]


def _rank(one: Property, types: set[str], *best: str) -> int:
    """How much a number or an address is wanted, the smallest first."""
    preferred = "pref" in types or one.parameters.get("PREF", "") == "1"
    place = next((place for place, name in enumerate(best) if name in types), len(best))
    return place * 2 + (not preferred)


def _name_of(card: list[Property]) -> str:
    by_name: dict[str, Property] = {}
    for one in card:
        by_name.setdefault(one.name, one)
    if "FN" in by_name and (text := by_name["FN"].text.strip()):
        return full_name(text)
    if "N" in by_name:
        family, given, *_ = [*by_name["N"].parts(), "", ""]
        if text := f"{given} {family}".strip():
            return full_name(text)
    for other in ("NICKNAME", "ORG"):
        if other in by_name and (text := by_name[other].parts()[0]):
            return full_name(text)
    return ""


def written(people: Iterable[Person], lists: dict[str, list[str]]) -> Iterator[str]:
    """The people as vCards, one piece for each; `lists` has the labels of the lists by the id of each member."""
    for person in people:
        given, _, family = person.name.rpartition(" ")
        on = lists.get(person.id, [])
        rows = [
            ("N", f"{_escaped(family)};{_escaped(given)};;;"),
            ("FN", _escaped(person.name)),
            ("TITLE", _escaped(person.role)),
            ("ORG", f";{_escaped(person.team)}" if person.team else ""),
            ("TEL;TYPE=CELL", _escaped(person.phone)),
            ("EMAIL;TYPE=WORK", _escaped(person.email)),
            ("TZ;VALUE=TEXT", _escaped(person.zone)),
            ("NOTE", _escaped(person.note)),
            ("CATEGORIES", ",".join(map(_escaped, on))),
            ("X-WARROOM-CHAT", _escaped(person.chat)),
            ("X-WARROOM-SYSTEMS", _escaped(person.value("systems"))),
            ("X-WARROOM-HOURS", _escaped(person.hours)),
            ("X-WARROOM-LISTS", ",".join(map(_escaped, on))),
            ("X-WARROOM-ID", person.id),
        ]
        lines = ["BEGIN:VCARD", "VERSION:3.0", *(f"{name}:{value}" for name, value in rows if value), "END:VCARD"]
        yield "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A line of at most 75 bytes, and what goes on after a space; no letter is cut in two."""
    part, size = "", 0
    for sign in line:
        wide = len(sign.encode("utf-8", "replace"))
        if size + wide > _WIDE:
            yield part
            part, size = " ", 1
        part, size = part + sign, size + wide
    yield part


assert set(_OWN.values()) < set(FIELDS)
