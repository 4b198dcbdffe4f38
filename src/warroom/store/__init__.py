"""The only package that uses SQLite: one file with journal and preferences, its migrations, search and checks."""
