"""The screen of an open incident: `screen.py` lays it out; each feature has its own file and works with `page.py`."""
