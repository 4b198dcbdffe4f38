"""The only place that knows SQLite: the journal file, its migrations, its search and its checks."""
