"""`warroom correct`: correct, take back, pin and link what is logged, and undo; what was there stays readable."""

from __future__ import annotations

import click

from warroom.cli.context import Failed, Invocation, notify, on_incident, say
from warroom.cli.lines import find, last_lines, reference
from warroom.cli.parameters import REASON, TextCommand, TimesCommand, as_typed, past_time, text_of
from warroom.model import acts, times
from warroom.model.entries import Draft
from warroom.model.kinds.corrections import KINDS
from warroom.model.kinds.times import TimeCorrected
from warroom.model.lines import line as one_line
from warroom.session import Session
from warroom.text.cleaning import clean_line
from warroom.text.counts import counted

_LINE = click.argument("line", metavar="LINE")
_BECAUSE = click.option("--because", type=REASON, metavar="REASON", help="Why it was wrong.")


@click.group(
    short_help="Correct, take back, pin or link what is logged; undo.",
    help="Correct what is logged, or take it back. The log shows how it reads now; what was there before, and when "
    "each version was written, stays in it. LINE is `last`, the number that `warroom correct lines` prints, an id from "
    "an export, or words that only this line has.",
    epilog="""\b
Examples:
  warroom correct lines
  warroom correct text last "Errors down to 8 %"
  warroom correct time 12 03:05
  warroom correct kind 12 decision --because "faster and safer"
  warroom correct retract "wrong graph" --because "that was staging"
  warroom correct link 12 2
  warroom correct undo
  warroom correct began 03:05 --because "first errors in the log"
""",
)
def command() -> None:
    """Only the commands below do anything."""


@command.command(
    help="List the last lines of the timeline, each with the number that the other commands take.",
    epilog="\b\nExamples:\n  warroom correct lines\n  warroom correct lines --limit 50\n",
)
@click.option("--limit", type=click.IntRange(1, 10_000), default=15, help="How many lines (default: 15).")
@on_incident
def lines(to: Invocation, limit: int) -> None:
    """Print the lines, the latest last."""
    session = to.session(closed=True)
    found = last_lines(session, limit)
    width = max((len(reference(session, entry)) for entry in found), default=0)
    for entry in found:
        say(f"{reference(session, entry):>{width}}  {_shown(session, entry.key)}")


@command.command(
    cls=TextCommand,
    help="Give a line other words, with a time in front also another time.",
    epilog='\b\nExamples:\n  warroom correct text last "Errors down to 8 %"\n'
    '  warroom correct text 12 "03:05 Errors down to 8 %"\n',
)
@_LINE
@click.argument("given", nargs=-1, required=True, metavar="WORDS...")
@_BECAUSE
@on_incident
def text(to: Invocation, line: str, given: tuple[str, ...], because: str | None) -> None:
    """Change the words of a line; with a time in front also when it happened, as in the console."""
    session = to.session(closed=True)
    entry = session.incident.shown(find(session, as_typed(line)))
    words_now = text_of(given, "The words are empty; to take the line back: warroom correct retract")
    try:
        at, words_now = times.split_leading_time(words_now, session.now(), session.tz, near=entry.at)
    except times.TimeError as error:
        raise click.UsageError(str(error)) from None
    _apply(session, entry.key, acts.corrections.amend(entry, words_now or entry.text, at, because or ""))


@command.command(
    cls=TimesCommand,
    help="Say when a line really happened.",
    epilog="\b\nExamples:\n  warroom correct time 12 03:05\n  warroom correct time last -20m\n",
)
@_LINE
@click.argument("time", metavar="TIME")
@_BECAUSE
@on_incident
def time(to: Invocation, line: str, time: str, because: str | None) -> None:
    """Change the time of a line; a time without a day is on the line's own."""
    session = to.session(closed=True)
    entry = session.incident.shown(find(session, as_typed(line)))
    at = past_time(as_typed(time), session.now(), session.tz, near=entry.at)
    _apply(session, entry.key, *acts.corrections.move(session.incident, entry, at, because or "", session.tz))


@command.command(
    help="Make a line a note, an action or a decision.",
    epilog='\b\nExamples:\n  warroom correct kind 12 decision --because "faster and safer"\n',
)
@_LINE
@click.argument("kind", type=click.Choice(list(KINDS)), metavar="|".join(KINDS))
@click.option("--because", type=REASON, metavar="REASON", help="The reason for a decision.")
@on_incident
def kind(to: Invocation, line: str, kind: str, because: str | None) -> None:
    """Change the kind of a line."""
    if because and kind != "decision":
        raise click.UsageError("--because gives the reason for a decision")
    session = to.session(closed=True)
    entry = session.incident.shown(find(session, line))
    _apply(session, entry.key, acts.corrections.recast(entry, kind, because or "", session.incident))


@command.command(
    help="Take a line back; it stays readable and no longer counts.",
    epilog='\b\nExamples:\n  warroom correct retract 12 --because "that was staging"\n',
)
@_LINE
@_BECAUSE
@on_incident
def retract(to: Invocation, line: str, because: str | None) -> None:
    """Take a line back."""
    session = to.session(closed=True)
    entry = session.incident.shown(find(session, line))
    say(session.apply(acts.corrections.retract(entry, because or ""))[0].text)


@command.command(
    help="Pin a line: it gets a ● in the timeline, and is in hand-over and post-mortem.",
    epilog="\b\nExamples:\n  warroom correct pin 12\n",
)
@_LINE
@on_incident
def pin(to: Invocation, line: str) -> None:
    """Pin a line."""
    session = to.session(closed=True)
    say(session.apply(acts.pins.pin(session.incident.shown(find(session, line))))[0].text)


