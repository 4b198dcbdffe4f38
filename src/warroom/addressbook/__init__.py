"""Address books and calendars of other programs: text in, people and times out, and what was not understood.

Nothing here knows the journal or asks anything; files of other people may have anything in them, and any size.
"""
