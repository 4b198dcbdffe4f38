"""What to do with a composed message: copy it, show it, open it in the mail program, mark it as sent."""

from __future__ import annotations

from warroom.screens.incident.page import Feature as Base
from warroom.screens.read import ReadScreen


class Feature(Base):
    """Copying and sending."""

    def copy(self) -> None:
        """Copy the message; the user marks it as sent later, because warroom can't know."""
        composed = self.page.message.composed
        if composed is not None:
            missing = f"{len(composed.missing)} field(s) still missing. " if composed.missing else ""
            self.page.copy(composed.text, f"v shows the text. {missing}Press s once you have sent it.")

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
            problem = open_mail(mailto(composed.rendered), self.page.workspace.env)
        except FormError as error:
            problem = str(error)
        self.page.say(f"Not opened as mail: {problem}" if problem else "Opened as mail", failed=bool(problem))

    def mark_sent(self) -> None:
        """Mark the message as sent, which logs it and starts the clock for the next update it promises."""
        from warroom.messages.compose import drafts_when_sent

        page, message = self.page, self.page.message
        message.refresh()
        composed = message.composed
        if composed is None:
            return
        if not composed.ready:
            reason = composed.problem or "still missing: " + ", ".join(field.label for field in composed.missing)
            page.say(f"Not marked as sent; {reason}", failed=True)
            return
        promised = f"; next update promised for {page.clock(composed.promise)}" if composed.promise else ""
        kind, values = composed.kind.id, page.composer.values()
        drafts = drafts_when_sent(composed, values, page.session.snapshot())

        def after() -> None:
            message.sent(kind, values)

        page.act(*drafts, done=f"Marked as sent{promised}", after=after, name=f"sent:{kind}")
