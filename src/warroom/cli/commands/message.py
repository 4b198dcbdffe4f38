"""`warroom message`: compose and print a message, check its wording, copy it, mark it as sent."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from warroom import places
from warroom.cli.context import Failed, Invocation, notify, on_incident, print_data, quoted, standard_input
from warroom.cli.message_kinds import find_kind
from warroom.cli.parameters import REASON, TIME
from warroom.model import acts, ids
from warroom.model.drills import DRILL
from warroom.text.cleaning import clean, clean_line
from warroom.text.files import STDIN, decoded, read_named, read_stream

if TYPE_CHECKING:
    from warroom.messages.compose import Composed
    from warroom.messages.templates import Kind
    from warroom.model.entries import Draft
    from warroom.model.snapshot import Snapshot
    from warroom.session import Session

_FORMS = ("plain", "email", "slack", "markdown", "status", "sms", "social")


class _Setting(click.ParamType[tuple[str, str]]):
    """A field and its value, as FIELD=VALUE."""

    name = "setting"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        field, equals, words = str(value).partition("=")
        if not equals:
            self.fail(f"{value!r} is not of the form FIELD=VALUE, such as impact='payment fails'", param, ctx)
        return field.strip(), clean(words)


@click.command(
    short_help="Print a message, ready to paste; copy it, mark it as sent.",
    help="Print a message, ready to paste. KIND is initial, update, resolution, customer, escalation or one of your "
    "own (see: warroom templates list). Fields start from the facts, the roles and the last message of that kind; "
    "--set fills in or changes a field. Missing fields are listed, with exit code 1; the wording checks only warn.",
    epilog="""\b
Examples:
  warroom message initial --set impact="payment fails at the last step" --set affected="about 20 %"
  warroom message update --set status="Rolling back" --set next_update=30m --for slack --copy --sent
  warroom message update --set progress="Cause found" --set progress="Rollback started"
  warroom message escalation --set why="churn" --set what_i_need="approval to refund" --set phone="+49 170"
  warroom message customer --for status --set state=identified --set impact="errors when paying"
  warroom message update --for sms --set status="Rolling back"
  warroom message update --sent --at 03:41 --text sent.txt --set next_update=04:15
