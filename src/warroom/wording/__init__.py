"""Wording checks: a message or a section of a post-mortem and rules in, findings out; no side effects."""

from warroom.wording.checks import Finding, MessageText, check, compile_all, hint
from warroom.wording.post_mortem import PostMortemFinding, check_post_mortem, compile_post_mortem
from warroom.wording.rules import PostMortemRule, Rule, Rules, WordingError, load
from warroom.wording.trigger import same_as_trigger

__all__ = [
    "Finding",
    "MessageText",
    "PostMortemFinding",
    "PostMortemRule",
    "Rule",
    "Rules",
    "WordingError",
    "check",
    "check_post_mortem",
    "compile_all",
    "compile_post_mortem",
    "hint",
    "load",
    "same_as_trigger",
]
