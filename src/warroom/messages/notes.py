"""Notes that customers would read as sentences: which word is missing, and the whole sentence where that is sure.

`All 96 spliced` has no verb, `Rolled back the release` nobody who did it. What only names what people see, such as
`errors when paying`, is no note, but it does not tell what that means for them. Nor is an instruction: `Use cash`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from warroom.messages.grammar import capital
from warroom.messages.main_verb import Hidden, has_verb, may_hide_verb
from warroom.messages.note_words import (
    ACTIVE,
    AGENT,
    ALL_BEHIND,
    ALWAYS_SAID,
    AMOUNT,
    AT_A_TIME,
    BUT_TAKES,
    BY_ITSELF,
    COMPLETED,
    DONE_FIRST,
    DONE_TO,
    FOUND_IT,
    GOING,
    GOING_UP,
    HAS_VERB,
    IF_STILL,
    IT_DOES,
    JOINED,
    JOINT,
    LONGEST,
    MANY,
    NEEDS_AND,
    NO,
    NO_NEED,
    NO_NO,
    NO_SUBJECT,
    NOT_DONE,
    NOUN_TOO,
    NUMBERS,
    OF,
    ON_IT,
    ORDER,
    PART_OF,
    PARTICIPLE,
    PHRASE,
    REST,
    SENTENCE,
    SPLICED,
    STATE,
    STATE_FIRST,
    STAYS,
    THAN_BEFORE,
    THEN_NOTHING,
    TO_GO,
    TO_THEM,
    TO_WHOM,
    UNDER_WAY,
    VERB_FIRST,
    WE_DID,
    WE_DO,
    WHERE,
    WHO_IS_DOING,
)
from warroom.messages.parts import is_plural
from warroom.messages.typed_words import hide
from warroom.messages.verbs import PAST


class Note(NamedTuple):
    """What makes a note of the sentence from `start` to `end` of a text.

    `words` are the first words that lack something, `whole` is the sentence with it, or "" where nobody can tell;
    `missing` names all that is missing.
    """

    start: int
    end: int
    words: str
    missing: str
    whole: str


OURS = "status"
"""The field with what is done by us, so that it need not say who does it behind a label that does."""
_MEANING = "meaning"
"""The field with what it means for those who read it, which needs a verb."""


class _Of(NamedTuple):
    """Whose text it is: about what is `ours`, behind a label, of what it `means`, and sent when all is `over`."""

    ours: bool
    labelled: bool
    means: bool
    over: bool


def notes(text: str, field: str = "", *, labelled: bool = False, over: bool = False) -> list[Note]:
    """The sentences of the text of a field that are notes, by position.

    In the field `OURS`, an act without a subject is our own: `Rolled back`. It may stand so behind a label
    (`What we did: Rolled back the release`), if the text is `labelled`. Once all is `over`, `340 letters late` were so.
    """
    of = _Of(field == OURS, labelled, field == _MEANING, over)
    found = []
    for sentence in SENTENCE.finditer(text):
        start, end = sentence.span("words")
        if end - start <= LONGEST and (note := _note(sentence["words"], of)):
            words, missing, whole = note
            found.append(Note(start, end, words, missing, whole))
    return found


def in_whole_sentences(text: str, field: str = "", *, over: bool = False) -> str:
    """The text of a field whose notes are whole sentences, where that is sure."""
    for note in reversed(notes(text, field, over=over)):
        text = text[: note.start] + (note.whole or text[note.start : note.end]) + text[note.end :]
    return text


_VERB = "a verb"


@lru_cache(maxsize=512)
def _note(sentence: str, of: _Of) -> tuple[str, str, str] | None:
    """The first words of a sentence that lack something, all that is missing, and the whole sentence; None if whole."""
    if sentence.rstrip().endswith("?"):
        return None
    parts = [*_parts(sentence)]
    missing: dict[str, None] = {}
    words, whole, sure = "", "", True
    clause = asked = loose = False
    clauses = 0
    for place, (part, joint) in enumerate(parts):
        first = place == 0
        apposed = place > 1 and not asked  # `Our bank, Fjordbank, has confirmed it`
        found = _lacking(part, of, first=first, clause=clause, asked=asked, apposed=apposed)
        asked = asked or (first and ORDER.match(part) is not None)
        verb = has_verb(part)
        clause = clause or verb
        clauses += verb
        if found is None and not verb and place == 1 and (cause := FOUND_IT.fullmatch(whole.strip())):
            whole = f"{cause['found']} the cause ({part.strip()}){joint}"
            continue
        if found is None:
            whole += part + joint
            loose = loose or not verb
            continue
        lacks, better = found
        words = words or part.strip()
        missing[lacks] = None
        sure = sure and bool(better)
        whole += (better or part) + joint
        clause = clause or bool(better)
        verb = bool(better)
    if (
        not words
        and clauses == len(parts) >= SPLICED
        and all(joint == "," for _, joint in parts[:-1])
        and not JOINED.match(parts[-1][0])
    ):
        words, sure, verb = parts[-1][0].strip(), True, True
        missing["an “and” in front of its last part"] = None
    if not words:
        return _without_verb(sentence) if of.means and not (clauses or asked) else None
    front, comma, last = whole.rpartition(",")
    if verb and not loose and comma and len(parts) > 1 and parts[-2][1] == "," and not JOINED.match(last):
        whole = f"{front}, and {_small(last.lstrip())}"
    return words, ", and ".join(missing), capital(whole) if sure else ""


def _without_verb(sentence: str) -> tuple[str, str, str] | None:
    """What only names something, as a note that lacks a verb; None if it is whole, or a word of it may be its verb."""
    bare = hide(sentence).strip(" .!")
    if BY_ITSELF.fullmatch(bare) or HAS_VERB.search(bare) or _WHOLE.search(bare):
        return None
    hidden = may_hide_verb(bare)
    if hidden and hidden.likely:
        return None
    return sentence.strip(), f"{_VERB}, unless “{hidden.word}” is one" if hidden else _VERB, ""


def _parts(sentence: str) -> Iterator[tuple[str, str]]:
    """The parts of a sentence, each with the sign behind it."""
    hidden, at = hide(sentence), 0
    for joint in JOINT.finditer(hidden):
        yield sentence[at : joint.start()], sentence[joint.start() : joint.end()]
        at = joint.end()
    yield sentence[at:], ""


def _lacking(part: str, of: _Of, *, first: bool, clause: bool, asked: bool, apposed: bool) -> tuple[str, str] | None:
    """What a part of a sentence lacks, and the part with it, or "" where nobody can tell; None if it lacks nothing."""
    hidden = hide(part)
    if found := ON_IT.match(hidden):
        return "who does it", f"We are {_small(part)}" if of.ours else ""
    if first and ORDER.match(hidden):
        if found := BUT_TAKES.search(hidden):
            return "who or what does it", f"{part[: found.start('verb')]}it {part[found.start('verb') :]}"
        if found := IF_STILL.search(hidden):
            return _VERB, f"{part[: found.start()]} {_if_still(found)}{part[found.end() :]}"
        return None
    if found := ALL_BEHIND.fullmatch(hidden.rstrip(".! ")):
        return "the order of a sentence", f"{found['space']}all of {found['what']}{part[found.end() :]}"
    if BY_ITSELF.fullmatch(hidden.strip()):
        return None
    if clause and not asked and NEEDS_AND.match(hidden):
        return "an “and” in front of its last part", f" and {part.lstrip()}"
    if of.ours and not of.labelled and (found := WE_DO.match(hidden)):
        now = f"We are {(found['so'] or '').lower()}{_small(part[found.start('act') :])}"
        return "who does it", now if first else f" {_small(now)}"
    if clause and not first and DONE_FIRST.match(hidden):
        return None
    if of.ours and (not of.labelled or not first) and (found := WE_DID.match(hidden)):
        done = f"We {_small(part[found.start() :])}"
        return "who did it", done if first else f" {_small(done)}"
    if (first or asked or not clause) and VERB_FIRST.match(hidden) and not NOUN_TOO.match(hidden) and not apposed:
        return "who or what does it", "" if first or not IT_DOES.match(hidden) else f" it {part.lstrip()}"
    if found := NO_NO.fullmatch(hidden.rstrip(".! ")):
        return _VERB, f"There {_is(of.over)} {_small(found['one'].strip())} and {found['two']}{part[found.end() :]}"
    if found := TO_GO.fullmatch(hidden.rstrip(".! ")):
        left = _is(of.over, many=is_plural(found["what"].split()[-1].casefold()) or found["many"] != "1")
        return _VERB, f"{part[: found.end('what')]} {left} left{part[found.end('go') :]}"
    if not of.ours and first and TO_WHOM.match(hidden):
        return "who it happens to", ""
    if found := THEN_NOTHING.search(hidden):
        return _VERB, f"{part[: found.start()]}, and then nothing happens{part[found.end() :]}"
    if NO_NEED.match(hidden):
        there = f"{' ' * (part[:1] == ' ')}there is {_small(part.lstrip())}"
        return _VERB, there if clause or first else ""
    if HAS_VERB.search(hidden):
        return None
    if REST.fullmatch(hidden.rstrip(".! ")):
        return _VERB, ""
    state = STATE.fullmatch(hidden.rstrip(".! "))
    if has_verb(part) and not (state and _is_said_of(state)):
        return None
    if state and (said := _said_of(part, state, of)) is not None:
        if not (told := _hidden_in(state)):
            return _VERB, said
        return None if told.likely or not first else (f"{_VERB}, unless “{told.word}” is one", "")
    if doing := _under_way(part, hidden, of):
        return _VERB, doing
    if of.means or (not first and clause):
        if (found := NO.match(hidden)) and not JOINED.match(found["what"]):
            if found.end() >= len(hidden.rstrip(".! ")):
                return _VERB, ""  # `no action`: none is taken, or none is needed
            is_none = _is(of.over, many=is_plural(found["what"].casefold()))
            return _VERB, f"{' ' * (part[:1] == ' ')}there {is_none} {_small(part.lstrip())}"
        if THAN_BEFORE.match(hidden):
            return "who or what it is", f"{' ' * (part[:1] == ' ')}it is {_small(part.lstrip())}"
        if (found := AMOUNT.fullmatch(hidden.rstrip(".! "))) and is_plural(found["what"].casefold()):
            few = "a " if found["many"].casefold() == "few" else ""
            return _VERB, f"{' ' * (part[:1] == ' ')}there are {few}{_small(part.lstrip())}"
        if AT_A_TIME.fullmatch(hidden.rstrip(".! ")):
            return _VERB, ""
    if TO_THEM.fullmatch(hidden.rstrip(".! ")):
        return _VERB, ""
    if first and not clause and STATE_FIRST.match(hidden):
        return "who or what it is", ""
    return None


def _said_of(part: str, state: re.Match[str], of: _Of) -> str | None:
    """A part with the verb between its subject and the state of that; "" where nobody can tell, None if it has none."""
    subject = state.string[: state.start("state")].strip()
    head = subject.split()[-1].casefold()
    if PHRASE.search(subject) or head in NO_SUBJECT or head in PAST | PARTICIPLE or head.endswith("ed"):
        return None
    if going := GOING.search(subject) or (WHERE.match(state["state"]) and GOING_UP.search(subject)):
        return _is_going(part, going, of)
    if (going := UNDER_WAY.fullmatch(subject)) and not going["rest"]:
        return _under_way(part, state.string, of)
    verb = _be(subject, state["state"], of)
    return f"{part[: state.start('state')]}{verb} {part[state.start('state') :]}"


def _under_way(part: str, hidden: str, of: _Of) -> str:
    """A part that says what is under way, with its verb: `flights are leaving without bags`; "" if it says no such."""
    found = UNDER_WAY.fullmatch(hidden.rstrip(".! "))
    if found is None or PHRASE.search(found["subject"]):
        return ""
    head = found["subject"].split()[-1].casefold()
    if head in NO_SUBJECT or may_hide_verb(f"{found['subject']} {_ASIDE.split(found['rest'])[0]}"):
        return ""  # `files growing without limit fill the disk` has its verb
    at = found.start("doing")
    return f"{part[:at]}{_is(of.over, many=is_plural(head))} {part[at:]}"


def _hidden_in(state: re.Match[str]) -> Hidden | None:
    """What may be a verb in front of a state or behind it: `vets dose animals late`, `orders stuck in Leeds clog …`."""
    before = may_hide_verb(state["subject"])
    return before or may_hide_verb(f"{state['subject']} {_ASIDE.split(state['rest'])[0]}")


def _is_said_of(state: re.Match[str]) -> bool:
    """Whether a state that may be a verb is said of its subject: `invoices charged twice`, `search results missing`."""
    if ALWAYS_SAID.match(state["state"] + state["rest"]):
        return True
    if NOT_DONE.match(state["state"]):  # `goods not let through customs wait` has its verb
        return not may_hide_verb(f"{state['subject']} {_ASIDE.split(state['rest'])[0]}")
    return DONE_TO.search(state["state"]) is not None and not AGENT.search(state["subject"])


def _be(subject: str, state: str, of: _Of) -> str:
    """The form of `be` between a subject and its state."""
    whole = PART_OF.match(subject)
    subject = WHO_IS_DOING.split(subject)[0]
    head = (subject.split() if whole else OF.split(subject)[0].split())[-1].casefold()
    counted = MANY.search(subject) is not None and (head[-1:].isdigit() or head in NUMBERS)
    many = is_plural(head) or counted
    many = (many or " and " in subject) and not re.match(r"(?:an?|one|this|every|each)\b", subject, re.IGNORECASE)
    if ACTIVE.search(state):
        return "have" if many else "has"
    past = COMPLETED.match(state) if of.ours else of.over and not STAYS.match(state)
    return _is(bool(past), many=many)


def _is(past: bool, *, many: bool = False) -> str:
    return ("were" if many else "was") if past else ("are" if many else "is")


def _is_going(part: str, going: re.Match[str], of: _Of) -> str:
    """A part whose state only goes on, with its verb: `fix is going out now`; "" where nobody can tell what goes."""
    if going.start() == 0:
        return ""
    at = part.index(going[0])
    return f"{part[:at]} {_is(of.over, many=is_plural(part[:at].split()[-1].casefold()))}{part[at:]}"


def _if_still(found: re.Match[str]) -> str:
    nothing = re.match(r"not?", found["what"]) is not None
    return "if it still does not work" if nothing else f"if it is still {found['what']}"


def _small(text: str) -> str:
    """A text without the capital letter at its beginning, where that is of no name."""
    bare = text.lstrip()
    word = re.match(r"[A-Za-z'’]+", bare)
    if word is None or not word[0][1:].islower() or word[0].startswith("I'"):
        return text
    return text[: len(text) - len(bare)] + bare[:1].lower() + bare[1:]


_WHOLE = re.compile(r"^(?:sorry|thank|apolog)|\w['’](?:ll|ve|re|d|m)\b|\b(?:he|she|here)['’]s\b|: ", re.IGNORECASE)
"""What is no note without any other verb: a word of thanks, `we'll refund it`, what stands behind a label."""
_ASIDE = re.compile(r" (?:when|while|if|although|because|except|or|and)\b", re.IGNORECASE)
"""Where words begin that have a verb of their own."""
