"""`warroom escalate`: which triggers apply, which steps were taken, and each step as it is taken, logged."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, complain, invocation, say
from warroom.model import acts, ids, times
from warroom.model.entries import Draft
from warroom.model.escalation import Progress, TriggerState, escalation
from warroom.model.lines import line
from warroom.session import Session
from warroom.text.cleaning import clean, clean_line

_APPLIES = {True: "applies", False: "no", None: "not answered"}


class _Answer(click.ParamType[tuple[str, bool]]):
    """One trigger with what is known of it, as TRIGGER=yes or TRIGGER=no."""

    name = "answer"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, bool]:
        trigger, _, answer = str(value).partition("=")
        holds = {"yes": True, "y": True, "no": False, "n": False}.get(answer.strip().lower())
        if holds is None:
            self.fail(f"{value!r} is not of the form TRIGGER=yes or TRIGGER=no, such as churn=yes", param, ctx)
        return trigger.strip(), holds


@click.command(
    short_help="See which escalation triggers apply; log each step.",
    help="Show which triggers apply, which steps were taken and what is next; with an option, log a step. Step 1 is to "
    "tell the incident commander and ask for agreement, step 2 is the message (see: warroom message escalation). "
    "Skipping step 1, and not escalating, need a reason.",
    epilog="""\b
Examples:
  warroom escalate
  warroom escalate --answer churn=yes --answer exposure=no
  warroom escalate --told agrees
  warroom escalate --told objects --because "the fix is minutes away"
  warroom escalate --skip "the commander can't be reached, and data is being lost"
  warroom escalate --not "two small customers, and they know"
""",
)
@click.option("--told", type=click.Choice(["agrees", "objects"]), help="The commander was told, and agrees or objects.")
@click.option("--because", default="", metavar="WHY", help="The commander's reason; with --told.")
@click.option("--skip", metavar="REASON", help="Skip step 1, for this reason.")
@click.option("--not", "declined", metavar="REASON", help="Decide not to escalate, for this reason.")
@click.option(
    "--answer",
    "answers",
    type=_Answer(),
    multiple=True,
    metavar="TRIGGER=yes|no",
    help="Answer whether a trigger applies.",
)
@invocation
def command(
    to: Invocation,
    told: str | None,
    because: str,
    skip: str | None,
    declined: str | None,
    answers: tuple[tuple[str, bool], ...],
) -> None:
    """Log the step taken, if any, and show what is next."""
    if sum(step is not None for step in (told, skip, declined)) > 1:
        raise click.UsageError("Give one of --told, --skip and --not: they are different decisions")
    if because and told is None:
        raise click.UsageError("--because gives the commander's reason: add --told agrees or --told objects")
    session = to.session()
    drafts = [*_answers(session, answers), *_step(session, dict(answers), told, clean(because), skip, declined)]
    if drafts:
        for entry in session.apply(*drafts):
            say(line(entry, session.tz))
    state = escalation(session.incident, session.playbook, session.now(), session.tz)
    _contradicted(state, answers)
    if not drafts:
        for words in _page(session, state):
            say(words)
    say(f"Next: {_following(session, state)}")


def _answers(session: Session, answers: tuple[tuple[str, bool], ...]) -> list[Draft]:
    asked = [row.id for row in session.playbook.triggers if row.ask]
    known = [row.id for row in session.playbook.triggers]
    for trigger, _ in answers:
        if trigger not in known:
            raise click.UsageError(f"There is no trigger {trigger!r}; those to answer are {', '.join(asked)}")
        if trigger not in asked:
            raise click.UsageError(
                f"Whether {trigger} applies follows from the severity, the time and the facts; set the fact instead"
            )
    return [acts.escalation.answer_trigger(session.playbook, trigger, holds) for trigger, holds in answers]


def _step(
    session: Session, answers: dict[str, bool], told: str | None, because: str, skip: str | None, declined: str | None
) -> list[Draft]:
    """The step asked for, with the triggers that apply now, those just answered among them."""
    before = escalation(session.incident, session.playbook, session.now(), session.tz).triggers
    holding = [one.id for one in before if answers.get(one.id, one.holds)]
    if told is not None:
        commander = ", ".join(session.incident.holders(ids.ROLE_COMMANDER))
        return [acts.escalation.tell_commander(commander, told == "agrees", because, holding)]
    if skip is not None:
        return [acts.escalation.skip_commander(clean(skip), holding)]
    if declined is not None:
        return [acts.escalation.decline_escalation(clean(declined), holding)]
    return []


def _contradicted(state: Progress, answers: tuple[tuple[str, bool], ...]) -> None:
    """Say so where an answer of no contradicts what is known."""
    states = {one.id: one for one in state.triggers}
    for trigger, holds in dict(answers).items():
        if not holds and states[trigger].holds:
            complain(f"{trigger} applies anyway: {states[trigger].why}.")


def _page(session: Session, state: Progress) -> list[str]:
    """The triggers and the steps taken, one to a line."""
    rows = [_trigger(one) for one in state.triggers]
    for logged in state.steps:
        rows.append(f"{times.clock_zone(logged.at, session.tz)} {clean_line(logged.text)}")
    return rows


def _trigger(one: TriggerState) -> str:
    reason = one.why if one.holds is not None else one.ask and f"{one.ask} warroom escalate --answer {one.id}=yes|no"
    return clean_line(f"{_APPLIES[one.holds]:<12}  {one.text}" + (f" – {reason}" if reason else ""))


def _following(session: Session, state: Progress) -> str:
    """What comes next, with the command that does it."""
    commander = ", ".join(session.incident.holders(ids.ROLE_COMMANDER)) or "the incident commander"
    latest = state.latest
    if latest is not None and latest in (state.told, state.skipped):
        send = "send the message, short, with what you need: warroom message escalation --sent"
        if latest == state.told and not state.agrees:
            return f"{commander} objects; settle it between you, then {send}; or decide against it with --not REASON"
        return send
    if session.incident.over():
        return "nothing; it is resolved"
    if state.pending is not None:
        return (
            f"{state.pending.text}: tell {commander}, ask for agreement, and log the answer with --told agrees|objects"
        )
    if state.holding:
        return "nothing; every trigger that applies has been acted on"
    return "nothing; no trigger applies"
