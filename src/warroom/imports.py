"""Adding a timeline that people wrote to the journal: to a new incident or one that is there, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from warroom import there_already
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.incident import Incident, Refused, fold, refusal
from warroom.model.kinds.corrections import Retracted
from warroom.model.kinds.messages import MessageSent
from warroom.model.kinds.milestones import MilestoneSet
from warroom.model.kinds.roles import RoleAssigned
from warroom.model.kinds.severity import SeveritySet
from warroom.model.milestones import milestones
from warroom.model.playbook import Playbook
from warroom.model.undoing import put_back
from warroom.redacted_before import RedactedBefore
from warroom.text.counts import counted
from warroom.text.mistakes import Mistake
from warroom.there_already import NOTHING, known, words
from warroom.timelines import TimelineEntry, decoding, plain
from warroom.timelines.corrections import UNCHECKED, Checked
from warroom.timelines.decoding import Decoded
from warroom.timelines.drafts import (
    Key,
    began,
    drafts,
    key,
    new_lines,
    placed,
    said_too_early,
    same_words,
    severity,
    too_early,
)
from warroom.workspace import Workspace

MAX_BYTES = 20_000_000
"""The size limit for a timeline, in bytes: a hundred thousand long lines."""
MOST_ENTRIES = 100_000

_USUAL_SEVERITY = 2
"""That of an incident whose timeline gives none: it has every clock. It is said that it was assumed."""


class Added(msgspec.Struct, frozen=True):
    """The incident, how many lines were new, whether its severity was assumed, and whether it `is_new`.

    `again` is how many lines say the same at the same time as one above, and so count once. `same_words` says how many
    of the new lines it had at another time, "" if none. `back` of the lines that were added had been there and were
    undone: they are put back. `reopened` says that undoing the import had cancelled the incident. `remarks` are
    sentences about words that were redacted before, other incidents with the same title, lines from before it began.
    """

    incident: Incident
    added: int
    assumed: bool = False
    is_new: bool = False
    again: int = 0
    same_words: str = ""
    back: int = 0
    reopened: bool = False
    remarks: tuple[str, ...] = ()

    def said(self, total: int, where: str = "") -> str:
        """How many of the `total` entries were imported (`where`: into what) and how many of them were new."""
        many = counted(total, "entry", "entries")
        if self.back:
            new, there = self.added - self.back, total - self.again - self.added
            as_were = "as it was" if self.back == 1 else "as they were"
            parts = [
                *([f"{new:,} new"] if new else []),
                f"{self.back if new or there else 'all' if self.back > 1 else 'it is'} back {as_were}",
                *([f"{there:,} there already"] if there else []),
            ]
            return f"Imported {many}{where}: {', '.join(parts)}"
        if self.again and self.added == total - self.again:
            lines = counted(self.again, "line says", "lines say")
            return f"Imported {self.added:,} of {many}{where}, all new; {lines} the same as one above"
        return f"Imported {many}{where}, {'all' if self.added >= total else f'{self.added:,} of them'} new"


def decoded(data: bytes, name: str) -> Decoded:
    """The text of a timeline as it is read everywhere, and a remark on how it was decoded; `name` is the file's.

    Raises Mistake.
    """
    if len(data) > MAX_BYTES:
        raise Mistake(name, 0, f"it is longer than {MAX_BYTES // 1_000_000} MB, the limit for a timeline")
    found = decoding.decoded(data, name)
    return Decoded(plain(found.text), found.remark)


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

    Lines that were undone are put back instead of written again, and an incident that undoing its import had cancelled
    is reopened then.
    """
    journal, now = workspace.journal, workspace.now()
    start = began(entries)
    if start is None:
        raise Refused("no line has a time that is known, so nothing was imported")
    level = severity(entries)
    with journal.writing(now) as writer:  # what is there is read here too: another process may import the same now
        redacted = RedactedBefore(journal)
        marked = redacted.marked(entries, title)
        named, title = title, marked.title
        ref = ref or there_already.imported_before(journal, title, start)
        remarks = there_already.remarks(journal, title, start, marked.entries, workspace.playbook, into=ref)
        state = journal.state(ref) if ref else []
        is_new = not ref
        if is_new:
            ref = writer.new_incident_id()
            assumed = level is None
            declared = acts.lifecycle.declare_imported(title, level or _USUAL_SEVERITY, began=start, assumed=assumed)
            if workspace.drill is not None:
                declared = acts.lifecycle.as_drill(declared)
            if reason := refusal(None, declared, workspace.playbook, now):
                raise Refused(reason)
            state = [writer.append(ref, declared, author=workspace.author)]
        incident = fold(state)
        if far := "" if is_new else there_already.of_another_time(incident, entries, now, workspace.tz):
            remarks = (*remarks, far)
        before, taken_back = there = NOTHING if is_new else known(journal, ref, workspace.playbook)
        marked = redacted.marked(entries, named if is_new else "", there.all())
        entries = marked.entries
        lines = new_lines(entries, before)
        if not is_new and (early := too_early(entries, incident.began, before)):
            remarks = (*remarks, said_too_early(early, ref, incident.began))
        off = incident.cancelled
        reopened = bool(lines and off is not None and off.body.undoes)
        if off is not None and reopened and (draft := put_back(incident, off.entry, "its timeline was imported again")):
            state.append(writer.append(ref, draft, author=workspace.author))
            incident = fold(state)
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
        is_stale, back = False, set[Key]()
        for draft in new:
            undid = taken_back.get(key(draft.at, words(draft)))
            if is_stale and not (undid is not None and isinstance(undid.body, Retracted)):
                incident, is_stale = fold(state), False  # what this one is checked against
            allowed = put_back(incident, undid, "imported again") if undid is not None else None
            if allowed is not None:
                back.add(key(draft.at, words(draft)))
            allowed = allowed or _allowed(draft, incident, workspace.playbook, now)
            entry = writer.append(ref, allowed, author=workspace.author)
            if entry.body.changes_state:
                state.append(entry)
            if entry.body.leads_to or isinstance(entry.body, SeveritySet | RoleAssigned | MilestoneSet | Retracted):
                is_stale = True
        settled = tuple((at, marked.text(text)) for at, text in checked.settled)
        if any(line not in before for line in settled):
            said = acts.imports.checked(settled, checked.corrected, checked.left_out)
            writer.append(ref, said, author=workspace.author)
    return Added(
        fold(state),
        len(lines),
        assumed=is_new and level is None,
        is_new=is_new,
        again=len(entries) - len({key(at, entry.text) for entry, at in placed(entries)}),
        same_words="" if is_new else same_words([*(lines - taken_back.keys())], before),
        back=len(lines & back),
        reopened=reopened,
        remarks=(*marked.remarks, *remarks),
    )


def _allowed(draft: Draft, incident: Incident, playbook: Playbook, now: int) -> Draft:
    """The draft, or its words as a note if it can't count as what it says, such as a second end of the incident.

    Raises Refused with the reason if the words can't be logged either.
    """
    if refusal(incident, draft, playbook, now) is None:
        return draft
    called = "sent" if isinstance(draft.body, MessageSent) else draft.body.kind_label
    note = acts.log.note(draft.text, draft.at, getattr(draft.body, "by", ""), called=called)
    if reason := refusal(incident, note, playbook, now):
        raise Refused(f"“{_brief(draft.text)}” can't be imported: {reason}")
    return note


def _numbers(incident: Incident) -> dict[str, int]:
    found: dict[str, int] = {}
    for logged in incident.all(MessageSent):
        found[logged.body.message] = max(found.get(logged.body.message, 0), logged.body.number)
    return found


def _brief(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
