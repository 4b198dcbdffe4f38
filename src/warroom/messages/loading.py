"""Loads what the first message needs, and what checking its words needs; made for threads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from warroom.messages.blocks import message_template
from warroom.messages.services import vocabulary
from warroom.messages.templates import Kind
from warroom.model import ids
from warroom.model.names import Names

if TYPE_CHECKING:
    from warroom.messages.rules import RulesOf
    from warroom.wording import Audience


def load_message(kind: Kind, names: Names) -> None:
    """Import the modules and read the template of this kind of message, so that it opens as quickly as the next one.

    No template of a company's is read: it may take any time, and in a thread nothing ends it.
    """
    from warroom.messages import compose, hints, kept_ready, recipients, sending  # noqa: F401 - for later

    vocabulary(names)
    if kind.own:
        return
    message_template(kind.subject, file=kind.file, first_line=kind.subject_line)
    message_template(kind.body, file=kind.file, first_line=kind.body_line)


def load_words(kind: Kind, rules: RulesOf, given_up: Callable[[], bool]) -> None:
    """Read the rules, and compile all that the words of this kind of message need, unless that is `given_up`."""
    from warroom import wording
    from warroom.messages import better, checking  # noqa: F401 - for later
    from warroom.wording.remarks import remarks

    found = rules()
    for _ in wording.compile_all(found):
        if given_up():
            return
    if kind.own:
        return
    leadership = kind.id == ids.MESSAGE_ESCALATION
    readers: Audience = "customers" if kind.public else "leadership" if leadership else "stakeholders"
    remarks(f"{_CODE.sub(' ', kind.body)}\n{_SAMPLE}", found.language, readers)


_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
"""What stands in a template for values, or is no text."""
_SAMPLE = """\
Incident: Checkout errors affecting users.
Impact: Not known yet. 20 % of payments have failed since 09:39 UTC, 51 min ago.
Status: Investigating the cause.
Next update: 11:00 UTC. This is update #2 of the incident that began at 09:39 UTC.
Updates: Every 30 min until this is resolved, and sooner if something changes.
Inquiries: Please send them to support, not to the people who are fixing this.
All trams will run again by noon tomorrow, and tickets stay valid. We deliver your parcels tonight or by Friday.
It is not confirmed yet when the trams run again. We don't have a confirmed time yet.
We are reviewing what caused the delay and what has to change. It is not confirmed yet whether the cable is the cause.
"""
"""What such values are mostly like, with a promise, and what is offered instead of one and of a guess."""
