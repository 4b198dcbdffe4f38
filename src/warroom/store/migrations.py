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
def m002_head(database: Database) -> None:
    """How far each origin's numbers go, so that entries missing at the end are missed like any other."""
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
    """Full text over the words, and how many entries each incident has, brought up to date once in 64 entries.

    Kept at every append, the two cost a commit as much again as the other indexes together; what came since the last
    full block is few enough to be looked at when it is asked for.
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
    """Drafts and where the user was: what may be overwritten, and is nobody else's business."""
    database.execute("CREATE TABLE desk (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")


@journal()
def m005_preferences(database: Database) -> None:
    """The same texts under the name the code has for them."""
    database.execute("ALTER TABLE desk RENAME TO preferences")
