"""The playbook's table of what to have ready before the next incident, and what holds in every incident."""

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Literal

import msgspec

from warroom.model.after_the_fix import Days, NonEmpty, slug
from warroom.model.contacts import is_address, is_link
from warroom.text.cleaning import clean

if TYPE_CHECKING:
    from warroom.model.playbook import Playbook

FieldKind = Literal["line", "lines", "list", "link"]
DoneBy = Literal["", "templates", "drill", "post-mortems", "review", "rota", "lists"]

FACT, ROLE, CONTACT, AUDIENCE, STANDING = "fact", "role", "contact", "audience", "standing"
"""What a field may fill, each followed by `:` and its id."""
FILLED_CONTACTS = ("support", "status_page", "channel")


class _Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the playbook: immutable, and an unknown key is a mistake."""


class ReadyField(_Row, frozen=True):
    """One thing that an item holds: a line, several lines, a list (one a line, or with commas), or a link.

    An item is ready without its `optional` fields. `fills` says where the text goes in the next incident: `fact:ID`,
    `role:ID`, `contact:support`, `audience:ID`, or `standing:` and a key of that table.
    """

    id: NonEmpty
    label: NonEmpty
    hint: str = ""
    kind: FieldKind = "line"
    optional: bool = False
    fills: str = ""


class ReadyItem(_Row, frozen=True):
    """One thing to have ready: what it holds, and for how many days it is good once it was checked.

    Without `fields`, it is a matter of having looked: `about` says at what. `done_by` is what the program itself can
    say of it: that the message templates have no mistake, when a drill was taken part in, which post-mortems were read,
    when the numbers were written to a file, who is on call by the rota, and who is on the lists of people.
    """

    id: NonEmpty
    text: NonEmpty
    good_for_days: Days = 90
    about: str = ""
    fields: list[ReadyField] = []
    done_by: DoneBy = ""

    def field(self, id: str) -> ReadyField | None:
        """The field with that id, if there is one."""
        return next((row for row in self.fields if row.id == id), None)


class Readiness(_Row, frozen=True):
    """What should be ready by a certain time, before the next incident.

    An item may be only a text, as in playbooks written before items had more.
    """

    when: NonEmpty
    items: list[ReadyItem | NonEmpty]

    @property
    def rows(self) -> list[ReadyItem]:
        """The items, those that are only a text as well."""
        return [ReadyItem(slug(row), row) if isinstance(row, str) else row for row in self.items]


class Standing(_Row, frozen=True):
    """What holds in every incident and belongs to no fact or contact; "" is unknown.

    `customer_wording` is what customers may be told in any case, as it was approved, `status_page` how the status page
    is changed, `escalation` who is told in which order, `risks` those that are known, `schedule` where it says who is
    on call. `stale` is empty in the playbook's file.
    """

    customer_wording: str = ""
    status_page: str = ""
    escalation: str = ""
    risks: str = ""
    schedule: str = ""
    stale: dict[str, str] = {}
    """What is worked out of texts that may be out of date, by what they fill: `fact:runbook`, `checked 95 days ago`."""

    def told(self, name: str) -> str:
        """One of its texts on one line, marked if it is stale."""
        parts = filter(None, map(str.strip, str(getattr(self, name)).split("\n")))
        return self.marked(f"{STANDING}:{name}", " / ".join(parts))

    def marked(self, fills: str, text: str) -> str:
        """A text as people see it: with a mark behind it if it is stale. `fills` is what it fills."""
        return f"{text} ({self.stale[fills]}, stale)" if text and fills in self.stale else text


STANDING_TEXTS: Collection[str] = tuple(name for name in Standing.__struct_fields__ if name != "stale")


def mistakes(book: "Playbook") -> Iterator[tuple[str, str]]:
    """Mistakes that types can't catch, each as (key, what is expected)."""
    if book.standing.stale:
        yield "standing.stale", "expected nothing: what is stale is worked out"
    seen: set[str] = set()
    for row in (row for group in book.readiness for row in group.rows):
        if row.id in seen:
            yield "readiness.items", f"expected every id once, found {row.id!r} twice"
        seen.add(row.id)
        fields: set[str] = set()
        for field in row.fields:
            key = f"readiness.items.{row.id}.fields.{field.id}"
            if field.id in fields:
                yield key, f"expected every id once, found {field.id!r} twice"
            fields.add(field.id)
            if field.fills and (expected := _not_filled(field.fills, book)):
                yield f"{key}.fills", f"{expected}, found {field.fills!r}"


def _not_filled(fills: str, book: "Playbook") -> str:
    """What is expected instead of a `fills` that names nothing there is; "" if it names something."""
    what, _, id = fills.partition(":")
    known: dict[str, Collection[str]] = {
        FACT: [row.id for row in book.facts],
        ROLE: [row.id for row in book.roles],
        CONTACT: FILLED_CONTACTS,
        AUDIENCE: [row.id for row in book.audiences],
        STANDING: STANDING_TEXTS,
    }
    if what not in known:
        return "expected fact:, role:, contact:, audience: or standing: and an id"
    return "" if id in known[what] else f"expected {what}: and one of {', '.join(known[what])}"


MOST_CHARACTERS = {"line": 200, "link": 500, "lines": 5_000, "list": 5_000}
"""The limit for a value, by the kind of field: a line stands within a sentence."""


def normal(field: ReadyField, text: str) -> str:
    """A value as it is kept: clean, a list with one a line, and only those of several lines with line breaks."""
    text = clean(text).strip()
    if field.kind == "list":
        return "\n".join(dict.fromkeys(filter(None, (part.strip() for part in re.split(r"[\n,;]", text)))))
    return text if field.kind == "lines" else " ".join(text.split())


def refusal(field: ReadyField, text: str) -> str:
    """Why a value, made `normal`, can't be kept in a field, as a sentence; "" if it can."""
    most = MOST_CHARACTERS[field.kind]
    if len(text) > most:
        return f"{field.label} may have at most {most:,} characters, and this has {len(text):,}"
    if text and (field.kind == "link" or field.fills == f"{CONTACT}:status_page") and not is_link(text):
        return f"{field.label} is a link, which begins with http:// or https:// and has no spaces; this is {text!r}"
    if field.fills.startswith(f"{AUDIENCE}:"):
        wrong = next((part for part in text.split("\n") if part and not is_address(part)), "")
        return f"{field.label} takes e-mail addresses, and {wrong!r} is none" if wrong else ""
    return ""
