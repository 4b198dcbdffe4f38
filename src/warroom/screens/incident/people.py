"""The people to call, one key away: who owns what is affected, and who may take a role."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from warroom.model import ids
from warroom.model.people import Directory, Person, folded
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.widgets.suggestions import Suggestion

_MOST = 20
"""So many people are suggested at once; more words find fewer."""
_BY_NAME = 3
"""Who fits less well than this does not have the words in the name."""


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
        words = folded(name).split()
        if not words:
            return [_suggestion(one) for one in first][:_MOST]
        found: dict[str, tuple[int, _Candidate]] = {}
        for one in (*first, *(_Candidate(person.name, person) for person in there.find(name))):
            if (rank := one.rank(words)) is not None:
                found.setdefault(one.answer, (rank, one))
        in_order = sorted(found.values(), key=lambda ranked: ranked[0])[:_MOST]
        return [_suggestion(one, named=rank < _BY_NAME) for rank, one in in_order]

    return suggest


class _Candidate(NamedTuple):
    """Somebody to suggest: `person` is None for a stranger, `because` says why they go first."""

    name: str
    person: Person | None
    because: str = ""

    @property
    def contact(self) -> str:
        return self.person.contact if self.person else ""

    @property
    def answer(self) -> str:
        return f"{self.name}, {self.contact}" if self.contact else self.name

    def rank(self, words: list[str]) -> int | None:
        """How well the words fit, less is better; None if they don't. The name of a rota is nothing to look through."""
        name, person = folded(self.name), self.person
        if name.startswith(" ".join(words)):
            return 0
        parts = name.split()
        if all(any(part.startswith(word) for part in parts) for word in words):
            return 1
        if all(word in name for word in words):
            return 2
        return _BY_NAME if person is not None and all(word in person.words for word in words) else None


def with_contact(page: IncidentPage, typed: str) -> str:
    """A name as it was typed, with the contact of whoever is called exactly so; as it is if one was typed."""
    there = _known(page)
    return there.with_contact(typed) if there is not None else typed


def _known(page: IncidentPage) -> Directory | None:
    try:
        return page.workspace.people()
    except StoreError:
        return None  # nobody is suggested; what is typed still counts


def _first(there: Directory, page: IncidentPage, role: str) -> list[_Candidate]:
    """Who is suggested before anything is typed."""
    found: dict[str, _Candidate] = {}
    system = page.incident.fact(ids.FACT_SYSTEM) or ""
    owners = there.owners(system)
    if role == ids.ROLE_EXPERT:
        for person in owners:
            one = _Candidate(person.name, person, f"owns {person.value('systems')}")
            found.setdefault(one.answer, one)
    if role in (ids.ROLE_ON_CALL, ids.ROLE_COMMANDER, ids.ROLE_EXPERT):
        own = {(person.team.casefold()) for person in owners if person.team}
        duties = there.on_call(page.workspace.now())
        for duty in sorted(duties, key=lambda duty: not _is_of(duty.rotation, system, own)):
            because = f"on call for {duty.rotation}" if duty.rotation else "on call"
            one = _Candidate(duty.name, duty.person, because)
            found.setdefault(one.answer, one)
    return list(found.values())


def _is_of(rotation: str, system: str, teams: set[str]) -> bool:
    """Whether a rotation is that of the affected system, or of a team that owns it."""
    name = rotation.casefold()
    return bool(name) and (name in teams or name in system.casefold())


def _suggestion(one: _Candidate, *, named: bool = True) -> Suggestion:
    person = one.person
    about = (one.contact or "no contact", one.because, person.role if person else "", person.team if person else "")
    return Suggestion(one.answer, one.name, " · ".join(filter(None, about)), named)
