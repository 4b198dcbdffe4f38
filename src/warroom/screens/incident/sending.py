"""What to do with a composed message: copy it, show it, open it in the mail program, mark it as sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from warroom.model import ids
from warroom.screens.incident.page import Feature as Base
from warroom.screens.read import ReadScreen
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.messages.compose import Composed
    from warroom.model.snapshot import Snapshot


class Feature(Base):
    """Copying and sending."""

    async def copy(self) -> None:
        """Copy the message; the user marks it as sent later, because warroom can't know.

        A text with gaps is copied only once the user has seen which there are and says so.
        """
        message = self.page.message
        message.refresh()
        composed = message.composed
        if composed is None or not await self._may_leave(composed, "Copy it"):
            return
        message.hand_over()
        gaps = f"It still has gaps: {', '.join(composed.gaps)}. " if composed.gaps else ""
        self.page.copy(
            composed.text, f"V shows the text. {gaps}Press s once you have sent it.", failed=self._not_copied
        )

    async def _may_leave(self, composed: Composed, act: str) -> bool:
        """Whether the message may leave, as with `act`: asked if it has gaps, or if somebody else sent one meanwhile.

        Not of an update: the next one follows the last, and the preview names who sent that.
        """
        kind, meanwhile = composed.kind, self.page.message.sent_meanwhile()
        if meanwhile and (kind.id == ids.MESSAGE_INITIAL or not kind.counts):
            about = f"{meanwhile}, while you had this one open."
            rows = [Choice("back", "No, back to the message", about=about), Choice("yes", "Yes", about=about)]
            if await self.page.pick(f"{act} all the same?", rows) != "yes":
                return False
        return await self._with_gaps(composed, f"{act} with its gaps?")

    async def _with_gaps(self, composed: Composed, question: str) -> bool:
        """Whether the message may leave with the gaps it has; asked once for the same gaps."""
        message = self.page.message
        if set(composed.gaps) <= set(message.accepted_gaps):
            return True
        about = f"The text still says {', '.join(composed.gaps)}."
        rows = [
            Choice("back", "No, back to the message", about=about),
            Choice("yes", "Yes, with the gaps", about=about),
        ]
        if await self.page.pick(question, rows) != "yes":
            return False
        message.accepted_gaps = composed.gaps
        return True

    def _not_copied(self) -> None:
        self.page.message.handed_over = self.page.message.copied = None

    async def plain(self) -> None:
        self.page.message.refresh()
        composed = self.page.message.composed
        asked: list[str] = []
        if composed is not None:
            await self.page.show(ReadScreen("", composed.text, asked.append))
        if asked:
            await self.copy()

    async def mail(self) -> None:
        from warroom.messages.forms import FormError, mailto
        from warroom.terminal.mail import open_mail

        message = self.page.message
        message.refresh()
        composed = message.composed
        if composed is None or not await self._may_leave(composed, "Open it as mail"):
            return
        try:
            problem = open_mail(mailto(composed.rendered), self.page.workspace.env)
        except FormError as error:
            problem = str(error)
        if not problem:
            message.hand_over()
        self.page.say(f"Not opened as mail: {problem}" if problem else "Opened as mail", failed=bool(problem))

    async def mark_sent(self) -> None:
        """Mark the message as sent, which logs it and starts the clock for the next update it promises.

        A key pressed by mistake must not do that: ask first if the message was not copied, or repeats the last one.
        """
        page, message = self.page, self.page.message
        message.refresh()
        composed = message.composed
        if composed is None or not self._ready(composed):
            return
        composed = message.as_copied() or composed
        if doubt := self._doubt(composed):
            rows = [Choice("back", "No, back to the message", about=doubt), Choice("sent", "Yes", about=doubt)]
            before = {sent.key for sent in page.incident.messages}
            if await page.pick("Mark as sent anyway?", rows) != "sent":
                return
            meanwhile = [sent for sent in page.incident.sent({composed.kind.id}) if sent.key not in before]
            if meanwhile:
                last = meanwhile[-1].entry
                page.say(
                    f"Not logged: {last.author} marked it as sent at {page.clock(last.at)} while you were asked",
                    failed=True,
                )
                return
        self._log_sent(composed, page.session.snapshot())

    async def sent_earlier(self) -> None:
        """Mark the message as sent at a time that has passed; what it promises counts from then.

        If another console has sent one meanwhile, that is said, and only enter pressed again logs this one as well.
        """
        page, message = self.page, self.page.message
        if message.composed is None or not self._ready(message.composed):
            return
        told = ""

        def take(answer: str) -> bool:
            nonlocal told
            dated = page.split_time(answer)
            if dated is None or message.composed is None:
                return False
            if dated[0] is None or dated[1].strip():
                page.say("Give only the time when it was sent, such as -20m or 03:41", failed=True)
                return False
            if (meanwhile := message.sent_meanwhile()) and meanwhile != told:
                told = meanwhile
                asking = "Enter marks yours as sent too, esc does not"
                page.say(f"{told}, while you had this one open. {asking}", failed=True)
                return False
            composed, snapshot = message.as_sent_at(dated[0])
            return self._ready(composed) and self._log_sent(composed, snapshot, dated[0])

        await page.ask("sent-at", "Sent at", placeholder="-20m, or 03:41", take=take)

    def _ready(self, composed: Composed) -> bool:
        """Whether the message can be marked as sent; if not, the reason is said."""
        if not composed.ready:
            reason = composed.problem or "still missing: " + ", ".join(field.label for field in composed.missing)
            self.page.say(f"Not marked as sent; {reason}", failed=True)
        return composed.ready

    def _log_sent(self, composed: Composed, snapshot: Snapshot, at: int | None = None) -> bool:
        """Log the message as sent, at a time in ms UTC if that is not now; False if it can't be."""
        from warroom.messages.sending import drafts_when_sent, facts_set, same_number
        from warroom.model.kinds.facts import in_force

        page, message = self.page, self.page.message
        promised = f"; next update promised for {page.clock(composed.promise)}" if composed.promise else ""
        kind, values = composed.kind.id, page.composer.values()
        drafts = drafts_when_sent(composed, values, snapshot, message.offered, at=at)
        facts = facts_set(in_force(drafts, snapshot.incident.facts), page.playbook)
        when = f" at {page.clock(at)}" if at is not None else ""
        twice = same_number(composed, snapshot)

        typed = message.typed()

        def after() -> None:
            message.sent(kind, typed)

        return page.act(*drafts, done=f"Marked as sent{when}{facts}{promised}{twice}", after=after, name=f"sent:{kind}")

    def _doubt(self, composed: Composed) -> str:
        """Return why the message may not have been sent, or not be worth sending; empty if neither."""
        from warroom.messages.fields import repeated_message

        page, values = self.page, self.page.composer.values()
        doubts = []
        if page.message.began_in != page.incident.state:
            doubts.append(f"was begun before the incident was {page.incident.state}")
        if page.message.handed_over != page.message.typed():
            doubts.append("was changed since you copied it" if page.message.copied else "is not copied yet")
        copied, now = page.message.as_copied(), page.message.composed
        if copied is not None and now is not None and _without_times(copied.text) != _without_times(now.text):
            doubts.append("would say something else now, because the incident has changed since you copied it")
        if last := repeated_message(composed.kind, values, page.session.snapshot()):
            doubts.append(f"says nothing new since {page.clock(last.at)}")
        if doubts and (remarks := len(page.remarks.findings)):  # which alone never keep a message back
            doubts.append(f"has {remarks} open remarks" if remarks > 1 else "has an open remark")
        about = [f"The message {' and '.join(doubts)}."] if doubts else []
        if meanwhile := page.message.sent_meanwhile():
            about.insert(0, f"{meanwhile}, while you had this one open.")
        return " ".join(about)


_TIMES = re.compile(r"\b\d{1,2}:\d\d\b|\b\d+ (?:h|min)\b")


def _without_times(text: str) -> str:
    """A message without its times, which go on while it is being sent."""
    return _TIMES.sub("", text)
