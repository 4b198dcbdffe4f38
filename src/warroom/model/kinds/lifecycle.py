"""The incident's life cycle: declared, renamed, resolved, closed or cancelled, reopened."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from warroom.model import ids, times
from warroom.model.drills import DRILL, marked
from warroom.model.entries import PAST, SHORT_TEXT, BaseIncident, Body, Draft, Entry, Level, Logged, Tone
from warroom.model.kinds.severity import SeveritySet, unknown_severity
from warroom.model.playbook import Playbook
from warroom.model.redoing import Redoing
from warroom.model.times import Ms
from warroom.text.cleaning import clean_line

FALSE_ALARM, DUPLICATE, MISTAKEN_IMPORT = "false alarm", "duplicate", "mistaken import"
"""Why an incident is cancelled."""


class Declared(Body, frozen=True, tag="declared"):
    """The first entry of an incident; `began` is when it started, `learned` when the user heard of it (ms UTC)."""

    may_be_retracted = False
    instead = (
        "T gives it another title, B or warroom correct began says when it began, X or warroom cancel cancels it; "
        "a drill never becomes real, nor a real incident a drill: cancel it and declare a new one"
    )
    allowed_when_closed = True
    leads_to = "open"
    tone = Tone.ALARM
    most_characters = SHORT_TEXT

    title: str
    severity: Level
    began: Ms
    learned: Ms
    detected_by: str = ""
    basis: str = ""
    """Who is affected or what is at risk, in the playbook's words, if the severity was chosen by that."""
    imported: bool = False
    """Whether nobody declared it here: a timeline was imported."""
    assumed: bool = False
    """Whether that timeline doesn't say how severe it was."""
    drill: bool = False
    """Whether it is only practised: nothing is broken. No other entry changes that."""

    @property
    def name(self) -> str:
        """Its title, marked if it is a drill."""
        return marked(self.title, drill=self.drill)

    @property
    def kind_label(self) -> str:
        return "imported" if self.imported else self.kind

    def details(self) -> tuple[str, ...]:
        return (self.basis,) if self.basis else ()

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return f"incident {incident.id} is already declared; declare a new incident instead"

    def refusal_at_start(self, playbook: Playbook, now: int) -> str | None:
        if not self.title.strip():
            return "an incident needs a title: a few words about what users see"
        if reason := unknown_severity(self.severity, playbook):
            return reason
        if max(self.began, self.learned) > now + times.MINUTE:
            return "an incident can't begin in the future"
        if self.learned < self.began:
            return "you can't have learned of it before it began; give an earlier start"
        return None

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        words = self.severity_words
        return ("detected", f"via {self.detected_by}; {words}") if self.detected_by else (self.kind_label, words)

    @property
    def severity_words(self) -> str:
        """`severity set to SEV2: Many users, degraded`, as the log says it."""
        if self.imported:
            return f"SEV{self.severity} assumed" if self.assumed else f"SEV{self.severity}, as its timeline says"
        return f"severity set to SEV{self.severity}" + (f": {self.basis}" if self.basis else "")

    def log_lines(self, entry: Entry, at: int, text: str, playbook: Playbook) -> list[tuple[int, str, str]]:
        """When it began, and when the severity was set, which is when it was declared; for a past one, nothing was."""
        if entry.recorded // times.MINUTE <= at // times.MINUTE:
            return [(at, *self.log_line(text, playbook))]
        first = ("detected", f"via {self.detected_by}") if self.detected_by else ("incident", "began")
        if entry.recorded - at >= PAST:
            return [(at, first[0], f"{first[1]}; {self.severity_words}")]
        return [(at, *first), (entry.recorded, self.kind_label, self.severity_words)]


def declare(
    title: str,
    severity: int,
    *,
    now: int,
    began: int | None = None,
    learned: int | None = None,
    detected_by: str = "",
    basis: str = "",
    drill: bool = False,
) -> Draft:
    """Declare an incident, or with `drill` a drill; `learned` defaults to now, `began` to when the user learned of it.

    `basis` is the label of the playbook's row that the severity follows from, if it was chosen by that.
    """
    learned = now if learned is None else learned
    began = min(now, learned) if began is None else began
    title = clean_line(title).strip()
    words = f"Declared {DRILL} " if drill else "Declared "
    words += f"SEV{severity}: {title}" + (f"; detected by {detected_by}" if detected_by else "")
    return Draft(Declared(title, severity, began, learned, detected_by, basis, drill=drill), words, at=began)


def as_drill(draft: Draft) -> Draft:
    """A declaration of a drill; any other draft as it is."""
    body = draft.body
    if not isinstance(body, Declared) or body.drill:
        return draft
    words = draft.text.replace("Declared ", f"Declared {DRILL} ", 1)
    return Draft(msgspec.structs.replace(body, drill=True), words, draft.at)


def declare_imported(title: str, severity: int, *, began: int, assumed: bool) -> Draft:
    """Make an incident of a timeline that is imported; `assumed` says that the severity is not in it."""
    title = clean_line(title).strip()
    words = f"Imported, SEV{severity} assumed: {title}" if assumed else f"Imported as SEV{severity}: {title}"
    return Draft(Declared(title, severity, began, began, imported=True, assumed=assumed), words, at=began)


