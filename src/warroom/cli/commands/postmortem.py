"""`warroom postmortem`: read and write the post-mortem, and set its state."""

from __future__ import annotations

import os
import tempfile

import click

from warroom.cli.context import (
    Failed,
    Invocation,
    command_follows,
    notify,
    on_incident,
    print_json,
    say,
    say_already,
    standard_input,
)
from warroom.cli.parameters import REASON, TextCommand, check_id, text_of
from warroom.documents.post_mortem import open_points
from warroom.model import acts, times
from warroom.model.entries import Draft
from warroom.model.incident import Refused
from warroom.model.kinds.post_mortem import DONE, DRAFT, MOST_CHARACTERS, REVIEW, WAIVED
from warroom.model.post_mortem import (
    STRUCTURED,
    PostMortem,
    SectionState,
    as_text,
    changed_sections,
    people_named,
)
from warroom.session import Session
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean, clean_line
from warroom.text.counts import counted
from warroom.wording import Rules, check_post_mortem

_STATES = {"draft": DRAFT, "review": REVIEW, "done": DONE, "waived": WAIVED}


@click.group(
    invoke_without_command=True,
    short_help="Read and write the post-mortem.",
    help="Show the state of the post-mortem and of its sections; the commands below read and write it.",
    epilog="""\b
Examples:
  warroom postmortem
  warroom postmortem show
  warroom postmortem edit root_cause
  warroom postmortem set lessons "Retries need a limit, wherever they are"
  warroom postmortem state review --by Ana
""",
)
@click.option("--json", "as_json", is_flag=True, help="For programs: every section, its versions, the timeline.")
@on_incident
def command(to: Invocation, as_json: bool) -> None:
    """Print the state of the post-mortem, unless one of the commands below is called."""
    if command_follows(as_json):
        return
    session = to.session(closed=True)
    if as_json:
        from warroom.documents.material import from_journal
        from warroom.documents.post_mortem import as_data

        print_json(as_data(from_journal(session.journal, session.snapshot(), author=session.author)))
        return
    state = session.snapshot().post_mortem
    say(f"Post-mortem of {session.incident.id}: {_state_words(state, session)}")
    for section in state.sections:
        say(f"  {section.row.id:<14} {section_words(section, session)}")


def _state_words(state: PostMortem, session: Session) -> str:
    words = state.state + (f" by {state.by}" if state.by else "") + (f": {state.because}" if state.because else "")
    if state.owed and state.due is not None:
        late = "LATE, " if session.now() > state.due else ""
        words += f"; {late}due {times.clock_zone_day(state.due, session.now(), session.tz)}"
    return words


def section_words(section: SectionState, session: Session) -> str:
    """How a section stands: written by whom and when, filled in from the log, or empty."""
    if section.row.id in STRUCTURED:
        items = len(session.snapshot().action_items)
        return "made of the log" if section.row.id == "timeline" else counted(items, "item")
    if section.others:
        names = ", ".join(dict.fromkeys(version.author for version in section.versions))
        return f"{len(section.versions)} texts side by side, by {names}: edit it to join them"
    if not section.live:
        last = section.versions[-1]
        return f"written by {last.author}, {times.clock_zone_day(last.at, session.now(), session.tz)}"
    return "filled in from the log" if section.text else "empty"


@command.command(
    help="Print the whole post-mortem, or one section.",
    epilog="\b\nExamples:\n  warroom postmortem show\n  warroom postmortem show root_cause\n",
)
@click.argument("section", required=False)
@on_incident
def show(to: Invocation, section: str | None) -> None:
    """Print the post-mortem as the plain document, or the text of one section."""
    session = to.session(closed=True)
    if section is not None:
        say(_section(session, section).whole(session.tz))
        return
    from warroom.documents.registry import DOCUMENTS

    for piece in to.workspace.document(DOCUMENTS["postmortem"], "txt", session):
        say(piece.rstrip("\n"))


@command.command(
    "set",
    cls=TextCommand,
    help="Write a section: its whole text, or - to read it from standard input.",
    epilog="""\b
Examples:
  warroom postmortem set trigger "Deploy of payment service v2.4.0"
  warroom postmortem set root_cause - < cause.txt
  warroom postmortem set impact --from-log
""",
)
@click.argument("section")
@click.argument("text", nargs=-1)
@click.option("--from-log", is_flag=True, help="Fill it in from the log again; what was written stays in the journal.")
@on_incident
def set_section(to: Invocation, section: str, text: tuple[str, ...], from_log: bool) -> None:
    """Write a section of the post-mortem, after the versions that it has now."""
    if from_log == bool(text):
        raise click.UsageError("Give the text, - to read it from standard input, or --from-log")
    typed = text_of(text, "The text is empty; to fill the section in from the log again: --from-log")
    session = to.session(closed=True)
    found = _section(session, section)
    if from_log:
        session.apply(acts.post_mortem.give_back(section, found.parents))
        say(f"{found.row.title}: filled in from the log again")
        return
    if found.others:
        notify(f"this takes the place of {len(found.versions)} texts written side by side; all stay in the journal")
    _write(session, to.workspace.rules, {section: clean(_read()) if typed == "-" else typed})


