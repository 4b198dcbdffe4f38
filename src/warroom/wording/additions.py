"""Checks the words that a company adds in its wording file: one that no text can have would silently do nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from warroom.wording.lexicon import spelled_out

if TYPE_CHECKING:
    from warroom.wording.language import Tables

MAX_WORDS = 100
"""The limit for a term, a name or plain words, in characters."""
_FORMS = 5
_VERBS = ("verbs", "alone")
_LETTER = re.compile(r"[^\W_]")


def mistakes(tables: Tables) -> Iterator[tuple[str, str]]:
    """Each mistake in `[known]`, `[more]` and `[jargon]`: its key, and what is expected there."""
    for key in ("systems", "terms", "abbreviations"):
        for at, words in enumerate(getattr(tables.known, key)):
            if wrong := why_no_words(words):
                yield f"known.{key}[{at}]", f"expected a word or a few words, {wrong}"
    for name, words in tables.more.items():
        yield from _in_list(f"more.{name}", words)
    for key in ("nouns", "verbs", "alone", "others", "chat"):
        for term, plain in getattr(tables.jargon, key).items():
            place = f'jargon.{key}."{_shortened(term)}"'
            parts = term.split("/") if key in _VERBS else [term]
            instead = plain.split("/") if key in _VERBS else [plain]
            if wrong := _first(parts):
                yield place, f"expected a word or a few words as the key, {wrong}"
            elif plain and (wrong := _first(instead)):
                yield place, f'expected plain words, or "" where there are none, {wrong}'
            elif key in _VERBS and (wrong := _why_no_forms(parts, instead)):
                yield place, wrong


def why_no_words(words: str) -> str:
    """Why a text can't be words that a message has, as what was got instead; empty if it can."""
    if not words.strip():
        return "got none"
    if len(words) > MAX_WORDS:
        return f"got {len(words):,} characters; the limit is {MAX_WORDS}"
    if not words.isprintable():
        return f"got a control character or a line break in {_shortened(words)!r}"
    return "" if _LETTER.search(words) else f"got only signs: {words!r}"


def _in_list(place: str, words: str) -> Iterator[tuple[str, str]]:
    """The mistakes in the words for a list; they have spaces or line breaks between them."""
    if not words.strip():
        yield place, "expected words with spaces between them, got none"
    for at, word in enumerate(words.split()):
        if word.startswith("{") and word.endswith("}"):
            continue
        wrong = why_no_words(word)
        if not wrong and any(sign in form for form in spelled_out(word) for sign in "(){}"):
            wrong = f"such as deploy(s,ed,ing), or {{list}} for those of another list, got {_shortened(word)!r}"
        if wrong:
            yield place, f"expected a word at place {at + 1}, {wrong}"


def _why_no_forms(forms: list[str], plain: list[str]) -> str:
    """What is expected of a verb without its five forms, or of its plain words; empty if all is well."""
    if len(forms) != _FORMS:
        return (
            "expected the five forms of a verb with / between them, such as "
            f"drain/drains/drained/drained/draining, got {len(forms)}"
        )
    if plain not in ([""], [""] * _FORMS) and len(plain) != _FORMS:
        return (
            'expected five forms of the plain verb too, such as empty/empties/emptied/emptied/emptying, or "", '
            f"got {len(plain)}"
        )
    return ""


def _first(texts: Iterable[str]) -> str:
    return next(filter(None, map(why_no_words, texts)), "")


def _shortened(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