def declared_by(entry: Entry) -> Declared | None:
    """What an entry declares; None if it is of another kind.

    A declaration that can't be read must not hide the incident: what the entry says outside of it takes its place, with
    SEV2, which has every clock.
    """
    if isinstance(entry.body, Declared):
        return entry.body
    if entry.kind != Declared.tag():
        return None
    title = clean_line(entry.text.partition(": ")[2] or entry.text)
    return Declared(f"{title} (the declaration can't be read)", 2, entry.at, entry.at)


def declaration(entries: Iterable[Entry]) -> tuple[Entry, Declared]:
    """The entry that declares the incident, and what it declares. Raises ValueError if there is none."""
    for entry in entries:
        if (declared := declared_by(entry)) is not None:
            return entry, declared
    raise ValueError("these entries declare no incident")


class Retitled(Body, frozen=True, tag="title"):
    """A new title for the incident."""

    most_characters = SHORT_TEXT

    title: str

    def fold(self, incident: BaseIncident, logged: Logged[Retitled]) -> None:
        incident.title = self.title

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        return None if self.title.strip() else "an incident needs a title"


def retitle(title: str) -> Draft:
    """Change the incident's title."""
    title = clean_line(title).strip()
    return Draft(Retitled(title), f"Title: {title}")


def severity_chosen(incident: BaseIncident) -> tuple[Logged[Body], str] | None:
    """The entry that set the present severity, and who is affected or what is at risk, if it was chosen by that."""
    last: Logged[Declared] | Logged[SeveritySet] | None = incident.last(SeveritySet)
    if last is None:
        last = incident.last(Declared)
    return (last, last.body.basis) if last is not None and last.body.basis else None


class Resolved(Redoing, frozen=True, tag="resolved"):
    """The incident is resolved: the entry's `at` is when users stopped being affected, its text says how."""

    may_be_reworded = True
    leads_to = "resolved"
    tone = Tone.GOOD
    offered_for_update = True

    by: str = ""
    """Who said so in a timeline that was imported."""

    @property
    def undo_step(self) -> str:
        return "redo" if self.again else ""

    def details(self) -> tuple[str, ...]:
        return (f"by {self.by}",) if self.by else ()

    def fold(self, incident: BaseIncident, logged: Logged[Resolved]) -> None:
        if incident.state == "open":
            incident.stage_before_end = incident.stage
        incident.state = "resolved"
        incident.resolved_at = max(logged.at, incident.began)
        incident.enter_stage(ids.STAGE_RESOLUTION, incident.resolved_at)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if incident.state in ("resolved", "cancelled"):
            return f"incident {incident.id} is already {incident.state}; reopen it first if it came back"
        # If it begins in the future, the clock it was declared by ran ahead, and no time would be right.
        if (now if draft.at is None else draft.at) < incident.began <= now:
            return "it can't be resolved before it began; check the time"
        return None

    def refusal_of_time(self, incident: BaseIncident, key: str, at: int) -> str | None:
        if at // times.MINUTE < incident.began // times.MINUTE:
            return "it can't be resolved before it began; correct when it began first"
        end = next((one for one in incident.all(Resolved) if one.key == key), None)
        if end is None:
            return None
        if any(one.order < end.order and at < one.at for one in incident.all(Reopened)):
            return "it was reopened after that time; give a later one"
        later = [one for one in (*incident.all(Reopened), *incident.all(Closed)) if one.order > end.order]
        if (then := min(later, key=lambda one: one.order, default=None)) is not None and at > then.at:
            return f"it was {then.body.kind_label} before that time; give an earlier one"
        return None

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        kind, words = _without_repeated_kind(self.kind, text)
        return kind, " – ".join(filter(None, (words, *self.details())))


def resolve(text: str = "", at: int | None = None) -> Draft:
    """Resolve the incident: the fix is in and verified."""
    return Draft(Resolved(), text.strip() or "Resolved", at)


def last_resolution(incident: BaseIncident) -> Logged[Resolved] | None:
    """The entry that resolved it; None while it is open, or if it is cancelled."""
    found, again = incident.last(Resolved), incident.last(Reopened)
    if incident.state == "cancelled":
        return None
    return found if found and (again is None or found.order > again.order) else None


