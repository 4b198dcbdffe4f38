"""`warroom escalate`: show which triggers apply and which steps were taken, and log a step."""

from __future__ import annotations

import click

from warroom.cli.context import Invocation, log_and_say, notify, on_incident, say
from warroom.cli.parameters import REASON
from warroom.model import acts, ids, times
from warroom.model.entries import Draft
from warroom.model.escalation import Progress, TriggerState, escalation
from warroom.session import Session
from warroom.text.cleaning import clean_line

_APPLIES = {True: "applies", False: "no", None: "not answered"}


class _Answer(click.ParamType[tuple[str, bool]]):
    """The answer to a trigger's question, as TRIGGER=yes or TRIGGER=no."""

    name = "answer"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, bool]:
        trigger, _, answer = str(value).partition("=")
        applies = {"yes": True, "y": True, "no": False, "n": False}.get(answer.strip().lower())
        if applies is None:
            self.fail(f"{value!r} is not of the form TRIGGER=yes or TRIGGER=no, such as churn=yes", param, ctx)
        return trigger.strip(), applies


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
@click.option("--because", type=REASON, metavar="WHY", help="The commander's reason; with --told.")
@click.option("--skip", type=REASON, metavar="REASON", help="Skip step 1, for this reason.")
@click.option("--not", "declined", type=REASON, metavar="REASON", help="Decide not to escalate, for this reason.")
@click.option(
    "--answer",
    "answers",
    type=_Answer(),
    multiple=True,
    metavar="TRIGGER=yes|no",
    help="Answer whether a trigger applies.",
)
@on_incident
def command(
    to: Invocation,
    told: str | None,
    because: str | None,
    skip: str | None,
    declined: str | None,
    answers: tuple[tuple[str, bool], ...],
) -> None:
    """Log the given step, if any, and show what is next."""
    if sum(step is not None for step in (told, skip, declined)) > 1:
        raise click.UsageError("Give one of --told, --skip and --not: they are different decisions")
    if because and told is None:
        raise click.UsageError("--because gives the commander's reason: add --told agrees or --told objects")
    session = to.session(closed=not answers and all(step is None for step in (told, skip, declined)))
    drafts = [*_answers(session, answers), *_step(session, dict(answers), told, because or "", skip, declined)]
    if drafts:
        log_and_say(session, *drafts)
    state = escalation(session.incident, session.playbook, session.now(), session.tz)
    _warn_of_contradictions(state, answers)
    if not drafts:
        for row in _page(session, state):
            say(row)
        for person in to.workspace.people().leaders():
            say(f"Whom: {person}")
    say(f"Next: {_next_step(session, state)}")


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
    return [acts.escalation.answer_trigger(session.playbook, trigger, applies) for trigger, applies in answers]


def _step(
    session: Session, answers: dict[str, bool], told: str | None, because: str, skip: str | None, declined: str | None
) -> list[Draft]:
    """The given step, with the triggers that apply now, including those just answered."""
    before = escalation(session.incident, session.playbook, session.now(), session.tz).triggers
    active = [trigger.id for trigger in before if answers.get(trigger.id, trigger.applies)]
    if told is not None:
        commander = ", ".join(session.incident.holders(ids.ROLE_COMMANDER))
        return [acts.escalation.tell_commander(commander, told == "agrees", because, active)]
    if skip is not None:
        return [acts.escalation.skip_commander(skip, active)]
    if declined is not None:
        return [acts.escalation.decline_escalation(declined, active)]
    return []


def _warn_of_contradictions(state: Progress, answers: tuple[tuple[str, bool], ...]) -> None:
    """Warn if the user answered no, but the trigger applies according to the incident's facts."""
    states = {trigger.id: trigger for trigger in state.triggers}
    for id, applies in dict(answers).items():
        if not applies and states[id].applies:
            notify(f"{id} applies anyway: {states[id].why}.")


def _page(session: Session, state: Progress) -> list[str]:
    """The triggers and the steps taken, one per line."""
    rows = [_trigger(trigger) for trigger in state.triggers]
    for logged in state.steps:
        rows.append(f"{times.clock_zone(logged.at, session.tz)} {clean_line(logged.text)}")
    return rows


def _trigger(trigger: TriggerState) -> str:
    reason = trigger.why
    if trigger.applies is None:
        reason = trigger.ask and f"{trigger.ask} warroom escalate --answer {trigger.id}=yes|no"
    return clean_line(f"{_APPLIES[trigger.applies]:<12}  {trigger.text}" + (f" – {reason}" if reason else ""))


def _next_step(session: Session, state: Progress) -> str:
    """What comes next, with the command that does it."""
    commander = ", ".join(session.incident.holders(ids.ROLE_COMMANDER)) or "the incident commander"
    latest = state.latest
    if latest is not None and latest in (state.commander_told, state.commander_skipped):
        send = "send the message, short, with what you need: warroom message escalation --sent"
        if latest == state.commander_told and not state.commander_agrees:
            return f"{commander} objects; agree with them first, then {send}; or don't escalate: --not REASON"
        return send
    if session.incident.over():
        return f"nothing; it is {session.incident.outcome if session.incident.cancelled else 'resolved'}"
    if state.pending is not None:
        return (
            f"{state.pending.text}: tell {commander}, ask for agreement, and log the answer with --told agrees|objects"
        )
    if state.active:
        return "nothing; every trigger that applies has been acted on"
    return "nothing; no trigger applies"
