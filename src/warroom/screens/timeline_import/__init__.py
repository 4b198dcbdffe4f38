DRAFT = "words:timeline:"
"""With the id of an incident, or nothing for a new one, the name under which an unfinished import is kept."""
