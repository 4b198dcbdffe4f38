"""The documents about an incident: the log, the hand-over and the status, as text and as data."""
