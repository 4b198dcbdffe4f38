"""The remarks on the wording of the message being composed: found, hidden, or answered with a better sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warroom.actions import key_of
from warroom.screens.incident.page import Feature as Base
from warroom.screens.incident.page import IncidentPage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from warroom.messages.better import BetterWords
    from warroom.messages.compose import Composed
    from warroom.model.snapshot import Snapshot
    from warroom.wording import Finding


class _Taken(NamedTuple):
    """A field in which a better sentence was taken, its text before, and after."""

    field: str
    own: str
    better: str


class Feature(Base):
    """The remarks on the message, which never keep it back; the wording rules are imported when first used."""

    def __init__(self, page: IncidentPage) -> None:
        super().__init__(page)
        self.findings: tuple[Finding, ...] = ()
        """The remarks that are shown."""
        self._dismissed: frozenset[str] = frozenset()
        self._better: BetterWords | None = None
        """The better sentence for the first remark; None if there is none."""
        self._taken: list[_Taken] = []

    def begin(self) -> None:
        """Forget what was hidden and taken in the message before."""
        self._dismissed, self._taken = frozenset(), []

    def check(self, composed: Composed, values: Mapping[str, str], snapshot: Snapshot) -> list[str]:
        """Check the wording, and return the remarks as lines."""
        from warroom import wording
        from warroom.messages.better import better_words, fields_of_facts
        from warroom.messages.compose import message_to_check

        rules = self.page.workspace.rules
        to_check = message_to_check(composed, values, snapshot)
        found = wording.check(to_check, rules, self._dismissed)
        gaps = {f"[{field.label}?]" for field in composed.missing}
        findings = self.findings = tuple(finding for finding in found if finding.words not in gaps)
        stating = fields_of_facts(composed.kind)
        self._better = better_words(findings[0], values, to_check, rules, stating) if findings else None
        rows = [f"⚠ “{finding.words}”: {finding.why}" if finding.words else f"⚠ {finding.why}" for finding in findings]
        if self._better is not None:
            rows.insert(1, f"{key_of('better', 'compose')} = use: {self._better.sentence}")
        return rows

    def dismiss(self) -> None:
        if self.findings:
            self._dismissed |= {self.findings[0].key}
            self.page.message.refresh()

    def better(self) -> None:
        """Put the better sentence for the first remark in the place of the user's own."""
        better = self._better
        if better is None:
            words = "There is no better sentence to offer for this remark" if self.findings else "There is no remark"
            self.page.say(words, mark="▸")
            return
        self._taken.append(_Taken(better.field, self.page.composer.values()[better.field], better.text))
        self._set(better.field, better.text)
        self.page.say(f"Used. {key_of('own_words', 'compose')} gives you your own words again", mark="▸")

    def own_words(self) -> None:
        """Give back what the last better sentence replaced, then the one before; not in a field changed since."""
        values = self.page.composer.values()
        while self._taken:
            taken = self._taken.pop()
            if values.get(taken.field) == taken.better:
                self._set(taken.field, taken.own)
                self.page.say("Your own words are back", mark="▸")
                return
        self.page.say("There are no words of yours to give back", mark="▸")

    def _set(self, field: str, text: str) -> None:
        self.page.composer.set_value(field, text)
        self.page.message.refresh()
