"""The words of an entry that are searched: its text, and what people wrote into its other fields."""

from __future__ import annotations

PROSE = (
    "asked_by", "basis", "because", "body", "by", "contact", "detected_by", "label", "name", "options", "owner",
    "subject", "title", "to", "value", "words",
)  # fmt: skip
"""The fields of entries with words of people: reasons, messages as sent, values, names. All others are codes."""

WORDS = (
    """CASE WHEN data = '{"kind":"note"}' OR NOT json_valid(data) THEN text ELSE text"""
    + "".join(f" || coalesce(char(10) || json_extract(data, '$.{name}'), '')" for name in PROSE)
    + " END"
)
"""The SQL for the words of a row of `journal`. Most entries are notes, which have nothing but their text.

FTS5 refuses to check an index whose content uses a virtual table, so this can't be a query of `json_each`.
"""

VIEW = f"CREATE VIEW journal_words (seq, text) AS SELECT seq, {WORDS} AS text FROM journal"
"""What the search index is an index of; see `migrations.m009_words_and_summaries`. To change it needs a migration."""