""",
)
@click.argument("kind_name", metavar="KIND", required=False)
@click.option(
    "--set",
    "settings",
    type=_Setting(),
    multiple=True,
    metavar="FIELD=VALUE",
    help="Fill in a field; repeat it to add lines to a list or a text. An empty value clears the field.",
)
@click.option("--for", "goes_to", type=click.Choice(_FORMS), help="Where it goes (default: plain).")
@click.option(
    "--to",
    "recipients",
    multiple=True,
    metavar="TEXT",
    help="Who it goes to, instead of the usual audience; repeat it, or separate them by commas.",
)
@click.option("--copy", is_flag=True, help="Also copy it to the clipboard, and say where it went.")
@click.option("--sent", is_flag=True, help="Log it as sent, word for word; the clocks start from its next update.")
@click.option("--at", type=TIME, metavar="TIME", help="With --sent: when it was sent, as 03:41, 03:41Z or -20m.")
@click.option(
    "--text",
    "file",
    metavar="FILE",
    help="With --sent: log this text, written and sent elsewhere, word for word; - reads it from standard input.",
)
@click.option(
    "--because",
    type=REASON,
    metavar="REASON",
    help="Escalate without telling the commander first, and why; logged with --sent.",
)
@click.option(
    "--strict", is_flag=True, help="Stop at any wording warning: exit code 1, not copied, not marked as sent."
)
@on_incident
def command(
    to: Invocation,
    kind_name: str | None,
    settings: tuple[tuple[str, str], ...],
    goes_to: str | None,
    recipients: tuple[str, ...],
    copy: bool,
    sent: bool,
    at: int | None,
    file: str | None,
    because: str | None,
    strict: bool,
) -> None:
    """Compose one message about the incident."""
    from warroom.messages.better import better_words, fields_of_facts
    from warroom.messages.checking import findings, message_to_check
    from warroom.messages.compose import DRAFT, compose, placeholder
    from warroom.messages.fields import prefill
    from warroom.messages.hints import hints
    from warroom.messages.kept_ready import kept_ready
    from warroom.messages.sending import drafts_of_text, drafts_when_sent
    from warroom.text.sentences import unstopped

    workspace = to.workspace
    if not sent and (at is not None or file is not None):
        raise click.UsageError("--at and --text log a message as sent: add --sent")
    if file is not None and (copy or strict):
        raise click.UsageError("--text logs a message that was sent: leave out --copy and --strict")
    if kind_name is None:
        raise click.UsageError(f"Say which message: one of {', '.join(workspace.kinds)}")
    kind = find_kind(workspace, kind_name)
    if because is not None and kind.id != ids.MESSAGE_ESCALATION:
        raise click.UsageError("--because is for an escalation that goes out before the commander is told")
    typed, to_whom = _typed(kind, settings), _recipients(recipients)
    words, form = None if file is None else _read(file), goes_to or "plain"
    session = to.session(closed=not sent)
    snapshot = session.snapshot()
    if at is not None:
        snapshot = snapshot.at(at)
    if before := _sent_before(kind, snapshot):
        _warn(before)
    if words is not None:
        composed = compose(kind, typed, snapshot, author=workspace.author, form=form, to=to_whom)
        if typed.get("next_update") and composed.promise is None:
            raise Failed(composed.problem)
        drafts = [
            *_skipping(kind, snapshot, because),
            *drafts_of_text(composed, typed, snapshot, words, goes_to or "elsewhere", at),
        ]
        _log(session, drafts, composed, at)
        if session.incident.drill and DRILL not in words:
            _warn(f"the text does not say {DRILL}: tell those who got it that it is an exercise")
        return
    offered = prefill(kind, snapshot, author=workspace.author, state=typed.get("state", ""))
    values = offered | typed
    composed = compose(kind, values, snapshot, author=workspace.author, form=form, to=to_whom)
    elsewhere = [*_not_in_it(kind, typed, composed)]
    print_data(composed.text)
    for words in elsewhere:
        _warn(words)
    if not composed.own_short:  # which shows none of the fields that hints are about
        end = workspace.kinds.get(ids.MESSAGE_RESOLUTION)
        for hint in hints(kind, values, snapshot, session.playbook, typed=typed, text=composed.text, resolution=end):
            _warn(hint)
    for words in kept_ready(composed, snapshot):
        _warn(words)
    if composed.wrong_place:
        _warn(composed.wrong_place)
    if left_out := composed.left_out:
        _warn(f"left out of the To line, as they have no address: {', '.join(left_out)}")
    for words in filter(None, (composed.left_out_for_room, composed.unsaid_promise)):
        _warn(words)
    if composed.length is not None and composed.length.over:
        _warn(f"too long for {form}: {composed.length.words}")
    known = {DRAFT, *map(placeholder, composed.missing)}  # these are told by name below
    message = message_to_check(composed, values, snapshot)
    found = [one for one in findings(composed, values, snapshot, workspace.rules) if one.words not in known]
    said: set[tuple[str, str]] = set()
    for finding in found:
        where = composed.subject if finding.part == "subject" else composed.body
        sentence = unstopped(where[finding.first : finding.last]).casefold()
        if (finding.key, sentence) in said:
            continue  # the same words stand in the subject and in the text
        said.add((finding.key, sentence))
        words = f"{quoted(finding.words)} " if finding.words else ""
        _warn(f"{words}{finding.label}: {finding.why}")
        if (
            better := better_words(finding, composed.told(values), message, workspace.rules, fields_of_facts(kind))
        ) is not None:
            click.echo(f"  better: {clean_line(better.sentence)}", err=True)
    _stop_unless_ready(composed, stopped_by_words=bool(found) and strict, asked=copy or sent)
    skipping = _skipping(kind, snapshot, because) if sent else []
    if kind.id == ids.MESSAGE_ESCALATION and not sent and not snapshot.escalation.may_send:
        _warn(f"{_NOT_TOLD}; {_TELL_FIRST}")
    if copy:
        _copy(composed.text)
    if sent:
        drafts = drafts_when_sent(composed, values, snapshot, offered, at=at)
        _log(session, [*skipping, *drafts], composed, at)


def _sent_before(kind: Kind, snapshot: Snapshot) -> str:
    """Who sent a message that goes out once, and when; "" if nobody has, or if the kind goes out again and again."""
    from warroom.messages.sending import sent_meanwhile

    once = kind.id == ids.MESSAGE_INITIAL or (
        kind.id == ids.MESSAGE_RESOLUTION and snapshot.incident.resolution_announced()
    )
    before = sent_meanwhile(kind, (), snapshot) if once else ""
    return f"{before}; send this one only if others have to hear of it" if before else ""


def _log(session: Session, drafts: list[Draft], composed: Composed, at: int | None) -> None:
    """Log the drafts, of which the last is the message, and say so on stderr."""
    from warroom.messages.sending import facts_set, same_number
    from warroom.model import times
    from warroom.model.kinds.facts import in_force

    promise, twice = composed.promise, same_number(composed, session.snapshot())
    entry = session.apply(*drafts)[-1]
    when = f" at {times.clock_zone(at, session.tz)}" if at is not None else ""
    promised = f"; next update promised for {times.clock_zone(promise, session.tz)}" if promise is not None else ""
    facts = facts_set(in_force(drafts, session.incident.facts), session.playbook)
    click.echo(f"Logged as sent{when}: {clean_line(entry.text)}{facts}{promised}{twice}.", err=True)


def _read(file: str) -> str:
    """A text that was sent elsewhere, from a file or standard input (-). Raises UsageError and Mistake."""
    if not file.strip():
        raise click.UsageError("The name of the file is empty; name a file, or - for standard input")
    name = STDIN if file == "-" else file
    data = read_stream(standard_input(), name, _MOST_BYTES) if file == "-" else read_named(Path(file), _MOST_BYTES)
    text = clean(decoded(data, name))
    if not text.strip():
        raise click.UsageError("The text is empty; give the words that were sent")
    return text.strip("\n").rstrip()


_MOST_BYTES = 100_000


_NOT_TOLD = "the incident commander has not been told"
_TELL_FIRST = "log the answer first with: warroom escalate --told agrees|objects"


def _skipping(kind: Kind, snapshot: Snapshot, because: str | None) -> list[Draft]:
    """The draft for sending an escalation without step 1, telling the commander, which needs a reason."""
    if kind.id != ids.MESSAGE_ESCALATION or snapshot.escalation.may_send:
        return []
    if because is None:
        raise click.UsageError(
            f"Not logged as sent: {_NOT_TOLD}; {_TELL_FIRST}, or skip that step with --because REASON, which is logged"
        )
    return [acts.escalation.skip_commander(because, [trigger.id for trigger in snapshot.active_triggers])]


def _typed(kind: Kind, settings: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The values given with `--set`; a field with room for several lines collects them, and an empty value clears it.

    Raises UsageError for an unknown field, and for two values where there is room for one.
    """
    typed: dict[str, str] = {}
    for id, value in settings:
        field = kind.field(id)
        if field is None:
            fields = ", ".join(field.id for field in kind.fields)
            raise click.UsageError(f"The message {kind.id} has no field {id!r}; it has {fields}")
        before = typed.get(id, "")
        if before and value and before != value and field.lines == 1 and not field.bullets:
            raise click.UsageError(
                f"--set {id} is given twice, and that field is one line: give it once, with all of it"
            )
        typed[id] = f"{before}\n{value}" if before and value and before != value else value
    return typed


