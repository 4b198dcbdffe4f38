"""An incident on its way from one journal to another."""

from __future__ import annotations

from tests.unit.story import BOOK
from warroom.documents import log_json
from warroom.documents.material import from_journal
from warroom.model.incident import fold
from warroom.model.snapshot import Snapshot
from warroom.model.times import HOUR
from warroom.store.importing import Foreign
from warroom.store.journal import Journal


def exported(journal: Journal, incident: str) -> str:
    """The incident's log as JSON."""
    state = fold(journal.state(incident))
    material = from_journal(journal, Snapshot(state, BOOK, state.began + HOUR), author="Sam")
    return "".join(log_json.as_json(material))


def entries_of(journal: Journal, incident: str) -> list[Foreign]:
    """Its entries, as read from that JSON."""
    return log_json.read(exported(journal, incident).encode(), "incident.json")


def entries_part(text: str) -> str:
    """What an exported log says about its entries; the rest follows from these."""
    return text[text.index(',"timeline":[') :]
