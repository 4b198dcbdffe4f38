"""The screen of an open incident: `screen.py` lays it out, features work with `page.py`, and each has its file."""
