"""What becomes of a composed message: copied, shown, handed to the mail program, marked as sent."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base
from warroom.screens.read import ReadScreen


class Feature(Base):
    """The message being composed, on its way out."""

    def copy(self) -> None:
        """Copy the message; that it is out, only its sender can say."""
        composed = self.page.message.composed
        if composed is not None:
            missing = f"{len(composed.missing)} field(s) still missing. " if composed.missing else ""
            self.page.copy(composed.text, f"v shows the text. {missing}Press s once it is out.")

    async def plain(self) -> None:
        composed = self.page.message.composed
        if composed is not None:
            await self.page.show(ReadScreen("", composed.text, self.page.copy))

    def mail(self) -> None:
        from warroom.messages.forms import FormError, mailto
        from warroom.terminal.mail import open_mail

        composed = self.page.message.composed
        if composed is None:
            return
        try:
            why = open_mail(mailto(composed.rendered), self.page.workspace.env)
        except FormError as error:
            why = str(error)
        self.page.say(f"Not opened as mail: {why}" if why else "Handed to the mail program", failed=bool(why))

    def mark_sent(self) -> None:
        """Mark it as sent: the record, its promise and the clock that follows from it."""
        from warroom.messages.compose import drafts_when_sent

        page, message = self.page, self.page.message
        message.refresh()
        composed = message.composed
        if composed is None:
            return
        if not composed.ready:
            why = composed.problem or "still missing: " + ", ".join(field.label for field in composed.missing)
            page.say(f"Not marked as sent; {why}", failed=True)
            return
        promised = f"; next update promised for {page.clock(composed.promise)}" if composed.promise else ""
        drafts = drafts_when_sent(composed, page.composer.values(), page.session.snapshot())
        if page.act(*drafts, done=f"Marked as sent{promised}"):
            message.forget_draft(composed.kind.id)
            message.close()
