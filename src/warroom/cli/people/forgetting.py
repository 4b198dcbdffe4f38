"""`warroom people forget`: erase a person from the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import click

from warroom.cli.context import Failed, Invocation, invocation, notify, quoted, say
from warroom.cli.parameters import TextCommand
from warroom.cli.people.forgetting_runs import in_runs
from warroom.cli.people.listing import person_of
from warroom.model import ids
from warroom.model.entries import Entry
from warroom.model.people import FIELDS, Directory
from warroom.model.people_forgetting import BECAUSE, Forgetting
from warroom.store.errors import StoreError
from warroom.store.journal import Journal
from warroom.text.counts import counted
from warroom.workspace import Workspace

_LARGEST = 1_000_000
"""The size in bytes up to which files are looked through."""


@click.command(
    "forget",
    cls=TextCommand,
    short_help="Erase a person from the file, for good.",
    help="Erase all that is known of a person from the file itself: name, phone, e-mail and all else, in earlier "
    "versions, in the names of lists and rotations, in what is said of others, and in the files of drills too. This "
    "can't be undone. Somebody who was removed can be forgotten by name as well. Logs of incidents that name them "
    "stay, and are told of: see warroom redact.",
    epilog='\b\nExamples:\n  warroom people forget "Marcus Lee" --dry-run\n  warroom people forget "Marcus Lee"\n',
)
@click.argument("name", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say how many entries would change.")
@invocation
def forget_(to: Invocation, name: tuple[str, ...], dry_run: bool) -> None:
    """Forget one person, and say where something of them may still be."""
    from warroom import places
    from warroom.store.forgetting import finish, forget
    from warroom.store.old_copies import redact_texts, unfinished, with_words

    workspace = to.workspace
    workspace.open_journal()
    if workspace.drill is not None:
        raise Failed(
            "this is a drill's file, which only reads people from your journal; erase them there, without --db"
        )
    if not dry_run and finish(workspace.journal):
        say("What was erased before is gone now from unused parts of the file, too")
    register, there = workspace.register(ids.REGISTER_PEOPLE), workspace.people()
    person = person_of(there, " ".join(name), erasing=True)
    forgetting = Forgetting(person.id, register.read())
    contacts, names = forgetting.words(forgetting.contacts), forgetting.words(forgetting.names)
    if dry_run:
        count = sum(
            _changes(forgetting, *row) for one in ids.REGISTERS for row in workspace.journal.stored(one, 1 << 40)
        )
        say(f"Would erase {person.name} in {_entries(count)} of people")
    else:
        drafts = [*((one, "") for one in contacts), *((one, "words:people") for one in names)]
        done = forget(
            workspace.journal,
            ids.REGISTER_PEOPLE,
            forgetting.draft,
            forgetting.rewritten,
            drafts,
            because=BECAUSE,
            author=workspace.author,
        )
        say(f"Erased {person.name} in {_entries(done.entries)} of people")
    runs = in_runs(workspace, forgetting, dry_run=dry_run)
    if runs.has:
        drills = counted(len(runs.has), "drill")
        say(f"Would erase them in {drills}" if dry_run else f"Erased them in {drills}")
    for line in (*_in_logs(workspace.journal, forgetting), *_of_others(workspace.people(), forgetting)):
        notify(line)
    if runs.left:
        notify(f"these drills may still name them; delete the files if so: {', '.join(map(str, runs.left))}")
    if runs.stuck:
        notify(
            f"these drills can't be read or changed, and may have them; delete them: {', '.join(map(str, runs.stuck))}"
        )
    if dry_run:
        return
    for words in contacts:
        saved, stuck = redact_texts(places.outbox(), words)
        if saved:
            say(f"Erased in {counted(saved, 'copied and saved message')}")
        if stuck:
            notify(f"copied messages that can't be changed still have something: {', '.join(map(str, stuck))}")
    for line in _on_this_machine(workspace, forgetting):
        notify(line)
    problem = None
    try:
        if workspace.make_daily_copy(anew=True) is not None:
            say("The daily copies were made anew")
    except StoreError as error:
        problem = error
    notify("copies made earlier still have them: backups, exports, and the files they were imported from.")
    file, register_name = workspace.database.absolute(), workspace.journal.in_file(ids.REGISTER_PEOPLE)
    kept = {str(path) for words in (*contacts, *names) for path in with_words(file, register_name, words)[1]}
    if kept:
        notify(f"what was there before a restore still has them; delete it when you can: {', '.join(sorted(kept))}")
    if left := unfinished(file):
        notify(f"files of a backup that was not finished may still have them: {', '.join(map(str, left))}")
    if problem is not None:
        raise Failed(f"Daily copies of the file still have them: {problem} Delete them, or run warroom backup later.")


def _in_logs(journal: Journal, forgetting: Forgetting) -> Iterator[str]:
    """Which incidents name the person, and who signed with the name."""
    from warroom.store.forgetting import naming

    said, signed = naming(journal, forgetting.is_in)
    for incident, count in said.items():
        if incident not in ids.REGISTERS:
            yield f"{_entries(count)} of {incident} may name them, and stay; see warroom -i {incident} redact."
    if signed:
        where = ", ".join(sorted("people" if one in ids.REGISTERS else one for one in signed))
        yield f"{_entries(signed.total())} signed with their name can't be changed: {where}"


def _on_this_machine(workspace: Workspace, forgetting: Forgetting) -> Iterator[str]:
    """What else on this machine names the person, and what to do about it."""
    from warroom import places
    from warroom.store.forgetting import texts_besides

    if count := texts_besides(workspace.journal, forgetting.is_in):
        yield f"{count:,} of the texts begun in the console may name them; send or clear them there."
    if copied := _files_with(places.outbox(), ".txt", forgetting):
        yield f"these copied messages may name them, and stay; delete them: {', '.join(map(str, copied))}"
    if workspace.config is not None and (own := _files_with(workspace.config, "", forgetting)):
        yield f"these files of your own may name them, and stay; edit them: {', '.join(map(str, own))}"


def _files_with(folder: Path, ending: str, forgetting: Forgetting) -> list[Path]:
    """The files in a folder that may name the person."""
    found = []
    with suppress(OSError):
        for path in sorted(folder.rglob(f"*{ending}")):
            with suppress(OSError):
                small = path.is_file() and path.stat().st_size <= _LARGEST
                if small and forgetting.is_in(path.read_text("utf-8", "replace")):
                    found.append(path)
    return found


def _of_others(there: Directory, forgetting: Forgetting) -> Iterator[str]:
    """Where what is known of others may still name the person: a name that is an ordinary word is not taken out."""
    for person in there.people:
        fields = [
            name for name in FIELDS if person.id != forgetting.person and forgetting.stays_in(name, person.value(name))
        ]
        if fields:
            name = quoted(person.name)
            yield f"{', '.join(fields)} of {name} may be theirs, and stays; see warroom people set {person.id}."
    for row in there.lists:
        if forgetting.stays_in("label", row.label):
            yield f"the list {quoted(row.label)} may be called after them; make another one, and delete it."
    for rotation in dict.fromkeys(duty.rotation for duty in there.duties()):
        if forgetting.stays_in("rotation", rotation):
            yield f"the rotation {quoted(rotation)} may be called after them; read its calendar under another name."


def _changes(forgetting: Forgetting, entry: Entry, data: str) -> bool:
    return forgetting.rewritten(entry.kind, entry.text, data) is not None


def _entries(count: int) -> str:
    return counted(count, "entry", "entries")
