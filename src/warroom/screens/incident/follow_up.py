"""What follows after the fix: recovery, the post-mortem and the action items, each on a screen of its own."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base


class Feature(Base):
    """Opening the screens for the time after the fix."""

    async def post_mortem(self) -> None:
        """Write the post-mortem."""
        from warroom.screens.post_mortem import PostMortemScreen

        await self.page.show(PostMortemScreen(self.page))
