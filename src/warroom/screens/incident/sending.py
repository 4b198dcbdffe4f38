"""What to do with a composed message: copy it, show it, open it in the mail program, mark it as sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warroom.screens.incident.page import Feature as Base
from warroom.screens.read import ReadScreen
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.messages.compose import Composed


class Feature(Base):
    """Copying and sending."""

    def copy(self) -> None:
        """Copy the message; the user marks it as sent later, because warroom can't know."""
        message, composed = self.page.message, self.page.message.composed
        if composed is not None:
            count = len(composed.missing)
            missing = f"{count} field{'s are' if count > 1 else ' is'} still missing. " if count else ""
            message.handed_over = message.composer.values()
            self.page.copy(
                composed.text, f"V shows the text. {missing}Press s once you have sent it.", failed=self._not_copied
            )

    def _not_copied(self) -> None:
        self.page.message.handed_over = {}

    async def plain(self) -> None:
        composed = self.page.message.composed
        if composed is not None:
            await self.page.show(ReadScreen("", composed.text, self.page.copy))

    def mail(self) -> None:
        from warroom.messages.forms import FormError, mailto
        from warroom.terminal.mail import open_mail

        message, composed = self.page.message, self.page.message.composed
        if composed is None:
            return
        try:
            problem = open_mail(mailto(composed.rendered), self.page.workspace.env)
        except FormError as error:
            problem = str(error)
        if not problem:
            message.handed_over = message.composer.values()
        self.page.say(f"Not opened as mail: {problem}" if problem else "Opened as mail", failed=bool(problem))

    async def mark_sent(self) -> None:
        """Mark the message as sent, which logs it and starts the clock for the next update it promises.

        A key pressed by mistake must not do that: ask first if the message was not copied, or repeats the last one.
        """
        from warroom.messages.compose import drafts_when_sent, facts_set

        page, message = self.page, self.page.message
        message.refresh()
        composed = message.composed
        if composed is None:
            return
        if not composed.ready:
            reason = composed.problem or "still missing: " + ", ".join(field.label for field in composed.missing)
            page.say(f"Not marked as sent; {reason}", failed=True)
            return
        if doubt := self._doubt(composed):
            rows = [Choice("back", "No, back to the message", about=doubt), Choice("sent", "Yes", about=doubt)]
            if await page.pick("Mark as sent anyway?", rows) != "sent":
                return
        promised = f"; next update promised for {page.clock(composed.promise)}" if composed.promise else ""
        kind, values = composed.kind.id, page.composer.values()
        drafts = drafts_when_sent(composed, values, page.session.snapshot(), message.offered)
        facts = facts_set(drafts, page.playbook)

        def after() -> None:
            message.sent(kind, values)

        page.act(*drafts, done=f"Marked as sent{facts}{promised}", after=after, name=f"sent:{kind}")

    def _doubt(self, composed: Composed) -> str:
        """Return why the message may not have been sent, or not be worth sending; empty if neither."""
        from warroom.messages.fields import repeated_message

        page, values = self.page, self.page.composer.values()
        doubts = []
        if page.message.began_in != page.incident.state:
            doubts.append(f"was begun before the incident was {page.incident.state}")
        if page.message.handed_over != values:
            doubts.append("was changed since you copied it" if page.message.handed_over else "is not copied yet")
        if last := repeated_message(composed.kind, values, page.session.snapshot()):
            doubts.append(f"says nothing new since {page.clock(last.at)}")
        if doubts and (remarks := page.message.remarks):  # which alone never keep a message back
            doubts.append(f"has {remarks} open remarks" if remarks > 1 else "has an open remark")
        return f"The message {' and '.join(doubts)}." if doubts else ""
