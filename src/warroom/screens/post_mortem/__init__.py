"""The screen of the post-mortem: `screen.py` lays it out and logs, `section_pane.py` shows one section."""
