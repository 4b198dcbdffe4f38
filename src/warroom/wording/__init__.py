"""Remarks on words about to go out; pure: words and rules in, findings out."""

from warroom.wording.checks import Finding, Words, check, hint
from warroom.wording.rules import Rule, Rules, WordingError, load

__all__ = ["Finding", "Rule", "Rules", "WordingError", "Words", "check", "hint", "load"]
