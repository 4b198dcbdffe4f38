"""The screen of people: a list to find somebody in while typing, and all about the selected person below it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from warroom.actions import Where
from warroom.model import times
from warroom.model.people import Directory, Duty, Person
from warroom.screens.keys import bindings
from warroom.screens.list_screen import ListScreen
from warroom.screens.people.acts import PeopleActs
from warroom.screens.people.words import local_time, when_of
from warroom.text.cleaning import clean_line
from warroom.text.columns import Columns
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.columns import ListHeads
from warroom.widgets.person_rows import PersonDetails, PersonRows
from warroom.workspace import Workspace

EVERYBODY, ON_CALL = "", "\x00on-call"
"""The two views besides those of the lists, which have the list's id."""
_DRAFTS = "words:people"
_PEOPLE = Columns(("name", "role", "team", "systems", "phone", "time"), (12, 8, 8, 10, 0, 0), (1, 2, 3), (0, 4))
_DUTIES = Columns(("when", "on call for", "name", "phone", "until"), (0, 8, 10, 0, 0), (3,), (2, 3))
_EMPTY = "Nobody is known yet; a adds somebody, I takes people from a CSV or vCard file"


class PeopleScreen(ListScreen):
    """Everybody, the people of one list, or who is on call; with `owners_of`, at first those who own that system."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("people")
    PLACES: ClassVar[tuple[Where, ...]] = ("people",)
    FIND = "people:find"

    def __init__(self, workspace: Workspace, *, owners_of: str = "", view: str = EVERYBODY) -> None:
        super().__init__(workspace, _DRAFTS)
        self._acts = PeopleActs(self)
        self._owners_of, self._view = owners_of, view
        self.there = Directory()
        """Everybody, as last read."""
        self._duties: dict[str, Duty] = {}
        self._select = ""
        self._minute = -1

    def compose(self) -> ComposeResult:
        rows = PersonRows(self._cells, _PEOPLE, id="people")
        yield ListHeads(rows, "People")
        yield rows
        yield PersonDetails(id="details")
        yield from self.foot()

    def opened(self) -> None:
        if self._owners_of and not self.rows.rows:
            system, self._owners_of = self._owners_of, ""
            self.show_found()
            self.page.say(
                f"Nobody is known to own {clean_line(system)}; e on somebody, then systems, says so", mark="▸"
            )

    # The list

    @property
    def rows(self) -> PersonRows:
        return self.query_one(PersonRows)

    def read(self) -> bool:
        before = self.there, self._minute
        self.there, self._minute = self.workspace.people(), self.workspace.now() // times.MINUTE
        return self.there is not before[0] or self._minute != before[1]

    def select(self, id: str) -> None:
        """Put the cursor on a person, who may be outside of what is shown."""
        self._select, self._words, self._owners_of, self._view = id, "", "", EVERYBODY
        self.show_found()

    def show_found(self) -> None:
        rows = self.rows
        current = rows.current()
        selected = self._select or (current.id if current else "")
        self._select = ""
        is_duties = self._view == ON_CALL
        rows.in_columns = _DUTIES if is_duties else _PEOPLE
        found = self._duty_rows() if is_duties else [Choice(person.id, person.name) for person in self._found()]
        rows.empty = self._why_empty()
        at = next((at for at, row in enumerate(found) if row.id == selected), None)
        if at is not None:
            rows.cursor = at
        rows.show(found)
        self.query_one(ListHeads).show(self._heading(len(found)))
        self.show_details()

    def _found(self) -> list[Person]:
        if self._owners_of and not self._words:
            return self.there.owners(self._owners_of)
        found = self.there.find(self._words)
        row = self.there.list_called(self._view) if self._view else None
        if row is None:
            return found
        if not self._words:
            return list(row.members)
        on_list = {person.id for person in row.members}
        return [person for person in found if person.id in on_list]

    def _duty_rows(self) -> list[Choice]:
        now = self.workspace.now()
        duties = [*self.there.on_call(now), *(duty for duty in self.there.duties() if duty.since > now)]
        words = self._words.casefold().split()
        self._duties = {
            f"{number}:{duty.since}": duty
            for number, duty in enumerate(duties)
            if all(word in f"{duty.name} {duty.rotation}".casefold() for word in words)
        }
        return [Choice(id, duty.name) for id, duty in self._duties.items()]

    def _why_empty(self) -> str:
        if self._words:
            return "Nobody has these words; esc shows all"
        if self._view == ON_CALL:
            return self._why_nobody()
        return "Nobody is on this list yet; esc, then L on a person puts them on it" if self._view else _EMPTY

    def _heading(self, count: int) -> str:
        row = self.there.list_called(self._view) if self._view not in (EVERYBODY, ON_CALL) else None
        what = "on call, now and next" if self._view == ON_CALL else row.label if row else "everybody"
        if self._owners_of and not self._words:
            return f"who owns {clean_line(self._owners_of)} · {count:,} · f shows others"
        words = f" · with “{clean_line(self._words)}”" if self._words else ""
        return f"{what}{words} · {count:,}"

    def _why_nobody(self) -> str:
        if past := self.there.duties():
            last = max(duty.until for duty in past)
            return f"Nobody is on call now; what is known ended {when_of(last, self.workspace.tz)}: I reads a calendar"
        return "Nobody has said who is on call: I reads a calendar (.ics); or esc, then o on a person says so"

    def _cells(self, id: str) -> tuple[str, ...]:
        now, tz = self.workspace.now(), self.workspace.tz
        if (duty := self._duties.get(id)) is not None and self._view == ON_CALL:
            when = "now" if duty.since <= now else when_of(duty.since, tz)
            return (when, duty.rotation, duty.name, duty.contact, when_of(duty.until, tz))
        person = self.there.by_id[id]
        fields = (person.name, person.role, person.team, person.value("systems"), person.phone)
        return (*fields, local_time(person, now, tz))

    def show_details(self) -> None:
        details, person = self.query_one(PersonDetails), self.current
        if person is None:
            duty = self._duty
            details.show(duty.name if duty else "", [no_phone(duty)] if duty else [])
            return
        now, tz = self.workspace.now(), self.workspace.tz
        title = " · ".join(filter(None, (person.name, person.role, person.team)))
        time = local_time(person, now, tz)
        ways = (person.phone, person.email, person.chat, f"{time} in {person.zone}" if time else "", person.hours)
        on = [row.label for row in self.there.lists if person in row.members]
        duties = [duty for duty in self.there.on_call(now) if duty.person == person]
        facts = (
            f"owns {person.value('systems')}" if person.systems else "",
            f"on call{f' for {duties[0].rotation}' if duties[0].rotation else ''}" if duties else "",
            f"lists: {', '.join(on)}" if on else "",
        )
        lines = [" · ".join(filter(None, part)) for part in (ways, facts)]
        details.show(title, [clean_line(text) for text in (*lines, person.note) if text])

    @property
    def current(self) -> Person | None:
        """The person under the cursor."""
        if (duty := self._duty) is not None:
            return duty.person
        row = self.rows.current()
        return self.there.by_id.get(row.id) if row else None

    @property
    def _duty(self) -> Duty | None:
        """The time on call under the cursor, where those are shown."""
        row = self.rows.current()
        return self._duties.get(row.id) if row and self._view == ON_CALL else None

    # Acts

    def _selected(self) -> Person | None:
        person = self.current
        if person is None:
            duty = self._duty
            said = no_phone(duty) if duty else "Nobody is selected; a adds somebody"
            self.page.say(said, mark="▸")
        return person

    def action_add(self) -> None:
        known = self._words if self._words and not self.rows.rows else ""
        self.conversation.start(self._acts.add(known))

    def action_edit(self) -> None:
        if person := self._selected():
            self.conversation.start(self._acts.edit(person))

    @on(Choices.Chosen, "#people")
    def _chosen(self) -> None:
        self.action_edit()

    def action_lists(self) -> None:
        if person := self._selected():
            self.conversation.start(self._acts.lists(person))

    def action_on_call(self) -> None:
        if person := self._selected():
            self.conversation.start(self._acts.on_call(person))

    def action_remove(self) -> None:
        duty = self._duty
        if duty is not None and duty.shift:
            self._acts.take_off(duty)
        elif duty is not None:
            self.page.say("A calendar says so; o puts somebody else on call, which goes before it", mark="▸")
        elif person := self._selected():
            self._acts.remove(person)

    def action_copy(self) -> None:
        if person := self._selected():
            if not person.contact:
                self.page.say(f"Nobody has said how to reach {person.name}; e changes that", mark="▸")
                return
            self.page.copy(f"{person.name}, {person.contact}")

    def action_import(self) -> None:
        from warroom.screens.people.importing import import_file

        self.conversation.start(import_file(self, self._acts))

    def undo(self) -> None:
        self._acts.undo()

    # What is shown

    def action_find(self) -> None:
        self.conversation.start(self._find())

    async def _find(self) -> None:
        self.offer_words("")
        hint = "esc leaves"
        await self.page.ask("", self.FIND, "Find", placeholder="name, team, role, system: payments", hint=hint)

    def action_which(self) -> None:
        self.conversation.start(self._choose_view())

    async def _choose_view(self) -> None:
        rows = [
            Choice(EVERYBODY, "Everybody", f"{len(self.there.people):,}"),
            Choice(ON_CALL, "On call, now and next", f"{len(self.there.on_call(self.workspace.now())):,} now"),
            *(Choice(row.id, row.label, f"{len(row.members):,}") for row in self.there.lists),
        ]
        chosen = await self.page.pick("Whom to show", rows, marked=self._view, start=self._view)
        if chosen is not None:
            self._view, self._owners_of, self._words = chosen, "", ""
            self.page.forget("", self.FIND)
            self.rows.go_to_top()
            self.show_found()

    def action_back(self) -> None:
        if self._words:
            self._words = ""
            self.page.forget("", self.FIND)
        elif self._view != EVERYBODY:
            self._view = EVERYBODY
        else:
            self.dismiss(None)
            return
        self.rows.go_to_top()
        self.show_found()


def no_phone(duty: Duty) -> str:
    """What to do about somebody on call of whom nothing is known."""
    return f"Nothing else is known of {clean_line(duty.name)}; a adds them, with a phone number"
