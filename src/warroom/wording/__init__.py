"""Wording checks: a message or a section of a post-mortem and rules in, findings out; no side effects."""

from warroom.wording.better import better_sentence
from warroom.wording.checks import (
    NOT_ENGLISH,
    check,
    check_text,
    compile_all,
    hint,
    is_english,
    not_english,
    were_compiled,
)
from warroom.wording.findings import Finding, MessageText
from warroom.wording.kinds import AUDIENCES, KINDS, Audience, Facts
from warroom.wording.post_mortem import PostMortemFinding, check_post_mortem, compile_post_mortem
from warroom.wording.rules import PostMortemRule, Rule, Rules, WordingError, load
from warroom.wording.trigger import same_as_trigger

__all__ = [
    "AUDIENCES",
    "KINDS",
    "NOT_ENGLISH",
    "Audience",
    "Facts",
    "Finding",
    "MessageText",
    "PostMortemFinding",
    "PostMortemRule",
    "Rule",
    "Rules",
    "WordingError",
    "better_sentence",
    "check",
    "check_post_mortem",
    "check_text",
    "compile_all",
    "compile_post_mortem",
    "hint",
    "is_english",
    "load",
    "not_english",
    "same_as_trigger",
    "were_compiled",
]
