"""Adding a timeline that people wrote to the journal: to a new incident or one that is there, all of it or nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from warroom.model import acts, times
from warroom.model.entries import Draft, Entry
from warroom.model.incident import Incident, Refused, fold, refusal
from warroom.model.kinds.imports import TimelineChecked
from warroom.model.kinds.lifecycle import SeveritySet
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.kinds.redaction import Redacted
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.milestones import milestones
from warroom.model.playbook import Playbook
from warroom.model.redaction import mark
from warroom.model.undoing import undone
from warroom.store.journal import Journal
from warroom.text import files
from warroom.text.mistakes import Mistake
from warroom.timelines import TimelineEntry, plain
from warroom.timelines.corrections import UNCHECKED, Checked
from warroom.timelines.drafts import Key, Known, began, drafts, key, new_lines, placed, severity
from warroom.workspace import Workspace

MAX_BYTES = 20_000_000
"""The size limit for a timeline, in bytes: a hundred thousand long lines."""
MOST_ENTRIES = 100_000

_USUAL_SEVERITY = 2
"""That of an incident whose timeline gives none: it has every clock. It is said that it was assumed."""
_PAGE = 5_000


class Added(msgspec.Struct, frozen=True):
    """The incident, how many lines were new, whether its severity was assumed, and whether it `is_new`.

    `again` is how many lines say the same at the same time as one above, and so count once. `same_words` says how many
    of the new lines it had at another time, "" if none. `namesakes` are the references of other incidents with the
    title of a new one.
    """

    incident: Incident
    added: int
    assumed: bool = False
    is_new: bool = False
    again: int = 0
    same_words: str = ""
    namesakes: tuple[str, ...] = ()

    def said(self, total: int, where: str = "") -> str:
        """How many of the `total` entries were imported (`where`: into what) and how many of them were new."""
        many = f"{total:,} {'entry' if total == 1 else 'entries'}"
        if self.again and self.added == total - self.again:
            lines = "1 line says" if self.again == 1 else f"{self.again:,} lines say"
            return f"Imported {self.added:,} of {many}{where}, all new; {lines} the same as one above"
        return f"Imported {many}{where}, {'all' if self.added >= total else f'{self.added:,} of them'} new"


def decoded(data: bytes, name: str) -> str:
    """The text of a timeline in UTF-8, or in UTF-16 with its mark, as it is read everywhere; `name` is the file's.

    Raises Mistake.
    """
    no_text = Mistake(name, 0, "this is not text; expected a timeline, such as a list of times and what happened")
    if len(data) > MAX_BYTES:
        raise Mistake(name, 0, f"it is longer than {MAX_BYTES // 1_000_000} MB, the limit for a timeline")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return plain(data.decode("utf-16"))
        except UnicodeDecodeError:
            raise no_text from None
    if b"\0" in data:
        raise no_text
    return plain(files.decoded(data, name))


def known(journal: Journal, ref: str) -> Known:
    """What tells the entries that an incident has, each as it was first written, or read in a timeline.

    What was undone, such as a whole import, is not known; a line that was taken back by hand is. Raises StoreError.
    """
    found: set[Key] = set()
    marks: set[str] = set()
    offset = 0
    gone = undone(journal.state(ref))
    while page := journal.timeline(ref, offset, _PAGE):
        for entry in page:
            if entry.key in gone:
                continue
            if isinstance(entry.body, TimelineChecked):
                found.update((at, text) for at, text in entry.body.settled)
            else:
                found.add(key(entry.at, _words(entry)))
            if isinstance(entry.body, Redacted):
                marks.add(mark(entry.body.because))
        offset += len(page)
    return Known(found, marks)


def add(
    workspace: Workspace,
    entries: Sequence[TimelineEntry],
    *,
    ref: str = "",
    title: str = "",
    checked: Checked = UNCHECKED,
    ended: int | None = None,
) -> Added:
    """Add what is new of a timeline to the incident `ref`, or to a new one with that `title`.

    A timeline that was imported under this title already is added to that incident; what was `checked` before is known
    when it comes again. `ended` says when it was over (ms UTC), if no line does. Raises Refused with the reason, or
    StoreError; in both cases nothing was written.
    """
    journal, now = workspace.journal, workspace.now()
    start = began(entries)
    if start is None:
        raise Refused("no line has a time that is known, so nothing was imported")
    ref = ref or _imported_before(journal, title, start)
    level = severity(entries)
    with journal.writing(now) as writer:
        state = journal.state(ref) if ref else []
        is_new = not ref
        if is_new:
            ref = writer.new_incident_id()
            declared = acts.lifecycle.declare(title, level or _USUAL_SEVERITY, now=now, began=start, learned=start)
            if reason := refusal(None, declared, workspace.playbook, now):
                raise Refused(reason)
            state = [writer.append(ref, declared, author=workspace.author)]
        incident = fold(state)
        before = known(journal, ref)
        new = drafts(
            entries,
            began_at=incident.began,
            level=incident.severity,
            is_open=incident.state == "open",
            known=before,
            roles={row.id for row in workspace.playbook.roles},
            sent=_numbers(incident),
            reached=() if is_new else {one.id for one in milestones(incident) if one.at is not None},
            ended=ended,
        )
        if ended is not None and (
            reason := refusal(incident, acts.lifecycle.resolve("", ended), workspace.playbook, now)
        ):
            raise Refused(reason)
        for draft in new:
            entry = writer.append(ref, _allowed(draft, incident, workspace.playbook, now), author=workspace.author)
            if entry.body.changes_state:
                state.append(entry)
            if entry.body.leads_to or isinstance(entry.body, SeveritySet | RoleAssigned | MilestoneSet):
                incident = fold(state)  # what the next ones are checked against
        if any(line not in before for line in checked.settled):
            said = acts.imports.checked(checked.settled, checked.corrected, checked.left_out)
            writer.append(ref, said, author=workspace.author)
    lines = new_lines(entries, before)
    return Added(
        fold(state),
        len(lines),
        assumed=is_new and level is None,
        is_new=is_new,
        again=len(entries) - len({key(at, entry.text) for entry, at in placed(entries)}),
        same_words="" if is_new else same_words(lines, before),
        namesakes=_namesakes(journal, ref) if is_new else (),
    )


def same_words(new: Collection[Key], known: Known) -> str:
    """How many lines are there already with the same words at another time, such as in another zone; "" if none."""
    there: dict[str, list[int]] = {}
    for at, text in known.keys:
        if at is not None:
            there.setdefault(text, []).append(at)
    shifts = Counter(
        min((other - at for other in there[text]), key=abs) for at, text in new if at is not None and text in there
    )
    count = sum(shifts.values())
    if not count:
        return ""
    lines = "1 line has" if count == 1 else f"{count:,} lines have"
    ((shift, most),) = shifts.most_common(1)
    if most < count:
        return f"{lines} the same words at another time"
    return f"{lines} the same words {times.span(abs(shift))} {'earlier' if shift < 0 else 'later'}"


def _namesakes(journal: Journal, ref: str) -> tuple[str, ...]:
    """The other incidents with the title of the incident `ref`."""
    titles = {life.incident: life.declaration.title.casefold() for life in journal.lifecycles()}
    return tuple(name for name, title in titles.items() if name != ref and title == titles[ref])


def _allowed(draft: Draft, incident: Incident, playbook: Playbook, now: int) -> Draft:
    """The draft, or its words as a note if it can't count as what it says, such as a second end of the incident.

    Raises Refused with the reason if the words can't be logged either.
    """
    if refusal(incident, draft, playbook, now) is None:
        return draft
    called = "sent" if isinstance(draft.body, MessageSent) else draft.body.kind_label
    note = acts.log.note(draft.text, draft.at, called=called)
    if reason := refusal(incident, note, playbook, now):
        raise Refused(f"“{_brief(draft.text)}” can't be imported: {reason}")
    return note


def _imported_before(journal: Journal, title: str, start: int) -> str:
    """The incident with the same title that began in the same minute; "" if there is none."""
    words = " ".join(title.split())
    for life in journal.lifecycles():
        if life.declaration.title == words and life.declaration.began // times.MINUTE == start // times.MINUTE:
            cancelled = fold(journal.state(life.incident)).cancelled
            if cancelled is None or not cancelled.body.undoes:  # else its import was undone: it is imported anew
                return life.incident
    return ""


def _words(entry: Entry) -> str:
    because = getattr(entry.body, "because", "") if entry.kind == "decision" else ""
    return f"{entry.text} because {because}" if because else entry.text


def _numbers(incident: Incident) -> dict[str, int]:
    found: dict[str, int] = {}
    for logged in incident.all(MessageSent):
        found[logged.body.message] = max(found.get(logged.body.message, 0), logged.body.number)
    return found


def _brief(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
