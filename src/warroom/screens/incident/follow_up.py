"""What follows after the fix: recovery, the post-mortem and the action items, each on a screen of its own."""

from __future__ import annotations

from warroom.model.action_items import SECTION
from warroom.screens.incident.page import Feature as Base


class Feature(Base):
    """Opening the screens for the time after the fix."""

    async def recovery(self, target: str = "") -> None:
        """See what is owed after the fix; `target` is the item to select."""
        from warroom.screens.incident.recovering import recover

        await recover(self.page, target)

    async def post_mortem(self) -> None:
        """Write the post-mortem."""
        from warroom.screens.post_mortem.screen import PostMortemScreen

        if self.page.incident.cancelled:
            self.page.say("A cancelled incident has no post-mortem: log what was learned instead", mark="▸")
            return
        if not self.page.playbook.post_mortem.sections:
            self.page.say("Your playbook has no sections for a post-mortem: see [post_mortem] in it", failed=True)
            return
        notice = ""
        while await self.page.show(PostMortemScreen(self.page, notice)) == "export":
            await self.page.do("export")  # it asks in the log line, which the screen of the post-mortem would cover
            notice = self.page.notice.text

    async def action_items(self, target: str = "") -> None:
        """Show the action items of all incidents; `target` is the key of the one to select, or where one comes from."""
        from warroom.screens.action_items import ActionItemsScreen

        page = self.page
        source = target if target.startswith(SECTION) else ""
        select = "" if source else target
        await page.show(ActionItemsScreen(page.workspace, incident=page.incident.id, select=select, source=source))
