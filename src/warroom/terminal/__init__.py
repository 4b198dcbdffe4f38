"""Everything about the terminal itself; all use of Textual's private names is here."""
