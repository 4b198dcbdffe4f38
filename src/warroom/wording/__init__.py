"""Remarks on words about to go out; pure: words and rules in, findings out."""

from warroom.wording.checks import Finding, Rule, Rules, WordingError, Words, check, hint, load

__all__ = ["Finding", "Rule", "Rules", "WordingError", "Words", "check", "hint", "load"]
