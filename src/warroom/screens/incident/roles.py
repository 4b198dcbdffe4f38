"""Roles: assigning one, handing it over, stepping back."""

from __future__ import annotations

from warroom.model import acts
from warroom.model.playbook import Role
from warroom.screens.incident.page import Feature as Base
from warroom.widgets.choices import Choice


class Feature(Base):
    """Assigning roles."""

    async def roles(self, role: str = "") -> None:
        """Choose a role, unless one is given, and ask who holds it; `-name` makes that person step back."""
        row = self.page.playbook.role(role or await self.page.pick("Who does what", self._rows()) or "")
        if row is not None:
            await self._assign(row)

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
            return page.act(acts.roles.assign(page.playbook, page.incident, role.id, name))

        holders, example = page.incident.holders(role.id), "for example: Ana"
        if not holders:
            hint, example = "name, contact", "for example: Priya, +1 555 0100"
        elif role.several:
            hint = "adds another; -name steps back"
        else:
            hint = f"takes over from {holders[-1]}; - steps back"
        await page.ask(f"role:{role.id}", role.name, placeholder=example, hint=hint, take=take)
