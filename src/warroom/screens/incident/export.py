"""Writing a document about the incident to a file: the log, the hand-over, and whatever else the registry has."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from warroom.screens.incident.page import Feature as Base
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.documents.registry import Document

_FORMS = {
    "md": "Markdown",
    "txt": "Plain text",
    "html": "Web page, to print or send",
    "pdf": "PDF, to print or send",
    "json": "JSON, for programs",
    "csv": "Table, for a spreadsheet",
}


class Feature(Base):
    """Exporting."""

    async def export(self) -> None:
        """Choose document and format, ask for the path, and write the file; over another file only if confirmed."""
        from warroom.documents.pdf import FORM, browser
        from warroom.documents.registry import DOCUMENTS
        from warroom.documents.saving import expanded

        page = self.page
        rows = [Choice(name, document.label, about=document.about) for name, document in DOCUMENTS.items()]
        document = DOCUMENTS.get(await page.pick("Write to a file", rows) or "")
        if document is None:
            return
        forms = [*document.forms, FORM] if browser(page.workspace.env) else document.forms
        form = await page.pick(document.label, [Choice(form, _FORMS.get(form, form), form) for form in forms])
        if form is None:
            return
        typed = str(_folder() / f"{document.name}-{page.incident.id}.{form}")
        while True:
            name = f"export:{document.name}.{form}"
            answer = await page.ask(
                name, "File", placeholder="where to write it", hint="enter writes it", start=typed, keep=form == FORM
            )
            if answer is None or not answer.strip():
                return
            typed = answer.strip()
            path = Path(os.path.abspath(expanded(typed)))  # noqa: PTH100 - resolve() would follow links
            there = os.path.lexists(path) and not path.is_dir()
            if there and not await self._may_replace(path):
                continue
            if form == FORM:
                self._print(document, path, name, replace=there)
                return
            if self._write(document, form, path, replace=there):
                return

    async def _may_replace(self, path: Path) -> bool:
        rows = [Choice("other", "Choose another name", key="n"), Choice("replace", "Replace it", key="r")]
        return await self.page.pick(f"{path} exists already", rows) == "replace"

    def _write(self, document: Document, form: str, path: Path, *, replace: bool) -> bool:
        from warroom.documents.saving import NotSaved, save

        page = self.page
        try:
            pieces = page.workspace.document(document, form, page.session)
            save(path, pieces, page.session.journal.path, replace=replace)
        except (NotSaved, StoreError) as error:
            page.say(str(error), failed=True)
            return False
        page.say(f"Wrote {path}")
        return True

    def _print(self, document: Document, path: Path, question: str, *, replace: bool) -> None:
        """Write the document as a PDF, in a thread, because a browser takes a second or more.

        The path that was typed stays the draft of the `question` until the file is written.
        """
        from warroom.documents.pdf import NotPrinted, printed
        from warroom.documents.saving import NotSaved, save

        page, screen = self.page, self.page.screen
        try:
            html = "".join(page.workspace.document(document, "html", page.session))
        except StoreError as error:
            page.say(str(error), failed=True)
            return
        subject, journal, env = page.subject, page.session.journal.path, page.workspace.env

        def work() -> None:
            stopped = get_current_worker()
            try:
                pieces = [printed([html], env, stopped=lambda: stopped.is_cancelled)]
                save(path, pieces, journal, replace=replace)
                said, failed = f"Wrote {path}", False
            except (NotPrinted, NotSaved) as error:
                said, failed = f"{error}"[:1].upper() + f"{error}"[1:], True
            if not stopped.is_cancelled:
                screen.app.call_from_thread(self._printed, said, failed, subject, question)

        page.say("Printing…")
        screen.run_worker(work, thread=True, group="print")

    def _printed(self, said: str, failed: bool, subject: object, question: str) -> None:
        page = self.page
        if subject is not page.subject:  # another incident is shown: the notice would seem to be about that one
            page.screen.app.notify(said, severity="error" if failed else "information", markup=False)
            return
        if not failed:
            page.forget(question)
        page.say(said, failed=failed)


def _folder() -> Path:
    """Return the folder to suggest: the current one if files can be made in it, else the user's home."""
    try:
        here = Path.cwd()
    except OSError:  # it was deleted
        return Path.home()
    return here if os.access(here, os.W_OK | os.X_OK) else Path.home()
