"""The screens of a drill: briefing, what rings, the menu, and the list of scenarios."""
