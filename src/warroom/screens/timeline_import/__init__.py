from warroom.remembering import TIMELINE_DRAFT

DRAFT = TIMELINE_DRAFT
"""With the id of an incident, or nothing for a new one, the name under which an unfinished import is kept."""
