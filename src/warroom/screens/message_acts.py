"""What the keys do with a message: copy it, mark it as sent, show it, change its form, hand it on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warroom.model import times
from warroom.screens.composing import Composing
from warroom.screens.read import ReadScreen
from warroom.store.errors import StoreError

if TYPE_CHECKING:
    from warroom.widgets.composer import Composer


class MessageActs(Composing):
    """The acts on the message being composed; a method `compose_<id>` for every action of the catalogue's scope."""

    def on_composer_asked(self, event: Composer.Asked) -> None:
        event.stop()
        getattr(self, f"compose_{event.action}")()

    def compose_copy(self) -> None:
        """Copy the message; that it is out, only its sender can say."""
        composed = self._composed
        if composed is None:
            return
        missing = f"{len(composed.missing)} field(s) still missing. " if composed.missing else ""
        self.copy_words(composed.text, f"v shows the text. {missing}Press s once it is out.")

    def compose_mark_sent(self) -> None:
        """Mark as sent: the record, its promise and the clock that follows from it."""
        from warroom.messages.compose import sending

        self.refresh_message()
        composed = self._composed
        if composed is None:
            return
        if not composed.ready:
            why = composed.problem or "still missing: " + ", ".join(field.label for field in composed.missing)
            self.say(f"Not marked as sent; {why}", failed=True)
            return
        drafts = sending(composed, self.composer.values(), self.session.snapshot())
        promised = (
            f"; next update promised for {times.clock_zone(composed.promise, self.workspace.tz)}"
            if composed.promise
            else ""
        )
        if self.act(*drafts, done=f"Marked as sent{promised}"):
            self._drafts[composed.kind.id] = {}
            self.forget_draft(composed.kind.id)
            self.close_composer()

    def forget_draft(self, kind: str) -> None:
        """A message that went out leaves no draft behind."""
        try:
            self.workspace.remember(f"message:{self.session.incident.id}:{kind}", None)
        except StoreError as error:
            self.say(str(error), failed=True)

    def compose_plain(self) -> None:
        if self._composed is not None:
            self.app.push_screen(ReadScreen("", self._composed.text, self.copy_words))

    def compose_form(self) -> None:
        from warroom.messages.forms import FORMS

        self._form = FORMS[(FORMS.index(self._form) + 1) % len(FORMS)]
        try:
            self.workspace.remember(f"form:{self.composer.kind}", self._form)
        except StoreError as error:
            self.say(str(error), failed=True)
        self.refresh_message()

    def compose_other(self) -> None:
        self.keep_draft_now()
        self.action_message()

    def compose_quiet(self) -> None:
        from warroom.messages.fields import quiet_update

        kind = self.workspace.kinds[self.composer.kind]
        values = quiet_update(kind, self.session.snapshot(), author=self.workspace.author)
        for field, text in values.items():
            self.composer.set_value(field, text)
        self.refresh_message()

    def compose_dismiss(self) -> None:
        if self._findings:
            self._dismissed |= {self._findings[0].key}
            self.refresh_message()

    def compose_mail(self) -> None:
        from warroom.messages.forms import FormError, mailto
        from warroom.terminal.mail import open_mail

        if self._composed is None:
            return
        try:
            why = open_mail(mailto(self._composed.rendered), self.workspace.env)
        except FormError as error:
            why = str(error)
        self.say(f"Not opened as mail: {why}" if why else "Handed to the mail program", failed=bool(why))

    def compose_editor(self) -> None:
        from warroom.terminal.editor import edit_outside

        area = self.composer.last_field()
        if area is None:
            return
        text, why = edit_outside(self.app, area.text, self.workspace.env)
        if why:
            self.say(why, failed=True)
        elif text is not None:
            self.composer.set_value(area.field, text)
            self.refresh_message()
