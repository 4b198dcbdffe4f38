"""The migrations of a journal file: an append-only list, applied by sqlite-utils.

Importing this module imports sqlite-utils, which is slow, so it is only imported for a file with pending migrations.
A released migration is never edited; to change the schema, add a function at the end and increase `files.VERSION`.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from warroom.store.identity import new_origin
from warroom.store.words import VIEW

journal = Migrations("warroom.journal")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Migrate a file to `version`, once, even if several processes try at the same time."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        database = Database(connection, execute_plugins=False)
        journal.apply(database)  # checks what is pending after the lock is taken
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@journal()
def m001_journal(database: Database) -> None:
    """The journal, which its triggers keep append-only for every program, and the id of this file."""
    database.execute(
        """
        CREATE TABLE journal (
            seq      INTEGER PRIMARY KEY,
            origin   TEXT NOT NULL,
            n        INTEGER NOT NULL CHECK (n > 0),
            hlc      INTEGER NOT NULL,
            incident TEXT NOT NULL,
            at       INTEGER NOT NULL,
            recorded INTEGER NOT NULL,
            author   TEXT NOT NULL,
            kind     TEXT NOT NULL,
            text     TEXT NOT NULL,
            data     TEXT NOT NULL,
            digest   BLOB NOT NULL CHECK (length(digest) = 32),
            UNIQUE (origin, n)
        ) STRICT
        """
    )
    database.execute("CREATE INDEX journal_timeline ON journal (incident, at, hlc, origin)")
    database.execute(
        "CREATE INDEX journal_state ON journal (incident, hlc, origin, n) WHERE kind NOT IN ('action', 'note')"
    )
    database.execute(
        "CREATE INDEX journal_lifecycle ON journal (incident, hlc, origin, n, kind) "
        "WHERE kind IN ('declared', 'resolved', 'closed', 'reopened')"
    )
    # INSERT OR REPLACE deletes rows without firing delete triggers, unless the connection has set recursive_triggers.
    # So the insert itself is refused.
    database.execute(
        """
        CREATE TRIGGER journal_no_replace BEFORE INSERT ON journal
        WHEN EXISTS (SELECT 1 FROM journal WHERE seq = NEW.seq OR (origin = NEW.origin AND n = NEW.n))
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only: this entry exists'); END
        """
    )
    for act in ("UPDATE", "DELETE"):
        database.execute(
            f"""
            CREATE TRIGGER journal_no_{act.lower()} BEFORE {act} ON journal
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only: add an entry that amends or retracts'); END
            """
        )
    database.execute("CREATE TABLE origin (one INTEGER PRIMARY KEY CHECK (one = 1), id TEXT NOT NULL) STRICT")
    database.execute("INSERT INTO origin VALUES (1, ?)", [new_origin()])


@journal()
def m002_head(database: Database) -> None:
    """The last number of each origin, so that `verify` also notices entries that are missing at the end."""
    database.execute("CREATE TABLE head (origin TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT, WITHOUT ROWID")
    database.execute(
        """
        CREATE TRIGGER journal_head AFTER INSERT ON journal
        BEGIN
            INSERT INTO head VALUES (NEW.origin, NEW.n) ON CONFLICT (origin) DO UPDATE SET n = max(n, excluded.n);
        END
        """
    )


@journal()
def m003_blocks(database: Database) -> None:
    """A full-text index, and the number of entries of each incident, both updated once every 64 entries.

    Updating them with every append would double the cost of a commit. Readers look at the few entries after the last
    full block of 64 themselves.
    """
    database.execute(
        """
        CREATE VIRTUAL TABLE journal_fts USING fts5(
            text, content = 'journal', content_rowid = 'seq', columnsize = 0,
            tokenize = 'unicode61 remove_diacritics 2'
        )
        """
    )
    database.execute("CREATE TABLE tally (incident TEXT PRIMARY KEY, entries INTEGER NOT NULL) STRICT, WITHOUT ROWID")
    database.execute(
        """
        CREATE TRIGGER journal_block AFTER INSERT ON journal WHEN NEW.seq % 64 = 0
        BEGIN
            INSERT INTO journal_fts (rowid, text) SELECT seq, text FROM journal WHERE seq > NEW.seq - 64;
            INSERT INTO tally
            SELECT incident, count(*) FROM journal WHERE seq > NEW.seq - 64 GROUP BY incident
            ON CONFLICT (incident) DO UPDATE SET entries = entries + excluded.entries;
        END
        """
    )


@journal()
def m004_desk(database: Database) -> None:
    """Drafts and view settings of this machine, which may be overwritten and are not shared."""
    database.execute("CREATE TABLE desk (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")


@journal()
def m005_preferences(database: Database) -> None:
    """Rename the table of m004 to the name that the code uses."""
    database.execute("ALTER TABLE desk RENAME TO preferences")


@journal()
def m006_imported(database: Database) -> None:
    """Which entries were imported: each row is one import, whose entries have the `seq` from `first` to `last`.

    An export has only some of an origin's entries, so these can't continue that origin's chain. The entries of an
    import form a chain of their own instead, in the order of their `seq`.

    The trigger of m003 also gets a plus in GROUP BY. Without it, SQLite groups by the timeline's index, which reads all
    entries of the file at every 64th one.
    """
    database.execute(
        """
        CREATE TABLE imported (
            first    INTEGER PRIMARY KEY,
            last     INTEGER NOT NULL CHECK (last >= first),
            incident TEXT NOT NULL
        ) STRICT
        """
    )
    database.execute("DROP TRIGGER IF EXISTS journal_block")
    database.execute(
        """
        CREATE TRIGGER journal_block AFTER INSERT ON journal WHEN NEW.seq % 64 = 0
        BEGIN
            INSERT INTO journal_fts (rowid, text) SELECT seq, text FROM journal WHERE seq > NEW.seq - 64;
            INSERT INTO tally
            SELECT incident, count(*) FROM journal WHERE seq > NEW.seq - 64 GROUP BY +incident
            ON CONFLICT (incident) DO UPDATE SET entries = entries + excluded.entries;
        END
        """
    )


@journal()
def m007_action_items(database: Database) -> None:
    """An index of what the action items of all incidents are folded from, without reading all other entries."""
    database.execute(
        "CREATE INDEX journal_action_items ON journal (incident, hlc, origin, n) "
        "WHERE kind IN ('action-item', 'action-item-changed', 'amended', 'retracted', 'title')"
    )


@journal()
def m008_redaction(database: Database) -> None:
    """Let a redaction, and nothing else, change the text and data of entries.

    The row of `redaction` says how far one has come: `entry` is 0 while entries are changed, which no other process
    ever sees, then the `seq` of the last entry, until old copies in unused parts of the file are wiped out. An older
    program would take the changed entries for damage, so it must not open the file.
    """
    database.execute("CREATE TABLE redaction (one INTEGER PRIMARY KEY CHECK (one = 1), entry INTEGER NOT NULL) STRICT")
    database.execute("DROP TRIGGER IF EXISTS journal_no_update")
    fixed = ("seq", "origin", "n", "hlc", "incident", "at", "recorded", "author", "kind", "digest")
    changed = " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in fixed)
    database.execute(
        f"""
        CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
        WHEN NOT EXISTS (SELECT 1 FROM redaction WHERE entry = 0) OR {changed}
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only: add an entry that amends or retracts'); END
        """
    )


@journal()
def m009_words_and_summaries(database: Database) -> None:
    """Index all words of an entry, and keep a summary of each incident for the list of all incidents.

    The index is one of a view, which adds to an entry's text what people wrote into its other fields: reasons, messages
    as sent, names. So it is made anew; a million entries take about five seconds, once.

    Summaries are derived from the entries, and may be missing: `summarized` says up to which `seq` they have been kept,
    and in which format. Whoever reads them brings them up to date; see `store.summaries`.
    """
    database.execute(VIEW)
    database.execute("DROP TABLE journal_fts")
    database.execute(
        """
        CREATE VIRTUAL TABLE journal_fts USING fts5(
            text, content = 'journal_words', content_rowid = 'seq', columnsize = 0,
            tokenize = 'unicode61 remove_diacritics 2'
        )
        """
    )
    database.execute(
        "INSERT INTO journal_fts (rowid, text) "
        "SELECT seq, text FROM journal_words WHERE seq <= (SELECT max(seq) FROM journal) / 64 * 64"
    )
    database.execute("DROP TRIGGER IF EXISTS journal_block")
    database.execute(
        """
        CREATE TRIGGER journal_block AFTER INSERT ON journal WHEN NEW.seq % 64 = 0
        BEGIN
            INSERT INTO journal_fts (rowid, text) SELECT seq, text FROM journal_words WHERE seq > NEW.seq - 64;
            INSERT INTO tally
            SELECT incident, count(*) FROM journal WHERE seq > NEW.seq - 64 GROUP BY +incident
            ON CONFLICT (incident) DO UPDATE SET entries = entries + excluded.entries;
        END
        """
    )
    database.execute(
        """
        CREATE TABLE summary (
            incident TEXT PRIMARY KEY, data TEXT NOT NULL, words TEXT NOT NULL
        ) STRICT, WITHOUT ROWID
        """
    )
    database.execute(
        """
        CREATE TABLE summarized (
            one INTEGER PRIMARY KEY CHECK (one = 1), seq INTEGER NOT NULL, format INTEGER NOT NULL
        ) STRICT
        """
    )