class Closed(Redoing, frozen=True, tag="closed"):
    """The incident is closed: nothing is left to do, and it takes no more entries unless it is reopened.

    `cancelled` says why it never was an incident of its own: `false alarm`, `mistaken import`, or `duplicate` of the
    incident `duplicate_of`. Such an incident was not resolved, and still takes entries: whoever was told of it is told
    that it is over. A version without these fields reads it as closed. `owes` says that recovery or the post-mortem was
    still owed when it was closed: it stays owed.
    """

    may_be_retracted = False
    instead = "if it is not over, x or warroom reopen reopens it"
    leads_to = "closed"

    cancelled: str = ""
    duplicate_of: str = ""
    because: str = ""
    owes: bool = False
    undoes: bool = False
    """Whether it undoes the import that made the incident, then `together` is how many entries that act has."""
    together: int = 0

    @property
    def undo_step(self) -> str:
        return "redo" if self.again else "undo" if self.undoes else ""

    @property
    def kind_label(self) -> str:
        return "cancelled" if self.cancelled else self.kind

    @property
    def outcome(self) -> str:
        """`false alarm`, or `duplicate of k7qd3f`; empty if it was not cancelled."""
        return f"{self.cancelled} of {self.duplicate_of}" if self.duplicate_of else self.cancelled

    def fold(self, incident: BaseIncident, logged: Logged[Closed]) -> None:
        if incident.state == "open":
            incident.stage_before_end = incident.stage
        incident.state, incident.closed_at = "cancelled" if self.cancelled else "closed", logged.at
        if self.cancelled:
            incident.resolved_at = None

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if incident.state == "cancelled":
            return f"incident {incident.id} is cancelled already; reopen it first if it is not over"
        if self.cancelled:
            return self._refusal_of_cancelling(incident)
        if incident.state == "open":
            return f"incident {incident.id} is not resolved yet; resolve it before closing it"
        return None

    def _refusal_of_cancelling(self, incident: BaseIncident) -> str | None:
        if self.cancelled == DUPLICATE and self.duplicate_of in ("", incident.id):
            return "an incident can't be a duplicate of itself; say which other incident it is"
        if not self.because.strip():
            return "cancelling needs a reason, so that nobody wonders later why it was dropped"
        return None

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        if self.cancelled:
            return self.kind_label, text.removeprefix("Cancelled: ")
        return _without_repeated_kind(self.kind, text)


def close(text: str = "", *, owes: bool = False) -> Draft:
    """Close the incident; with `owes`, what recovery or the post-mortem still owes stays owed."""
    return Draft(Closed(owes=owes), text.strip() or "Closed")


def cancel(because: str, duplicate_of: str = "") -> Draft:
    """Cancel the incident, with the reason: it was a false alarm, or a duplicate of the incident with that id."""
    because = because.strip()
    body = Closed(DUPLICATE if duplicate_of else FALSE_ALARM, duplicate_of, because)
    return Draft(body, f"Cancelled: {body.outcome} – {because}")


def cancel_import(together: int) -> Draft:
    """Cancel the incident that an import made, as the last of the `together` entries that undo the import."""
    because = "the import that made this incident was undone"
    body = Closed(MISTAKEN_IMPORT, because=because, undoes=True, together=together)
    return Draft(body, f"Cancelled: {because}")


def cancellation(incident: BaseIncident) -> Logged[Closed] | None:
    """The entry that cancelled it; None unless it is cancelled now."""
    return incident.last(Closed) if incident.state == "cancelled" else None


class Reopened(Redoing, frozen=True, tag="reopened"):
    """A resolved, closed or cancelled incident that is not over after all, and why.

    `undoes` says that its end was a key pressed by mistake: then its stage and its deadlines are as they were before.
    """

    may_be_retracted = False
    instead = "x or warroom resolve resolves it again, X or warroom cancel cancels it"
    allowed_when_closed = True
    leads_to = "open"

    because: str = ""
    undoes: bool = False
    together: int = 0
    """How many entries the act of undoing has, if it is one of several."""
    of: str = ""
    """The key of the line that resolved it, if that line was taken back or turned out to say something else."""
    becomes: str = ""
    """The kind of that line then: note or action; empty if it was taken back."""

    @property
    def undo_step(self) -> str:
        return "redo" if self.again else "undo" if self.undoes and not self.of else ""

    @property
    def is_undoing(self) -> bool:
        return bool(self.of) or self.undo_step == "undo"

    def fold(self, incident: BaseIncident, logged: Logged[Reopened]) -> None:
        before = incident.stage_before_end if self.undoes else ""
        incident.state = "open"
        incident.enter_stage(before or ids.STAGE_RESPONSE, logged.at)
        incident.resolved_at = incident.closed_at = None

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if self.of and incident.state != "resolved":
            is_now = f"incident {incident.id} is {incident.state}; reopen it first if it is not over"
            return "it was reopened since then" if incident.state == "open" else is_now
        if self.of and (last := last_resolution(incident)) is not None and last.key != self.of:
            return "it was reopened since then, and resolved again by a later line"
        if self.becomes not in ("", "note", "action"):
            return "a line that resolved it can become a note or an action; log the decision with d or warroom decide"
        return f"incident {incident.id} is open" if incident.state == "open" else None

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return _without_repeated_kind(self.kind, text.removeprefix("Reopened: "))


def reopen(because: str = "", *, undoes: bool = False, together: int = 0) -> Draft:
    """Reopen a resolved, closed or cancelled incident; with `undoes`, as if it had never ended."""
    because = because.strip()
    body = Reopened(because, undoes, together if together > 1 else 0)
    return Draft(body, f"Reopened: {because}" if because else "Reopened")


def _without_repeated_kind(kind: str, text: str) -> tuple[str, str]:
    """Kind and text of a line of the log; no text if it only repeats the kind."""
    return kind, "" if text.lower() == kind else text