def _not_in_it(kind: Kind, typed: dict[str, str], composed: Composed) -> Iterator[str]:
    """What was typed for a field that this message does not have, a sentence each.

    Raises UsageError if it has that field in other forms, because then words for it would be sent nowhere.
    """
    for field in kind.fields:
        if not typed.get(field.id, "").strip() or field.counts(composed.form, composed.state):
            continue
        forms = [name for name in field.only if name in _FORMS]
        if forms and composed.form not in forms:
            where = " and ".join(forms)
            raise click.UsageError(
                f"{field.label} belongs to {where}: add --for {forms[0]}, or leave out --set {field.id}"
            )
        yield f"{field.label} is not in this message, which says {composed.state}: it is left out"


def _recipients(given: tuple[str, ...]) -> str | None:
    """The recipients given with `--to`, each once; None if it was not given. Raises UsageError if they are empty."""
    from warroom.messages.forms import each_recipient

    if not given:
        return None
    names = each_recipient(clean_line(", ".join(given)))
    if not names:
        raise click.UsageError("--to is empty; say who it goes to, or leave it out for the usual audience")
    return ", ".join(names)


def _stop_unless_ready(composed: Composed, *, stopped_by_words: bool, asked: bool) -> None:
    """Exit with 1 before anything is copied or logged, and print what is missing or wrong on stderr."""
    for field in composed.missing:
        hint = f" ({field.hint})" if field.hint else ""
        notify(f"missing: {field.label}{hint}; give it with --set {field.id}=…")
    if composed.problem:
        notify(composed.problem)
    if not composed.ready or stopped_by_words:
        what = "not ready to send" if not composed.ready else "stopped by the warnings (--strict)"
        raise Failed(what + ("; neither copied nor marked as sent" if asked else ""))


def _copy(text: str) -> None:
    from warroom.terminal import clipboard

    copied = clipboard.copy(text, env=os.environ, to_terminal=_terminal(), folder=places.outbox())
    click.echo(copied.words, err=True)


def _terminal() -> Callable[[str], None] | None:
    """A function that writes an escape sequence to stderr or stdout, whichever is a terminal; None if neither is."""
    for stream in (sys.stderr, sys.stdout):
        if stream.isatty():

            def write(sequence: str, stream: object = stream) -> None:
                click.echo(sequence, file=stream, nl=False, color=True)  # type: ignore[arg-type]

            return write
    return None


def _warn(text: str) -> None:
    click.echo(f"warning: {clean_line(text)}", err=True)
