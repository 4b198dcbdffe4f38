"""How a journal file comes to its present form: an append-only list, applied by sqlite-utils.

Importing this costs as much as sqlite-utils does, so only a file that has something pending gets here.
A released migration is never edited; a change is one more function at the end, and one more in `files.VERSION`.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from warroom.store.identity import new_origin

journal = Migrations("warroom.journal")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file to `version`, once, however many processes find it behind at the same moment."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        database = Database(connection, execute_plugins=False)
        journal.apply(database)  # looks at what is pending under the lock just taken
        connection.execute(f"PRAGMA user_version = {version:d}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@journal()
def m001_journal(database: Database) -> None:
    """The journal itself, append-only whoever writes to it, and the id of this file."""
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
    # INSERT OR REPLACE deletes without firing delete triggers unless recursive_triggers is on, which is each
    # connection's own choice; so the insert itself is refused.
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
def m002_tally(database: Database) -> None:
    """How many entries each incident has, up to the last full block of 512, so that none of them need be read to count.

    A row kept at every append would cost every commit one page more.
    """
    database.execute("CREATE TABLE tally (incident TEXT PRIMARY KEY, entries INTEGER NOT NULL) STRICT, WITHOUT ROWID")
    database.execute(
        """
        CREATE TRIGGER journal_tally AFTER INSERT ON journal WHEN NEW.seq % 512 = 0
        BEGIN
            INSERT INTO tally
            SELECT incident, count(*) FROM journal WHERE seq > NEW.seq - 512 GROUP BY incident
            ON CONFLICT (incident) DO UPDATE SET entries = entries + excluded.entries;
        END
        """
    )


@journal()
def m003_search(database: Database) -> None:
    """Full text over the words of every entry, kept by the file itself."""
    database.execute(
        """
        CREATE VIRTUAL TABLE journal_fts USING fts5(
            text, content = 'journal', content_rowid = 'seq', columnsize = 0,
            tokenize = 'unicode61 remove_diacritics 2'
        )
        """
    )
    database.execute(
        """
        CREATE TRIGGER journal_search AFTER INSERT ON journal
        BEGIN INSERT INTO journal_fts (rowid, text) VALUES (NEW.seq, NEW.text); END
        """
    )


@journal()
def m004_desk(database: Database) -> None:
    """Drafts and where the user was: what may be overwritten, and is nobody else's business."""
    database.execute("CREATE TABLE desk (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")
