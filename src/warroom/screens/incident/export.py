"""Writing a document about the incident to a file: the log, the hand-over, and whatever else the registry has."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.worker import get_current_worker

from warroom.screens.incident.page import Feature as Base
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.documents.registry import Document


class Feature(Base):
    """Exporting."""

    async def export(self) -> None:
        """Choose document and format, ask for the path, and write the file; over another file only if confirmed."""
        from warroom.documents.pdf import FORM, browser
        from warroom.documents.registry import DOCUMENTS
        from warroom.screens.writing import FORM_NAMES, absolute, is_taken, may_replace, suggested_folder

        page = self.page
        rows = [Choice(name, document.label, about=document.about) for name, document in DOCUMENTS.items()]
        document = DOCUMENTS.get(await page.pick("Write to a file", rows) or "")
        if document is None:
            return
        forms = [*document.forms, FORM] if browser(page.workspace.env) else document.forms
        form = await page.pick(document.label, [Choice(form, FORM_NAMES.get(form, form), form) for form in forms])
        if form is None:
            return
        typed = str(suggested_folder() / f"{document.name}-{page.incident.id}.{form}")
        while True:
            name = f"export:{document.name}.{form}"
            answer = await page.ask(
                name, "File", placeholder="where to write it", hint="enter writes it", start=typed, keep=form == FORM
            )
            if answer is None or not answer.strip():
                return
            typed = answer.strip()
            path = absolute(typed)
            there = is_taken(path)
            if there and not await may_replace(page, path):
                continue
            if form == FORM:
                self._print(document, path, name, replace=there)
                return
            if self._write(document, form, path, replace=there):
                return

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
