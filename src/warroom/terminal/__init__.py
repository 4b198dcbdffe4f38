"""Everything about the terminal itself, and every use of Textual's private names."""
