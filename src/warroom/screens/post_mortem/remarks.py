"""What to reconsider in a section of the post-mortem while it is written: people named as the cause, mostly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from warroom.model.post_mortem import PostMortem, people_named
from warroom.screens.giving_way import giving_way
from warroom.terminal.content import safe_line
from warroom.widgets.choices import Choice
from warroom.wording import PostMortemFinding, check_post_mortem, compile_post_mortem, same_as_trigger

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage

_MOST = 2
"""How many remarks are shown at once."""


class Remarks:
    """The remarks on the section that is shown; one that was hidden stays hidden while the screen is open."""

    def __init__(self, page: IncidentPage) -> None:
        self._page = page
        self._hidden: set[str] = set()
        self._found: list[PostMortemFinding] = []
        self._checked: tuple[object, ...] = ()
        """What the findings are about, so that a text that stays as it is is not checked again each second."""

    def prepare(self) -> None:
        """Compile the rules for these people, so that the first check is quick; for a thread."""
        with giving_way():
            compile_post_mortem(self._page.workspace.rules, people_named(self._page.incident))

    def shown(self, text: str, section: str) -> Content:
        """The first remarks on the text of a section, as lines."""
        rules, people = self._page.workspace.rules, people_named(self._page.incident)
        checked = (text, section, people, frozenset(self._hidden), rules)
        if checked != self._checked:
            self._checked = checked
            self._found = list(check_post_mortem(text, rules, people=people, section=section, dismissed=checked[3]))
        if not self._found:
            return Content("")
        rows = [f"⚠ {found.sentence}" for found in self._found[:_MOST]]
        if len(self._found) > _MOST:
            rows.append(f"… {len(self._found) - _MOST} more; h hides the first remark")
        return Content("\n").join(safe_line(row) for row in rows)

    def hide_first(self) -> bool:
        """Hide the first remark shown; False if there is none."""
        if not self._found:
            self._page.say("There is no remark to hide", mark="▸")
            return False
        self._hidden.add(self._found[0].key)
        return True

    async def confirmed(self, view: PostMortem) -> bool:
        """Ask once where the root cause merely names the trigger; whether to go on."""
        cause, trigger = view.section("root_cause"), view.section("trigger")
        name = f"asked-root-cause:{self._page.incident.id}"
        if cause is None or trigger is None or not same_as_trigger(cause.text, trigger.text):
            return True
        if self._page.remembered(name, bool):
            return True
        self._page.remember(name, True)
        rows = [
            Choice("back", "Go back and write it", "what in the system let the trigger do this?", key="b"),
            Choice("on", "It is the root cause", "you will not be asked again", key="o"),
        ]
        return await self._page.pick("The root cause only names the trigger", rows) == "on"
