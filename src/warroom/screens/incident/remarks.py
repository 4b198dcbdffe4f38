"""The remarks on the wording of the message being composed: found, hidden, or answered with a better sentence."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from warroom.actions import key_of
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage
from warroom.store.errors import StoreError
from warroom.widgets.message_preview import Note

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warroom.messages.better import BetterWords
    from warroom.messages.compose import Composed
    from warroom.model.snapshot import Snapshot
    from warroom.wording import Finding, MessageText

_MOST_TRIED = 8
"""For so many remarks at most a better sentence is looked for at each key typed, to stay quick."""


class _Taken(NamedTuple):
    """A field in which a better sentence was taken, its text before, and after."""

    field: str
    own: str
    better: str

    def given_back(self, text: str) -> str | None:
        """The present text of the field with the user's own words again; None if the better ones are not in it."""
        if text == self.better:
            return self.own
        own, better = self.parts
        return text.replace(better, own) if better.strip() and text.count(better) == 1 else None

    @property
    def parts(self) -> tuple[str, str]:
        """What was replaced, and by what: the words in which the two texts differ."""
        own, better = _WORDS.findall(self.own), _WORDS.findall(self.better)
        first = _in_common(own, better)
        last = _in_common(own[first:][::-1], better[first:][::-1])
        return "".join(own[first : len(own) - last]), "".join(better[first : len(better) - last])


_WORDS = re.compile(r"\S+|\s+")


def _in_common(one: list[str], other: list[str]) -> int:
    """With how many of the same words two texts begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


class Feature(Base):
    """The remarks on the message, which never keep it back; the wording rules are imported when first used."""

    def __init__(self, page: IncidentPage) -> None:
        super().__init__(page)
        self.findings: tuple[Finding, ...] = ()
        """The remarks, in the order in which they are shown: the one that `U` and `h` act on is the first."""
        self._dismissed: frozenset[str] = frozenset()
        self._better: BetterWords | None = None
        """The better sentence for the first remark; None if none of them has one."""
        self._taken: list[_Taken] = []
        self._name = ""
        """The name under which what was taken is saved with the draft."""

    def begin(self, kind: str) -> None:
        """Begin with a message: nothing is hidden in it, and what was taken in its draft can be given back."""
        self._dismissed = frozenset()
        self._name = f"message:{self.page.incident.id}:{kind}:own"
        try:
            saved = self.page.workspace.remembered(self._name, dict[str, str]) or {}
        except StoreError:
            saved = {}  # the message says that its draft can't be read
        texts = list(saved.values())
        self._taken = [_Taken(*texts[at : at + 3]) for at in range(0, len(texts) - 2, 3)]

    def forget(self, incident: str, kind: str) -> None:
        """Forget the words that were replaced in a message that is sent."""
        self.page.remember(f"message:{incident}:{kind}:own", None)

    def _save(self) -> None:
        texts = [text for taken in self._taken for text in taken]
        self.page.remember(self._name, {f"{number:04}": text for number, text in enumerate(texts)} or None)

    def check(self, composed: Composed, values: Mapping[str, str], snapshot: Snapshot) -> list[Note]:
        """Check the wording, and return the remarks as lines: first the one that a better sentence is offered for."""
        from warroom.messages import checking
        from warroom.messages.better import fields_of_facts

        to_check = checking.message_to_check(composed, values, snapshot)
        found = checking.findings(composed, values, snapshot, self.page.workspace.rules, self._dismissed)
        gaps = {f"[{field.label}?]" for field in composed.missing}
        findings = [finding for finding in found if finding.words not in gaps]
        self._better = self._offer(findings, composed.told(values), to_check, fields_of_facts(composed.kind))
        self.findings = tuple(findings)
        rows = [
            Note(f"⚠ “{finding.words}”: {finding.why}" if finding.words else f"⚠ {finding.why}") for finding in findings
        ]
        if self._better is not None:
            rows.insert(1, Note(f"use: {self._better.sentence}", key_of("better", "compose")))
        return rows

    def _offer(
        self, findings: list[Finding], values: Mapping[str, str], message: MessageText, facts: set[str]
    ) -> BetterWords | None:
        """The better sentence for the first remark that has one, and that remark put first."""
        from warroom.messages.better import better_words

        rules = self.page.workspace.rules
        in_the_text = [finding for finding in findings if finding.part != "whole"]
        for finding in in_the_text[:_MOST_TRIED]:
            better = better_words(finding, values, message, rules, facts)
            if better is not None:
                findings.remove(finding)
                findings.insert(0, finding)
                return better
        return None

    def can_do(self, action: str) -> bool:
        """Whether an action on the remarks, by its id, would change anything now."""
        match action:
            case "better":
                return self._better is not None
            case "own_words":
                values = self.page.composer.values()
                return any(taken.given_back(values.get(taken.field, "")) is not None for taken in self._taken)
            case _:
                return bool(self.findings)

    def dismiss(self) -> None:
        if self.findings:
            self._dismissed |= {self.findings[0].key}
            self.page.message.refresh()
            self.page.say("Hidden until you leave this message and open it again", mark="▸")

    def better(self) -> None:
        """Put the better sentence for the first remark in the place of the user's own."""
        better = self._better
        if better is None:
            words = "There is no better sentence to offer" if self.findings else "There is no remark"
            self.page.say(words, mark="▸")
            return
        self._taken.append(_Taken(better.field, self.page.composer.values()[better.field], better.text))
        self._save()
        self._set(better.field, better.text)
        self.page.say(f"Used. {key_of('own_words', 'compose')} gives you your own words again", mark="▸")

    def own_words(self) -> None:
        """Give back what the last better sentence replaced, then the one before; what was typed since stays."""
        values = self.page.composer.values()
        for taken in reversed(self._taken):
            text = taken.given_back(values.get(taken.field, ""))
            if text is not None:
                self._taken.remove(taken)
                self._save()
                self._set(taken.field, text)
                self.page.say("Your own words are back", mark="▸")
                return
        if self._taken:
            own = " ".join(self._taken[-1].parts[0].split())
            self.page.say(f"The better sentence was changed, so it stays. Your own words were: “{own}”", mark="▸")
            return
        self.page.say("There are no words of yours to give back", mark="▸")

    def _set(self, field: str, text: str) -> None:
        self.page.composer.set_value(field, text)
        self.page.message.refresh()
