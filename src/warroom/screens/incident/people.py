"""The people to call, one key away: who owns what is affected, and who may take a role."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from warroom.model import ids
from warroom.model.people import Directory, Person
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.widgets.suggestions import Suggestion

_MOST = 20
"""So many people are suggested at once; more words find fewer."""


class Feature(Base):
    """Finding the owners."""

    def owners(self) -> None:
        from warroom.screens.people.screen import PeopleScreen

        page = self.page
        system = page.incident.fact(ids.FACT_SYSTEM) or ""
        if not system:
            page.say("Nobody has said which system is affected: f sets it, and then this shows who owns it", mark="▸")
        page.screen.app.push_screen(PeopleScreen(page.workspace, owners_of=system))


def people_for(page: IncidentPage, role: str) -> Callable[[str], Sequence[Suggestion]] | None:
    """Who to suggest for a role: first whoever is on call for it, or owns the system; None if nobody is known."""
    there = _known(page)
    if there is None or not (there.people or there.duties()):
        return None
    first = _first(there, page, role)

    def suggest(typed: str) -> list[Suggestion]:
        name, comma, _ = typed.partition(",")
        if typed.startswith("-") or (comma and there.called(name) is None):
            return []
        found = {one.answer: one for one in first if _has(one, name)}
        people = there.named_so(name) or (there.find(name) if name.strip() else [])
        for person in people[:_MOST]:
            found.setdefault(_answer(person.name, person.contact), _suggestion(person))
        return list(found.values())[:_MOST]

    return suggest


def with_contact(page: IncidentPage, typed: str) -> str:
    """A name as it was typed, with the contact of whoever is called exactly so; as it is if one was typed."""
    there = _known(page)
    return there.with_contact(typed) if there is not None else typed


def _known(page: IncidentPage) -> Directory | None:
    try:
        return page.workspace.people()
    except StoreError:
        return None  # nobody is suggested; what is typed still counts


def _first(there: Directory, page: IncidentPage, role: str) -> list[Suggestion]:
    """Who is suggested before anything is typed."""
    found: dict[str, Suggestion] = {}
    system = page.incident.fact(ids.FACT_SYSTEM) or ""
    owners = there.owners(system)
    if role == ids.ROLE_EXPERT:
        for person in owners:
            found.setdefault(
                _answer(person.name, person.contact), _suggestion(person, f"owns {person.value('systems')}")
            )
    if role in (ids.ROLE_ON_CALL, ids.ROLE_COMMANDER, ids.ROLE_EXPERT):
        own = {(person.team.casefold()) for person in owners if person.team}
        duties = there.on_call(page.workspace.now())
        for duty in sorted(duties, key=lambda duty: not _is_of(duty.rotation, system, own)):
            rotation = f" for {duty.rotation}" if duty.rotation else ""
            answer = _answer(duty.name, duty.contact)
            found.setdefault(
                answer, Suggestion(answer, duty.name, f"{duty.contact or 'no contact'} · on call{rotation}")
            )
    return list(found.values())


def _is_of(rotation: str, system: str, teams: set[str]) -> bool:
    """Whether a rotation is that of the affected system, or of a team that owns it."""
    name = rotation.casefold()
    return bool(name) and (name in teams or name in system.casefold())


def _has(one: Suggestion, typed: str) -> bool:
    text = f"{one.shown} {one.about}".casefold()
    return all(word in text for word in typed.casefold().split())


def _suggestion(person: Person, about: str = "") -> Suggestion:
    parts = (person.contact or "no contact", person.role, person.team, about)
    return Suggestion(_answer(person.name, person.contact), person.name, " · ".join(filter(None, parts)))


def _answer(name: str, contact: str) -> str:
    return f"{name}, {contact}" if contact else name
