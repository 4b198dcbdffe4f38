"""Wording checks on messages before they are sent: a message and rules in, findings out; no side effects."""

from warroom.wording.checks import Finding, MessageText, check, compile_all, hint
from warroom.wording.rules import Rule, Rules, WordingError, load
from warroom.wording.trigger import same_as_trigger

__all__ = [
    "Finding",
    "MessageText",
    "Rule",
    "Rules",
    "WordingError",
    "check",
    "compile_all",
    "hint",
    "load",
    "same_as_trigger",
]