@command.command(help="Take the pin off a line.", epilog="\b\nExamples:\n  warroom correct unpin 13\n")
@_LINE
@on_incident
def unpin(to: Invocation, line: str) -> None:
    """Take the pin off a line."""
    session = to.session(closed=True)
    say(session.apply(acts.pins.unpin(session.incident.shown(find(session, line))))[0].text)


@command.command(
    help="Link a line to the decision that it led to or carries out; DECISION is the decision's number.",
    epilog="\b\nExamples:\n  warroom correct link 12 2\n",
)
@_LINE
@click.argument("decision", type=click.IntRange(min=1))
@on_incident
def link(to: Invocation, line: str, decision: int) -> None:
    """Link a line to a decision."""
    session = to.session(closed=True)
    found = next((one for one in session.snapshot().decisions if one.number == decision), None)
    if found is None:
        rows = [f"  {one.number}  {clean_line(one.logged.text)}" for one in session.snapshot().decisions]
        there = "there are\n" + "\n".join(rows) if rows else "none is logged yet"
        raise click.UsageError(f"There is no decision {decision}; {there}")
    say(session.apply(acts.links.link(session.incident.shown(find(session, line)), found))[0].text)


@command.command(help="Take a line's link to a decision away.", epilog="\b\nExamples:\n  warroom correct unlink 13\n")
@_LINE
@on_incident
def unlink(to: Invocation, line: str) -> None:
    """Take a link away."""
    session = to.session(closed=True)
    say(session.apply(acts.links.unlink(session.incident.shown(find(session, line))))[0].text)


@command.command(
    help="Take back what you did last in this incident, and say what that was; again, what you did before that. What "
    "others did stays.",
    epilog="\b\nExamples:\n  warroom correct undo\n",
)
@click.option("--past", is_flag=True, help="Go past what can't be undone: closing, reopening, redacting.")
@on_incident
def undo(to: Invocation, past: bool) -> None:
    """Undo the last act; the import that made the incident is undone by cancelling that too."""
    session = to.session(closed=True)
    passed: set[str] = set()
    past = past and session.incident.state != "closed"  # a closed incident has to be reopened first
    while (step := session.undo_step(passed=passed)) is not None and step.obstacle and past:
        passed.add(step.entries[-1].key)
    if step is None:
        raise Failed(session.why_no_undo() or "you have done nothing in this incident that can be taken back")
    if step.obstacle:
        how = "" if session.incident.state == "closed" else "; --past goes past it, to what you did before"
        raise Failed(f"what you did last can't be undone, {step.obstacle}{how}")
    session.apply(*(step.cancels or step.drafts))
    if step.cancels:
        count = len(step.entries)
        lines = counted(count, "line")
        taken = f"Import undone: {lines} taken back, and {session.incident.id}, which it made, is cancelled"
        say(f"{taken}. warroom correct redo brings all of it back")
    else:
        say(step.done)


@command.command(help="Do again what you took back last.", epilog="\b\nExamples:\n  warroom correct redo\n")
@on_incident
def redo(to: Invocation) -> None:
    """Redo what was undone last."""
    session = to.session(closed=True)
    step = session.redo_step()
    if step is None:
        raise Failed(session.why_no_redo())
    session.apply(*step.drafts)
    say(step.done)


def _time_command(which: str, what: str, example: str) -> None:
    @command.command(
        which, cls=TimesCommand, help=f"Correct when {what}.", epilog=f"\b\nExamples:\n  warroom correct {example}\n"
    )
    @click.argument("time", metavar="TIME")
    @click.option("--because", type=REASON, metavar="REASON", help="Why the time was wrong.")
    @on_incident
    def correct_time(to: Invocation, time: str, because: str | None) -> None:
        """Correct a time, and print what it is now and how long the incident lasted."""
        session = to.session(closed=True)
        incident = session.incident
        known = {"began": incident.began, "learned": incident.learned, "resolved": incident.resolved_at}[which]
        at = past_time(as_typed(time), session.now(), session.tz, near=incident.began if known is None else known)
        (entry,) = session.apply(acts.times.correct_time(incident, which, at, because or "", session.tz))
        say(entry.text)
        length = times.span(session.incident.length(to.now()))
        say(f"Duration: {length}" + ("" if session.incident.over() else " so far"))


_time_command("began", "the incident began", 'began 03:05 --because "first errors in the log"')
_time_command("learned", "you learned of it", "learned -20m")
_time_command("resolved", "it was resolved", "resolved 03:12")


def _apply(session: Session, key: str, *drafts: Draft) -> None:
    """Log a correction, and print the line as it reads now."""
    from warroom.model.severity_words import stays

    before = session.incident.shown(session.journal.entries([key])[0])
    done = session.apply(*drafts)
    say(_shown(session, key))
    for entry in done:
        if isinstance(entry.body, TimeCorrected):
            say(entry.text)
    levels = tuple(level for _, level in session.incident.severities)
    if said := stays(before.text, session.incident.shown(session.journal.entries([key])[0]).text, levels):
        notify(said)


def _shown(session: Session, key: str) -> str:
    from warroom.model.lines import mark

    incident = session.incident
    shown = incident.shown(session.journal.entries([key])[0])
    day, today = times.day(shown.at, session.tz), times.day(session.now(), session.tz)
    dated = f"{day} " if day != today and day == times.day(shown.recorded, session.tz) else ""  # else it begins so
    number = incident.links[key].number if key in incident.links else 0
    remarks = (" · pinned" if key in incident.pinned else "") + (f" · for decision {number}" if number else "")
    return dated + one_line(shown, session.tz, incident) + mark(incident.replaced.get(key)) + remarks
