"""The only place that knows SQLite: one file with journal and preferences, its migrations, search and checks."""
