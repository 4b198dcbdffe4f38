"""What every question for a file to write needs: the names of the formats, a folder, and what is there already."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from warroom.documents.registry import REVIEW, DocumentOf
from warroom.documents.saving import AlreadyThere, NotSaved, expanded, save
from warroom.model.metrics import By
from warroom.screens.ask import AskScreen
from warroom.screens.page import Page
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice

FORM_NAMES = {
    "md": "Markdown",
    "txt": "Plain text",
    "html": "Web page, to print or send",
    "pdf": "PDF, to print or send",
    "json": "JSON, for programs",
    "csv": "Table, for a spreadsheet",
}


def absolute(typed: str) -> Path:
    """The path that was typed, from the root; links in it stay as they are."""
    return Path(os.path.abspath(expanded(typed)))  # noqa: PTH100 - resolve() would follow links


def is_taken(path: Path) -> bool:
    """Whether there is something already that writing would replace."""
    return os.path.lexists(path) and not path.is_dir()


async def may_replace(page: Page, path: Path) -> bool:
    """Ask whether the file that is there may be replaced."""
    rows = [Choice("other", "Choose another name", key="n"), Choice("replace", "Replace it", key="r")]
    return await page.pick(f"{path} exists already", rows) == "replace"


def suggested_folder() -> Path:
    """The folder to suggest: the current one if files can be made in it, else the user's home."""
    try:
        here = Path.cwd()
    except OSError:  # it was deleted
        return Path.home()
    return here if os.access(here, os.W_OK | os.X_OK) else Path.home()


async def write_review(page: Page, *, since: int | None, by: By) -> None:
    """Write the review of the incidents since then (ms UTC) to a file; the user chooses the format and the path."""
    if await write_document(page, REVIEW, REVIEW.name, lambda form: page.workspace.review(form, since=since, by=by)):
        page.workspace.reviewed()


async def write_document(
    page: Page, document: DocumentOf[Any], name: str, pieces: Callable[[str], Iterable[str]]
) -> bool:
    """Write a document that is not about one incident to a file; the user chooses the format and the path.

    `name` is the name of the file without its ending; `pieces` makes the document in a format.
    Returns whether it was written.
    """
    forms = [Choice(form, FORM_NAMES.get(form, form), form) for form in document.forms]
    form = await page.pick(document.label, forms)
    if form is None:
        return False
    typed = str(suggested_folder() / f"{name}.{form}")
    question, there = f"export:{document.name}.{form}", False

    def write(text: str, *, replace: bool = False) -> str:
        """Write it; what is in the way is the answer, but for a file that is there, which is asked about."""
        nonlocal there
        try:
            save(absolute(text.strip()), pieces(form), page.workspace.database, replace=replace)
        except AlreadyThere:
            there = True
        except (NotSaved, StoreError) as error:
            return str(error)
        return ""

    while True:
        there = False
        answer = await page.show(AskScreen(page, question, "File", hint="where to write it", start=typed, take=write))
        if answer is None:
            return False
        typed = answer.strip()
        if not there:
            break
        if await may_replace(page, absolute(typed)):
            if reason := write(typed, replace=True):
                page.say(reason, failed=True)
                return False
            break
    page.say(f"Wrote {absolute(typed)}")
    return True
