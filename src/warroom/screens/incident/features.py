"""The features of an incident: each is loaded when it is first needed, and carries out its actions of the catalogue."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING, cast

from warroom import actions
from warroom.actions import Action

if TYPE_CHECKING:
    from warroom.screens.incident.composing import Feature as Composing
    from warroom.screens.incident.page import Feature, IncidentPage


class Features:
    """Those of one incident; they are kept for when the user comes back to it."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._loaded: dict[str, Feature] = {}

    def get(self, name: str) -> Feature:
        """Return the feature of that name, importing and creating it when it is first needed."""
        if name not in self._loaded:
            self._loaded[name] = import_module(f"warroom.screens.incident.{name}").Feature(self._page)
        return self._loaded[name]

    @property
    def composing(self) -> Composing:
        """The feature that composes messages."""
        return cast("Composing", self.get("composing"))

    async def carry_out(self, action: Action, target: str = "") -> None:
        """Carry out an action; `target` is for those that take one."""
        if action.feature == actions.SCREEN:
            await self._page.show(actions.PLACES[cast("actions.Where", action.opens)].load()(self._page))
            return
        method = getattr(self.get(action.feature), action.id)
        result = method(target) if target and inspect.signature(method).parameters else method()
        if inspect.isawaitable(result):
            await result
