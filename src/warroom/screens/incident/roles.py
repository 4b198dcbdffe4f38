"""Roles: assigning one, handing it over, stepping back, correcting a name."""

from __future__ import annotations

from warroom.model import acts
from warroom.model.playbook import Role
from warroom.screens.incident.offers import Offer, offer
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.screens.incident.people import people_for, with_contact
from warroom.widgets.choices import Choice


class Feature(Base):
    """Assigning roles."""

    async def roles(self, role: str = "") -> None:
        """Choose a role, unless one is given, and ask who holds it; `-name` makes that person step back."""
        chosen = role or await self.page.pick("Who does what", self._rows()) or ""
        row = self.page.playbook.role(chosen)
        if row is None:
            return
        if role or not self.page.incident.holders(row.id):
            await self._assign(row)
        else:
            await self._change(row)

    async def _change(self, role: Role) -> None:
        """Choose what to do with a role that somebody holds."""
        page, held = self.page, self.page.incident.roles[role.id]
        names = [logged.body.name for logged in held]
        # Without letters: a name typed here by habit must not choose a row.
        rows = [Choice("assign", "Add another" if role.several else f"Somebody takes over from {names[-1]}")]
        rows += [Choice(f"back:{name}", f"{name} steps back") for name in names]
        rows += [Choice(f"spell:{name}", f"Correct the spelling or contact of {name}") for name in names]
        what, _, name = (await page.pick(role.name, rows) or "").partition(":")
        if what == "assign":
            await self._assign(role)
        elif what == "back":
            page.act(acts.roles.step_back(page.playbook, page.incident, role.id, name))
        elif what == "spell":
            await self._respell(role, name)

    async def _respell(self, role: Role, name: str) -> None:
        page = self.page
        contact = next((held.body.contact for held in page.incident.roles[role.id] if held.body.name == name), "")

        def take(text: str) -> bool:
            drafts = acts.roles.respell(page.incident, role.id, name, text)
            if not drafts:
                page.say(f"{name} is left as it was")
                return True
            return page.act(*drafts, done=f"Corrected: {role.name} {text.strip()}")

        start = f"{name}, {contact}" if contact else name
        await page.ask(f"respell:{role.id}", "Spelt correctly", start=start, hint="name, contact", take=take)

    def _rows(self) -> list[Choice]:
        incident, rows = self.page.incident, []
        for role in self.page.playbook.roles:
            held = incident.roles.get(role.id, ())
            names = "; ".join(f"{logged.body.name} {logged.body.contact}".strip() for logged in held)
            since = "; ".join(f"{logged.body.name} since {self.page.clock(logged.at)}" for logged in held)
            mine = " (your role)" if role.mine else ""
            about = role.duties + (f" · {since}" if since else "")
            rows.append(Choice(role.id, f"{role.name}{mine}", names or "vacant", about=about))
        return rows

    async def _assign(self, role: Role) -> None:
        page = self.page

        def take(name: str) -> bool:
            name = name.strip()
            if not name:
                return True
            if name.startswith("-"):
                return page.act(acts.roles.step_back(page.playbook, page.incident, role.id, name[1:]))
            name = with_contact(page, name)
            if says_held_already(page, role.id, name):
                return True
            return page.act(acts.roles.assign(page.playbook, page.incident, role.id, name))

        holders, example, usual = page.incident.holders(role.id), "for example: Ana", Offer()
        if not holders:
            hint, example = "name, contact", "for example: Priya, +1 555 0100"
            usual = offer(page, role)
        elif role.several:
            hint = "adds another; -name steps back"
        else:
            hint = f"takes over from {holders[-1]}; - steps back"
        await page.ask(
            f"role:{role.id}",
            role.name,
            placeholder=example,
            hint=usual.hint or hint,
            start=usual.text,
            offered=True,
            suggest=people_for(page, role.id),
            take=take,
        )


def says_held_already(page: IncidentPage, role: str, person: str) -> bool:
    """Whether that person has the role, with that contact or none given; if so, that is said."""
    held = acts.roles.held_already(page.incident, role, person)
    if held is not None:
        since = page.clock_day(held.at)
        page.say(f"{held.body.name} has that role already, since {since}; nothing was logged", mark="▸")
    return held is not None
