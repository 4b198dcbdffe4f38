"""Composing a message: filling it in from what is known, previewing it, and saving it as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from warroom.messages.field import TO
from warroom.model import ids
from warroom.screens.escalate import STEP_ONE
from warroom.screens.incident.escalation import escalate
from warroom.screens.incident.message_drafts import MessageDrafts
from warroom.screens.incident.message_notes import notes_on
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.screens.incident.picking import PICKED, Picking
from warroom.screens.incident.words import Words
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice
from warroom.widgets.message_preview import Note

if TYPE_CHECKING:
    from warroom.messages.compose import Composed
    from warroom.model.kinds.messages import MessageSent
    from warroom.model.snapshot import Snapshot
    from warroom.widgets.composer import Composer


class Feature(Base):
    """The message being composed.

    The composer, its text areas and the wording rules are imported when first used, to draw the first frame sooner.
    """

    def __init__(self, page: IncidentPage) -> None:
        super().__init__(page)
        self._incident = page.incident.id
        self.composed: Composed | None = None
        """The message as it would go out now; None while no message is being composed."""
        self._form = "plain"
        self.words = Words(page)
        self.drafts = MessageDrafts(page)
        self._picking = Picking(page)
        self._replacing: dict[str, str] = {}
        """The text that a second `N` replaces, as the user was told after the first."""
        self.offered: dict[str, str] = {}
        """The text that the fields were filled in with when the message was opened."""
        self.accepted_gaps: list[str] = []
        """The gaps with which the user copied the message all the same."""
        self.handed_over: dict[str, str] | None = None
        """What the user had typed when the message was last copied or given to the mail program; None if it was not."""
        self.copied: Composed | None = None
        """The message as it was then."""
        self.began_in = ""
        """The state of the incident when the message was opened."""
        self._known: set[str] = set()
        """The messages of its kind, by key, that were sent when it was opened or last copied."""
        self._came_from = ""
        """The pane that the user was in before the message was opened."""

    @property
    def composer(self) -> Composer:
        """The composer widget."""
        return self.page.composer

    # Opening and leaving

    async def update(self, kind: str = "") -> None:
        """Open the message that is due, or the kind given."""
        await self._open(kind or self.page.session.snapshot().due_message)

    async def message(self) -> None:
        workspace = self.page.workspace
        if self.page.refuse_if_closed():
            return
        rows = [
            Choice(kind.id, kind.label + (" (yours)" if kind.own else ""), kind.when)
            for kind in workspace.kinds.values()
        ]
        rows += [
            Choice(kind, f"{kind}: broken", "can't be used", about=str(problem))
            for kind, problem in workspace.broken_kinds.items()
        ]
        kind = await self.page.pick("Which message", rows)
        if kind in workspace.broken_kinds:
            self.page.say(str(workspace.broken_kinds[kind]), failed=True)
        elif kind is not None:
            await self._open(kind)

    async def open(self) -> None:
        """Go to the message being composed, or begin the one that is due."""
        if self.page.composing:
            self.page.go("composer")
        else:
            await self.update()

    async def other(self) -> None:
        self.save_draft()
        await self.message()

    async def _open(self, id: str) -> None:
        """Open a kind of message; for an escalation, the commander has to be told or skipped first."""
        if self.page.refuse_if_closed():
            return
        if id == ids.MESSAGE_ESCALATION and not self.page.session.snapshot().escalation.may_send:
            await escalate(self.page, STEP_ONE)
        else:
            self._show(id)

    def _show(self, id: str) -> None:
        from warroom.messages.fields import is_required, prefill
        from warroom.messages.recipients import usual_recipients
        from warroom.messages.sources import STATE

        page, workspace = self.page, self.page.workspace
        if not page.has_composer(lambda: self._show(id)):
            return
        if page.message is not self:
            return  # another incident was opened in the meantime
        kind = workspace.kinds.get(id) or next(iter(workspace.kinds.values()))
        draft = self.drafts.of(kind.id)
        snapshot = page.session.snapshot()
        state = draft.get(STATE, "")
        filled = prefill(kind, snapshot, author=workspace.author, state=state)
        self._form = self._saved_form(kind.id)
        self._replacing = {}
        page.remarks.begin(kind.id)
        self.offered = {**filled, TO: usual_recipients(kind, snapshot.incident)}
        self.handed_over, self.copied, self.began_in, self.accepted_gaps = None, None, page.incident.state, []
        self._known = self._sent_keys(kind.id)
        if not page.composing:
            self._came_from = page.pane
        page.show_composer(True)
        values = {**self.offered, **draft}
        fields = tuple(replace(field, required=is_required(field, snapshot)) for field in kind.fields)
        self.composer.open(kind.id, fields, values, values[TO], draft)
        self._picking.offer(kind, values.get(PICKED, "").split("\n"))
        self.words.read()
        self.refresh()
        page.go("composer")
        if problem := workspace.kind_problems.get(kind.id):
            page.say(str(problem), failed=True)

    def leave(self) -> None:
        self.save_draft()
        if self.drafts.unread:  # and still not: what was typed now matters more than what was saved before
            self.drafts.unread = ""
            self.save_draft()
        self.close()

    def close(self) -> None:
        """Hide the composer."""
        self.page.show_composer(False)
        self.composed = None
        self.page.go(self._came_from)

    # Drafts

    def typed(self) -> dict[str, str]:
        """Return the fields that the user changed; the others are filled in again when the message is opened again."""
        return {f: text for f, text in self.composer.values().items() if text != self.offered.get(f, "")}

    @property
    def unsaved_words(self) -> list[str]:
        """What was typed while the saved draft could not be read."""
        return list(self.typed().values()) if self.drafts.unread else []

    def forget_words(self) -> None:
        """Forget drafts as they were, and what was copied: their words were changed in the file."""
        self.drafts.forget()
        self.handed_over, self.copied = None, None
        if self.composed is None or self.page.message is not self:
            return
        self.drafts.of(self.composer.kind)
        if (kind := self.page.workspace.kinds.get(self.composer.kind)) is not None:
            self._picking.offer(kind, self.composer.values().get(PICKED, "").split("\n"))

    def save_draft(self) -> None:
        """Save what the user changed of the message being composed."""
        if self.composed is None or (self.drafts.unread and not self._read_draft()):
            return
        kind, draft = self.composer.kind, self.typed()
        if not self.drafts.is_saved(kind, draft):
            if self._join_other(kind, draft):
                draft = self.typed()
            self.drafts.save(kind, draft)

    def _join_other(self, kind: str, draft: dict[str, str]) -> bool:
        """Take over what another console has saved of this draft since; where both changed a field, keep both texts."""
        labels = {field.id: field.label for field in self.composer.fields}
        joined = {field: text for field, text in self.drafts.of_others(kind, draft).items() if field in labels}
        for field, text in joined.items():
            self.composer.set_value(field, text)
        if joined:
            self.refresh()
            names = ", ".join(labels[field] for field in joined)
            self.page.say(f"Another console changed this draft too; nothing is lost, see {names}", mark="▸")
        return bool(joined)

    def _read_draft(self) -> bool:
        """Read the draft that could not be read when the message was opened; what was typed since comes first."""
        saved = self.drafts.read_unread()
        if saved is None:
            return False
        typed = self.typed()
        for field in saved.keys() & self.composer.values().keys():
            text = saved[field]
            if field in typed and typed[field] != text:
                text = f"{typed[field]}\n{text}"
            self.composer.set_value(field, text)
        self.refresh()
        return True

    def sent(self, kind: str, typed: dict[str, str]) -> None:
        """Close a message that is marked as sent and delete its draft, unless the user has gone on to change it.

        What was typed for another form or state stays in the draft.
        """
        kept: dict[str, str] = {}
        if self.composed is not None and self.composer.kind == kind:
            if self.typed() != typed:
                return
            form = self.composer.form
            kept = {field: text for field, text in typed.items() if text.strip() and form.is_hidden(field)}
            self.close()
        self.drafts.save(kind, kept)
        self.page.remarks.forget(self._incident, kind)

    def give_back(self, sent: MessageSent) -> bool:
        """Make a draft of the words of a message that was taken back, unless there is a draft of that kind already."""
        kind = self.page.workspace.kinds.get(sent.message)
        being_typed = self.page.composing and self.composer.kind == sent.message
        if kind is None or being_typed or self.drafts.unread or self.drafts.of(kind.id):
            return False
        fields = {field.id: sent.fields[field.id] for field in kind.fields if field.id in sent.fields}
        self.drafts.save(kind.id, {**fields, TO: sent.to})
        return True

    def _saved_form(self, kind: str) -> str:
        from warroom.messages.forms import FORMS

        try:
            saved = self.page.workspace.remembered(f"form:{kind}", str)
        except StoreError:
            saved = None  # the next beat shows that the file can't be read; the message opens all the same
        return saved if saved in FORMS else "plain"

    # While composing

    def edited(self) -> None:
        """Update the preview and the hints after the text of a field has changed; other fields follow the state."""
        before = self.composed.state if self.composed is not None else ""
        self.refresh()
        if self.composed is not None and self.composed.state != before:
            self.follow()
        if self.composed is not None:
            self.words.hint(self.composed.body)

    def words_came(self) -> None:
        """Check the message that is being composed, if any, now that the words are read."""
        if self.composed is not None:
            self.refresh()

    def refresh(self) -> None:
        """Compose the message from the present text of the fields, and show it with the remarks."""
        from warroom.messages.kept_ready import kept_ready
        from warroom.messages.length import SHORT_FORMS

        composer, values = self.composer, self.composer.values()
        snapshot = self.page.session.snapshot()
        composed = self.composed = self._compose(composer.kind, values, snapshot)
        composer.form.hide(
            field.id for field in composed.kind.fields if not field.counts(composed.form, composed.state)
        )
        if composed.made_short and (field := composed.kind.own_short) is not None:
            composer.form.offer(field.id, composed.made_short)
        meanwhile = self.sent_meanwhile()
        end, typed = self.page.workspace.kinds.get(ids.MESSAGE_RESOLUTION), self.typed()
        notes = notes_on(
            composed, values, snapshot, self.page.playbook, typed=typed, resolution=end, meanwhile=meanwhile
        )
        if self.words.are_read:
            notes += self.page.remarks.check(composed, values, snapshot)
        else:
            notes.append(Note("▸ The words are checked in a moment"))
        kind, length = composed.kind, composed.length
        number = f" #{composed.number}" if kind.counts else ""
        own = " · your template" if kind.own else ""
        room = f" · {length.units} of {length.limit}" if length and composed.form in SHORT_FORMS else ""
        notes += [Note(text) for text in kept_ready(composed, snapshot)]
        title = f"Compose · {kind.label}{number} · {composed.form}{room}{own}"
        composer.show(composed, title, composed.spans(self.page.remarks.findings), notes)
        self.page.show_keys()

    def follow(self) -> None:
        """Compose it again after the incident has changed; fields that the user has not touched are filled in anew."""
        from warroom.messages.fields import prefill
        from warroom.messages.recipients import usual_recipients
        from warroom.messages.sources import STATE

        workspace = self.page.workspace
        kind, snapshot = workspace.kinds.get(self.composer.kind), self.page.session.snapshot()
        if kind is None or self.composed is None:
            return
        present = self.composer.values()
        state = present.get(STATE, "")
        filled = prefill(kind, snapshot, author=workspace.author, state=state)
        offered = {**filled, TO: usual_recipients(kind, snapshot.incident)}
        for field, text in offered.items():
            if text != self.offered.get(field) and present.get(field, "") == self.offered.get(field, ""):
                self.offered[field] = text
                self.composer.set_value(field, text)
        self.refresh()

    def hand_over(self) -> None:
        """Remember what leaves the console now, so that the log has it word for word."""
        self.handed_over, self.copied = self.typed(), self.composed
        self._known = self._sent_keys(self.composer.kind)
        self.refresh()

    def _sent_keys(self, kind: str) -> set[str]:
        return {sent.key for sent in self.page.incident.sent({kind})}

    def sent_meanwhile(self) -> str:
        """Who sent a message of this kind since this one was opened or last copied; see `sending.sent_meanwhile`."""
        from warroom.messages.sending import sent_meanwhile

        if self.composed is None:
            return ""
        return sent_meanwhile(self.composed.kind, self._known, self.page.session.snapshot())

    def as_copied(self) -> Composed | None:
        """The message as it was copied, if nothing was typed since and what it promises is still ahead."""
        copied = self.copied
        if copied is None or self.handed_over != self.typed():
            return None
        return copied if copied.promise is None or copied.promise > self.page.session.now() else None

    def as_sent_at(self, at: int) -> tuple[Composed, Snapshot]:
        """The message as it was at a time, ms UTC, and the snapshot of then: what it promises counts from there."""
        snapshot = self.page.session.snapshot().at(at)
        return self._compose(self.composer.kind, self.composer.values(), snapshot), snapshot

    def _compose(self, kind: str, values: dict[str, str], snapshot: Snapshot) -> Composed:
        from warroom.messages.compose import compose

        workspace = self.page.workspace
        return compose(
            workspace.kinds[kind],
            values,
            snapshot,
            author=workspace.author,
            form=self._form,
            to=values.get(TO),
        )

    def form(self) -> None:
        from warroom.messages.forms import FORMS

        self._form = FORMS[(FORMS.index(self._form) + 1) % len(FORMS)]
        self.page.remember(f"form:{self.composer.kind}", self._form)
        self.refresh()

    def quiet(self) -> None:
        from warroom.messages.fields import quiet_update

        page, workspace = self.page, self.page.workspace
        kind = workspace.kinds[self.composer.kind]
        values = quiet_update(kind, page.session.snapshot(), author=workspace.author)
        present = self.composer.values()
        typed = {
            id: present[id] for id in values if present.get(id, "") not in (self.offered.get(id, ""), values[id], "")
        }
        if typed and typed != self._replacing:
            labels = ", ".join(field.label for field in kind.fields if field.id in typed)
            self._replacing = typed
            page.say(f"This replaces what you typed in {labels}. Press N again to replace it", mark="?")
            return
        if typed:
            page.say("")
        for field, text in values.items():
            self.composer.set_value(field, text)
        self.refresh()

    def picks(self) -> None:
        if not self.composer.pick():
            self.page.say("Nothing was logged since the last update that this message could pick", mark="▸")

    def pick_entry(self, key: str) -> None:
        """Add a log entry to the message, or remove it again."""
        self._picking.pick(key)
        self.refresh()

    def editor(self) -> None:
        from warroom.terminal.editor import edit_outside

        area = self.composer.last_field()
        if area is None:
            return
        text, error = edit_outside(self.page.screen.app, area.text, self.page.workspace.env)
        if error:
            self.page.say(error, failed=True)
        elif text is not None:
            self.composer.set_value(area.field, text)
            self.refresh()
