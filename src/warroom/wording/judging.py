"""How the sentences that are made are judged: by the same rules, for the same readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from warroom.wording.checks import check_text
from warroom.wording.findings import Finding
from warroom.wording.kinds import Audience, Facts
from warroom.wording.rules import Rules

if TYPE_CHECKING:
    from warroom.wording.language import Language


class Judge(NamedTuple):
    """By which rules a text is checked, for whom, and what is known of the incident."""

    rules: Rules
    audience: Audience
    facts: Facts

    @property
    def language(self) -> Language:
        """The language of the rules."""
        return self.rules.language

    def found(self, text: str) -> tuple[Finding, ...]:
        """What is remarked on in a text."""
        return check_text(text, self.rules, self.audience, self.facts)

    def kinds(self, text: str) -> set[str]:
        """The kinds of remark on a text, and the rules that found something."""
        return {finding.rule for finding in self.found(text)}

    def is_fine(self, text: str, *, says_little: bool = False) -> bool:
        """Whether nothing is remarked on in a text, or at most that it says little, as a fact may do."""
        return all(finding.part == "whole" or (says_little and finding.rule == "vague") for finding in self.found(text))