def _read() -> str:
    """Standard input as text, up to a little more than a section may have."""
    return standard_input().read(MOST_CHARACTERS * 4 + 4).decode("utf-8", "surrogateescape")


@command.command(
    help="Edit a section in your own editor ($VISUAL or $EDITOR), or all of them without a name.",
    epilog="\b\nExamples:\n  warroom postmortem edit\n  warroom postmortem edit lessons\n",
)
@click.argument("section", required=False)
@on_incident
def edit(to: Invocation, section: str | None) -> None:
    """Open the editor, and write the sections that were changed in it."""
    session = to.session(closed=True)
    sections = session.snapshot().post_mortem.sections
    before = _section(session, section).whole(session.tz) if section is not None else as_text(sections, session.tz)
    try:
        edited = click.edit(before if before.endswith("\n") else f"{before}\n", extension=".txt")
    except click.ClickException as error:
        raise Failed(f"{error.format_message()}; set $EDITOR to the editor you use") from None
    if edited is None:
        say("Nothing was changed")
        return
    edited = clean(edited)
    changed = changed_sections(edited, sections, session.tz) if section is None else {section: edited.strip("\n")}
    if section is not None and changed[section] == before.strip("\n"):
        changed = {}
    if not changed:
        say("Nothing was changed")
        return
    try:
        _write(session, to.workspace.rules, changed, {row.row.id: row.parents for row in sections})
    except (StoreError, Refused) as error:
        raise Failed(f"{str(error).rstrip('.')}; your text is in {_kept(edited)}") from None


def _kept(text: str) -> str:
    """Write a text that could not be logged to a file of its own, and return its path."""
    descriptor, name = tempfile.mkstemp(prefix="warroom-post-mortem-", suffix=".txt")
    with os.fdopen(descriptor, "wb") as file:
        file.write(text.encode("utf-8", "surrogateescape"))
    return name


def _write(
    session: Session, rules: Rules, texts: dict[str, str], parents: dict[str, tuple[str, ...]] | None = None
) -> None:
    """Log the new texts of sections, all or none, and say what to reconsider in them."""
    known = session.snapshot().post_mortem
    drafts: list[Draft] = []
    for id, words in texts.items():
        found = known.section(id)
        follows = (parents or {}).get(id, found.parents if found else ())
        drafts.append(acts.post_mortem.write_section(id, words, follows))
    session.apply(*drafts)
    people = people_named(session.incident)
    for section in session.snapshot().post_mortem.sections:
        if section.row.id not in texts:
            continue
        say(f"{section.row.title}: written")
        if section.others:
            notify(f"{section.row.title} was also written by somebody else: both texts are kept; edit it to join them")
        if section.row.blameless:
            for finding in check_post_mortem(section.text, rules, people=people, section=section.row.id):
                click.echo(f"warning: {clean_line(finding.sentence)}", err=True)


@command.command(
    help="Set the state: draft, review (--by says who reviews it), done, or waived with a reason.",
    epilog="""\b
Examples:
  warroom postmortem state review --by Ana
  warroom postmortem state done
  warroom postmortem state waived --because "a drill of the provider, nothing was broken"
""",
)
@click.argument("state", type=click.Choice(list(_STATES)))
@click.option("--by", default="", metavar="WHO", help="Who reviews it.")
@click.option("--because", type=REASON, metavar="WHY", help="Why it is waived.")
@on_incident
def state(to: Invocation, state: str, by: str, because: str | None) -> None:
    """Set the state of the post-mortem."""
    if by and state != "review":
        raise click.UsageError("--by says who reviews it: it belongs to the state review")
    if state == "waived" and not because:
        raise click.UsageError("Waiving it needs a reason, because people will ask: give it with --because")
    if because and state != "waived":
        raise click.UsageError("--because says why it is waived: it belongs to the state waived")
    session = to.session(closed=True)
    now = session.snapshot().post_mortem
    if now.at is not None and (now.state, now.by, now.because) == (_STATES[state], clean_line(by), because or ""):
        say_already(session, f"the post-mortem is {now.state}", now.at)
        return
    (entry,) = session.apply(acts.post_mortem.set_state(_STATES[state], clean_line(by), clean_line(because or "")))
    say(entry.text)
    if state == "done":
        for words in open_points(session.snapshot().post_mortem, session.incident, to.workspace.rules):
            notify(f"still {words}")


def _section(session: Session, id: str) -> SectionState:
    rows = [row for row in session.playbook.post_mortem.sections if row.id not in STRUCTURED]
    check_id("section", id, rows)
    found = session.snapshot().post_mortem.section(id)
    assert found is not None
    return found
