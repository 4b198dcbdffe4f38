"""Trying a company's own templates of documents before they are needed."""

from __future__ import annotations

from pathlib import Path

from warroom.documents.material import Material
from warroom.documents.pages import PAGES
from warroom.documents.registry import DOCUMENTS, Document
from warroom.documents.render import SUFFIX, filled
from warroom.messages.sandbox import TemplateError
from warroom.model import acts, times
from warroom.model.entries import Draft, Entry, MessageSent
from warroom.model.incident import fold
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot

_NOW = 1_795_400_000_000  # some moment: nothing of the trial is shown


def check(own: Path, playbook: Playbook) -> list[TemplateError]:
    """Say what is wrong with each template in a company's folder of documents: each is filled in on trial."""
    try:
        paths = sorted(path for path in own.iterdir() if path.suffix == SUFFIX and not path.name.startswith("."))
    except OSError:
        return []
    material = _sample(playbook)
    return [problem for path in paths if (problem := _problem(path, material))]


def _problem(path: Path, material: Material) -> TemplateError | None:
    documents: dict[str, tuple[Document, str]] = {}
    for document in DOCUMENTS.values():
        for name in document.templates:
            documents[f"{name}{SUFFIX}"] = document, next(iter(PAGES))
            documents |= {f"{name}.{form}{SUFFIX}": (document, form) for form in PAGES}
    if path.name not in documents:
        names = ", ".join(name for name in documents if name.count(".") == 1)
        return TemplateError(str(path), 0, f"there is no document that uses a template of this name; there are {names}")
    document, form = documents[path.name]
    try:
        filled(path, form, document.values(material))
    except TemplateError as error:
        return error
    return None


def _sample(playbook: Playbook) -> Material:
    """An incident with something of everything that a document shows."""
    drafts: list[Draft] = [acts.declare("Checkout errors", playbook.severities[0].level, now=_NOW)]
    drafts += [acts.assign(playbook, None, row.id, "Priya") for row in playbook.roles[:1]]
    drafts += [acts.fact(playbook, row.id, "checkout") for row in playbook.facts[:1]]
    update = MessageSent("update", 1, "support", "Checkout errors", "…", "email", _NOW + times.HOUR)
    drafts += [
        acts.decision("Roll back", "it is faster", options="wait", by="Priya"),
        acts.skip_commander("not to be reached"),
        acts.send(update, "Status update"),
        acts.start_timer("demo", _NOW + times.HOUR),
        acts.resolve("Rolled back"),
    ]
    entries = [
        Entry(n, "trial", n, n, "sample", _NOW, _NOW, "Sam", draft.text, draft.body)
        for n, draft in enumerate(drafts, 1)
    ]
    snapshot = Snapshot(fold(entries), playbook, _NOW)
    return Material(snapshot, "Sam", lambda: entries, lambda: entries)
