"""Composing on the incident screen: opening on the message that is due, copying it, marking it as sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events, on, work

from warroom import actions
from warroom.messages.templates import TO
from warroom.model import times
from warroom.model.entries import Entry
from warroom.screens.incident_base import IncidentBase
from warroom.screens.pick import PickScreen
from warroom.store.errors import StoreError
from warroom.text.cleaning import clean_line
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import LogLine

if TYPE_CHECKING:
    from warroom import wording
    from warroom.messages.compose import Composed
    from warroom.session import Session
    from warroom.widgets.composer import Composer
    from warroom.workspace import Workspace

PICKED = "progress"
"""The field that picked log entries go into."""
_WORTH_TELLING = ("note", "action", "decision", "severity", "resolved", "fact", "role")


class Composing(IncidentBase):
    """What the incident screen does with messages.

    The composer, its text areas and the wording rules are imported when first used: the first picture needs none.
    """

    _form: str = "plain"
    _composed: Composed | None = None
    _warm = False
    _hinted = False
    _dismissed: frozenset[str] = frozenset()
    _findings: tuple[wording.Finding, ...] = ()

    def __init__(self, workspace: Workspace, session: Session) -> None:
        super().__init__(workspace, session)
        self._drafts: dict[str, dict[str, str]] = {}
        self._news: dict[str, Entry] = {}
        self._picked: dict[str, str] = {}
        self._offered: dict[str, str] = {}
        """What the fields were filled in with when the composer was opened."""

    def on_mount(self) -> None:
        self.call_after_refresh(self.prepare_composer)

    def prepare_composer(self) -> None:
        """Put the composer in place, out of sight, once the first picture is drawn: opening it is then quick."""
        from warroom.widgets.composer import Composer

        self.query_one("#right").mount(Composer(id="composer"))
        self.warm_up()

    @work(thread=True)
    def warm_up(self) -> None:
        """Load off the screen's own thread what the first message will need."""
        from warroom import wording
        from warroom.messages.sandbox import TemplateError

        try:
            assert self.workspace.kinds
            wording.check(wording.Words("update", body="Status: looking into it"), self.workspace.rules)
            wording.hint("looking into it", self.workspace.rules)
            self._warm = True
        except (TemplateError, wording.WordingError, OSError) as error:
            self.app.call_from_thread(self.say, str(error), failed=True)

    @property
    def composer(self) -> Composer:
        """The composer, which is in place once the first picture is drawn."""
        return cast("Composer", self.query_one("#composer"))

    @property
    def composing(self) -> bool:
        """Whether a message is on the screen."""
        return self.has_class("-composing")

    def adopt(self, session: Session) -> None:
        if self.composing:
            self.compose_leave()
        self._drafts = {}
        super().adopt(session)

    def go(self, pane: str) -> None:
        super().go("timeline" if pane == "composer" and not self.composing else pane)

    def focus_pane(self, pane: str) -> None:
        if pane == "composer":
            self.composer.start()
        else:
            super().focus_pane(pane)

    def offer_keys(self) -> None:
        if self.pane == "composer" and not self.line.words.has_focus:
            keys = actions.EDITING if self.composer.editing else actions.footer("compose")
            self.query_one(KeyBar).show(keys)
        else:
            super().offer_keys()

    @on(events.DescendantFocus)
    def _into_composer(self, event: events.DescendantFocus) -> None:
        if self.composing and self.composer in event.widget.ancestors:
            self.to_front("composer")
            self.offer_keys()

    def keep_words(self) -> None:
        super().keep_words()
        if self.composing and self._composed is not None:
            self.keep_draft_now()

    # Opening

    def action_update(self) -> None:
        self.open_composer(self.session.snapshot().due_message)

    def action_message(self) -> None:
        rows = [
            Choice(kind.id, kind.label + (" (yours)" if kind.own else ""), kind.when)
            for kind in self.workspace.kinds.values()
        ]
        self.app.push_screen(PickScreen("Which message", rows), self.open_composer)

    def open_composer(self, id: str | None = "") -> None:
        """Open the composer on a kind of message, filled in from what is known or from the draft that was left."""
        from warroom.messages.fields import prefill

        if id is None:
            return
        if not any(composer.is_mounted for composer in self.query("#composer")):
            self.set_timer(0.02, lambda: self.open_composer(id))  # the first picture was only just drawn
            return
        kind = self.workspace.kinds.get(id) or next(iter(self.workspace.kinds.values()))
        draft = self._draft_of(kind.id)
        fresh = prefill(kind, self.session.snapshot(), author=self.workspace.author)
        self._form = self._kept_form(kind.id)
        self._dismissed = frozenset()
        self._picked = {}
        self._offered = {**fresh, TO: self._compose_with(kind.id, fresh).to}
        self.mark({"-composing": True})
        values = {**self._offered, **draft}
        self.composer.open(kind.id, kind.fields, values, values[TO])
        self._offer_picks(kind.id, values.get(PICKED, "").split("\n"))
        self.refresh_message()
        self.go("composer")
        if kind.problem:
            self.say(f"Your own template is not used: {kind.problem}", failed=True)

    def _draft_of(self, kind: str) -> dict[str, str]:
        if kind not in self._drafts:
            found = None
            try:
                found = self.workspace.remembered(f"message:{self.session.incident.id}:{kind}", dict[str, str])
            except StoreError as error:
                self.say(str(error), failed=True)
            self._drafts[kind] = found or {}
        return self._drafts[kind]

    def _kept_form(self, kind: str) -> str:
        from warroom.messages.forms import FORMS

        try:
            kept = self.workspace.remembered(f"form:{kind}", str)
        except StoreError:
            kept = None  # an unreadable file is told of by the next beat; the message opens all the same
        return kept if kept in FORMS else "plain"

    def _offer_picks(self, kind: str, taken: list[str]) -> None:
        """What was logged since the last message to stakeholders, newest last; `taken` stands in the draft already."""
        fields = self.workspace.kinds[kind].fields
        sent = self.session.incident.sent(self.workspace.playbook.clocks.update.answered_by)
        if not sent or not any(field.id == PICKED for field in fields):
            self.composer.offer("", [])
            return
        last = sent[-1].entry
        try:
            found = self.workspace.journal.since(last.seq, self.session.incident.id)[-100:]
        except StoreError as error:
            self.say(str(error), failed=True)
            found = []
        news = [
            entry for entry in found if entry.kind in _WORTH_TELLING and entry.key not in self.session.incident.replaced
        ]
        self._news = {entry.key: entry for entry in news}
        self._picked = {entry.key: line for entry in news if (line := clean_line(entry.text)) in taken}
        rows = [self._pick_row(entry, picked=entry.key in self._picked) for entry in news]
        self.composer.offer(f"Logged since {times.clock_zone(last.at, self.workspace.tz)} · space picks", rows)

    def _pick_row(self, entry: Entry, *, picked: bool = False) -> Choice:
        mark = "✓" if picked else "·"
        return Choice(entry.key, f"{mark} {clean_line(entry.text)}", times.clock(entry.at, self.workspace.tz))

    # Staying in one's lane

    @on(LogLine.Typed)
    def _typed(self, event: LogLine.Typed) -> None:
        self.hint_at(event.text)

    def hint_at(self, text: str) -> None:
        """Hint, once, at words that debug, press or decide technical matters; never in the way of them."""
        if self._hinted or not self.workspace.playbook.lane_hints or not self._warm:
            return
        from warroom import wording

        found = wording.hint(text, self.workspace.rules)
        if found is not None:
            self._hinted = True
            self.say(f"“{found.words}”: {found.why}", mark="▸")

    # While composing

    def refresh_message(self) -> None:
        """Show how the message reads with what stands in the fields now."""
        composer = self.composer
        values = composer.values()
        composed = self._composed = self._compose_with(composer.kind, values)
        from warroom import wording
        from warroom.messages.compose import placeholder, words_to_check

        notes = [composed.problem] if composed.problem else []
        if composed.missing:
            notes.append("Still missing: " + ", ".join(field.label for field in composed.missing))
        try:
            to_check = words_to_check(composed, values, self.session.snapshot())
            self._findings = wording.check(to_check, self.workspace.rules, self._dismissed)
        except (wording.WordingError, OSError) as error:
            self._findings = ()
            notes.append(f"Words are not checked: {error}")
        empty = {placeholder(field) for field in composed.missing}
        self._findings = tuple(one for one in self._findings if one.words not in empty)
        notes += [f"⚠ “{one.words}”: {one.why}" if one.words else f"⚠ {one.why}" for one in self._findings]
        kind = composed.kind
        number = f" #{composed.number}" if kind.counts else ""
        own = " · your template" if kind.own else ""
        title = f"Compose · {kind.label}{number} · {composed.form}{own}"
        composer.show(composed, title, composed.spans(self._findings), notes)

    def _compose_with(self, kind: str, values: dict[str, str]) -> Composed:
        from warroom.messages.compose import compose

        return compose(
            self.workspace.kinds[kind],
            values,
            self.session.snapshot(),
            author=self.workspace.author,
            form=self._form,
            to=values.get(TO),
        )

    def _keep_draft(self) -> None:
        """Keep what the user changed; the rest is filled in from what is known when it is opened again."""
        kind, offered = self.composer.kind, self._offered
        words = {name: text for name, text in self.composer.values().items() if text != offered.get(name, "")}
        if words != self._drafts.get(kind):
            self.workspace.remember(f"message:{self.session.incident.id}:{kind}", words or None)
            self._drafts[kind] = words

    def on_composer_edited(self) -> None:
        self.refresh_message()
        if self._composed is not None:
            self.hint_at(self._composed.body)

    @on(Choices.Chosen, "#picks")
    def _picked_entry(self, event: Choices.Chosen) -> None:
        event.stop()
        picks = self.composer.query_one("#picks", Choices)
        key = event.choice.id
        entry = self._news[key]
        lines = [line for line in self.composer.values().get(PICKED, "").split("\n") if line.strip()]
        line = clean_line(entry.text)
        if key in self._picked:
            lines = [one for one in lines if one != self._picked[key]]
            del self._picked[key]
        else:
            lines = [one for one in lines if one != line] + [line]
            self._picked[key] = line
        self.composer.set_value(PICKED, "\n".join(lines))
        at = picks.cursor
        picks.rows[at] = self._pick_row(entry, picked=key in self._picked)
        picks.redraw()
        self.refresh_message()

    def action_edit_fields(self) -> None:
        self.composer.action_do("edit")

    def compose_leave(self) -> None:
        self.keep_draft_now()
        self.close_composer()

    def keep_draft_now(self) -> None:
        """Keep the draft before the composer turns to something else."""
        try:
            self._keep_draft()
        except StoreError as error:
            self.say(f"The draft can't be kept: {error}", failed=True)

    def close_composer(self) -> None:
        """Put the composer out of sight; its draft is kept."""
        self.mark({"-composing": False})
        self._composed = None
        self.go("timeline" if not self.has_class("-narrow") else "checklist")
