"""Messages that were sent, word for word."""

from __future__ import annotations

from datetime import tzinfo

import msgspec

from warroom.model import ids
from warroom.model.entries import BaseIncident, Body, Draft, Entry, Logged, Tone
from warroom.model.playbook import Playbook
from warroom.model.times import MINUTE, Ms

OF_A_TIMELINE = "timeline"
"""The channel of a message that a line of an imported timeline tells of."""


class MessageSent(Body, frozen=True, tag="message"):
    """A message that was sent, word for word.

    `message` is the id of the message kind (`initial`, `update`, …). `number` counts messages of that kind in the
    incident; an initial acknowledgement is status update #1. `channel` is the form it was written in (plain,
    email, slack, markdown, status, sms, social), `elsewhere` for a text that was written without warroom, or `timeline`
    for a line of an imported one: it tells that people were told, but it answers nothing that is owed here. `promise`
    is the time of the next update that it promises (ms UTC), `fields` what was filled in, for the next message to start
    from.
    """

    timeline_name = "sent"
    tone = Tone.GOOD

    message: str
    number: int
    to: str
    subject: str
    body: str
    channel: str = "plain"
    promise: Ms | None = None
    fields: dict[str, str] = {}
    by: str = ""
    """Who told people, by the timeline that was imported; the sender of any other message is the entry's author."""

    @property
    def is_told_of(self) -> bool:
        """Whether it is only a line that tells of a message, in a timeline that was imported."""
        return self.channel == OF_A_TIMELINE

    def details(self) -> tuple[str, ...]:
        return (f"by {self.by}",) if self.by else ()

    def is_rewordable(self, text: str) -> bool:
        return self.is_told_of  # what was sent from here stays word for word

    def reworded(self, text: str, at: int) -> MessageSent:
        return msgspec.structs.replace(self, body=text) if self.is_told_of else self

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        at = now if draft.at is None else draft.at
        if at < incident.began - MINUTE:
            return "that time is before the incident began; give the time when the message was sent"
        if self.promise is not None and self.promise <= at:
            return "the next update can't be promised for a time before the message itself; give a later time"
        if self.message == ids.MESSAGE_RESOLUTION and incident.state == "cancelled":
            return "it was cancelled, not resolved; send a status update that says so"
        says_resolved = self.message == ids.MESSAGE_RESOLUTION or self.fields.get("state", "").lower() == "resolved"
        if says_resolved and incident.state == "open":
            return "it is not resolved yet; resolve the incident before telling people that it is"
        if says_resolved and incident.resolved_at is not None and at < incident.resolved_at - MINUTE:
            return "it was not resolved yet at that time; give the time when the message was sent"
        return None

    def paragraphs(self, entry: Entry, incident: BaseIncident, tz: tzinfo | None) -> list[str]:
        return [] if self.is_told_of else [self.subject, self.body]

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        progress = self.fields.get("progress") or self.fields.get("status") or ""
        return "update", " – ".join(filter(None, (text, progress, *self.details())))


def send(message: MessageSent, label: str, at: int | None = None) -> Draft:
    """Log a message as sent, word for word; `label` is the name of its kind."""
    number = f" #{message.number}" if message.message in (ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE) else ""
    return Draft(message, f"{label}{number}" + (f" → {message.to}" if message.to else ""), at)


def messages_sent(incident: BaseIncident) -> tuple[Logged[MessageSent], ...]:
    """Every message in the order sent, even if the machine's clock was set back in between."""
    return tuple(sorted(incident.all(MessageSent), key=lambda logged: logged.when))
