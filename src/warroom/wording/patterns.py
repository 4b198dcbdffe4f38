"""Checks that a pattern of a wording file can be used: it compiles, and is fast on any text."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from warroom.wording.time_limit import TookTooLong, can_be_interrupted, time_limit

MAX_PATTERN_LENGTH = 50_000
"""The limit for a pattern with its vocabulary expanded, in characters; nested vocabulary grows quickly."""
MAX_GROUP_DEPTH = 20
MAX_REPEATS = 1_000
"""The highest bound of a repeat, so that the work for each character of a text stays small."""
_REPEATS_TO_CHECK = 6
"""From this many repeats on, a group is checked for ambiguity: an ambiguous one takes twice as long per repeat."""

TRIAL_S = 0.3
"""Seconds in which a pattern has to be done with the texts that it is tried on."""

FLAGS = re.IGNORECASE | re.MULTILINE
EXACT = re.MULTILINE
VOCABULARY = re.compile(r"(?<!\\)\{([a-z_]+)\}")
_SET = r"\[\^?\]?(?:\\.|[^\]\\])*\]"
_TOKEN = re.compile(rf"\\.|(?P<set>{_SET})|(?P<bound>\{{\d*(?:,(?P<most>\d*))?\}})|(?P<sign>[()|])", re.DOTALL)
# Short texts that show whether a group can match the same words in more than one way.
_SAMPLES = ("a", "A", "1", " ", "-", "_", ".", ",", "/", ":", "a1", "a ", "a b", "1.", "é")
MAX_OPTIONAL = 10
"""The limit for parts in a row that may match or not, or a varying number of times: each can double the work."""
_OPTIONAL = re.compile(r"(?<!\()\?|\{\d*,\d*\}")
NAMED_GROUP = re.compile(r"\(\?P<([a-z_]+)>")
_GROUP_KIND = re.compile(r"^\?(?:P<\w+>|[a-z-]*:|<?[=!])")
_REPEATED_WORD = re.compile(r"(?<!\\)(\{[a-z_]+\})\{(?:\d*,)?(\d+)\}")
_LITERAL = re.compile(r"\w+[^\w\\(){}\[\]|?]?")


def why_not(source: str, vocabulary: dict[str, str], *, named_groups: bool = False) -> str:
    """Why a pattern of the file can't be used, as text that follows "expected"; empty if it can.

    `vocabulary` has the expanded pattern for each `{word}`; `named_groups` allows groups such as `(?P<what>…)`.
    """
    # Without escapes and character sets, any * or + left in the pattern is a repeat without a bound.
    bare = re.sub(rf"\\.|{_SET}", "", source, flags=re.DOTALL)
    if re.search(r"[*+]|\{\d*,\}", bare):
        return "a bound on every repeat, such as {1,40} for +, so that checks stay fast"
    if any(int(most) > MAX_REPEATS for most in re.findall(r"\{(?:\d*,)?(\d{1,9})\d*\}", bare)):
        return f"no repeat of more than {MAX_REPEATS:,}, so that checks stay fast"
    if any(VOCABULARY.search(found.group()) for found in re.finditer(rf"\\.|{_SET}", source)):
        return "vocabulary words outside of [ ] only"
    # Compiled here with a placeholder for each vocabulary word; the expanded pattern is compiled when it is first used.
    # The group around it makes global flags an error, the placeholder a look-behind of variable width.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            pattern = re.compile(f"(?:{VOCABULARY.sub('(?:x|xx)', source)})", FLAGS)
    except FutureWarning:
        return r"sets of single characters, such as [a-z] or \w for [[:alpha:]], with \ before a [ inside of [ ]"
    except (re.error, OverflowError, RecursionError) as error:
        return f"a regular expression of Python's re module ({error})"
    if named_groups and pattern.groups > len(pattern.groupindex):
        return "groups of the form (?:…) or (?P<name>…), got a capturing group without a name"
    if pattern.groups and not named_groups:
        return "groups of the form (?:…), got a capturing group"
    if pattern.search(""):
        return "a pattern that matches at least one character; this one matches empty text"
    return _why_slow(source, vocabulary)


def written_out(source: str, vocabulary: dict[str, str]) -> str:
    """A pattern with its vocabulary words replaced; an unknown word stays."""
    return VOCABULARY.sub(lambda found: vocabulary.get(found.group(1), found.group()), source)


def _why_slow(source: str, vocabulary: dict[str, str]) -> str:
    length = len(source) + sum(len(vocabulary.get(name, "")) for name in VOCABULARY.findall(source))
    if length > MAX_PATTERN_LENGTH:
        return f"no more than {MAX_PATTERN_LENGTH:,} characters with the vocabulary words expanded"
    for group, depth, most in _groups(source):
        if depth > MAX_GROUP_DEPTH:
            return f"no more than {MAX_GROUP_DEPTH} groups inside one another"
        if most >= _REPEATS_TO_CHECK and _is_ambiguous(written_out(group, vocabulary)):
            return "a repeat that can match the same words in only one way; otherwise a check could take minutes"
    bare = re.sub(rf"\\.|{_SET}", "x", source, flags=re.DOTALL)
    if any(len(_OPTIONAL.findall(branch)) > MAX_OPTIONAL for branch in bare.split("|")):
        return f"at most {MAX_OPTIONAL} optional parts from one | to the next; with more, a check could take minutes"
    return ""


def why_slow_when_tried(source: str, vocabulary: dict[str, str]) -> str:
    """Try a pattern with repeats on texts that repeat what it looks for: why it is too slow, as for `why_not`."""
    source = written_out(source, vocabulary)
    if len(_REPEAT.findall(source)) < 2 or not can_be_interrupted():
        return ""
    pattern = re.compile(VOCABULARY.sub("(?!)", source), FLAGS)
    pieces = dict.fromkeys((*"a1 -.", *_LITERAL.findall(re.sub(r"\\.", " ", source))[:5]))
    try:
        with time_limit(TRIAL_S):
            for piece in pieces:
                pattern.search(piece * (_TRIAL_LENGTH // len(piece)) + "\n!")
    except TookTooLong:
        return "a pattern that is quick on any text; this one has too many ways to match the same text"
    return ""


_REPEAT = re.compile(r"\{\d*,\d*\}|\{\d+\}")
_TRIAL_LENGTH = 300


def _groups(source: str) -> Iterator[tuple[str, int, int]]:
    """Each group of a pattern: its content, its depth, and how often it is repeated at most."""
    starts: list[int] = []
    for token in _TOKEN.finditer(source):
        if token["sign"] == "(":
            starts.append(token.end())
        elif token["sign"] == ")" and starts:
            depth, start = len(starts), starts.pop()
            bound = _TOKEN.match(source, token.end())
            most = bound and bound["bound"] and (bound["most"] or bound["bound"].strip("{},"))
            yield _GROUP_KIND.sub("", source[start : token.start()]), depth, int(most or 1)
    for word, most in _REPEATED_WORD.findall(source):
        yield word, 1, int(most)


def _is_ambiguous(group: str) -> bool:
    """Whether a group can match the same text as one repeat or two, or by two of its alternatives."""
    literals = _LITERAL.findall(re.sub(r"\\.", " ", group))
    samples = dict.fromkeys((*_SAMPLES, *literals, *(f"{word} " for word in literals)))
    turns = re.compile(f"(?:{group})", FLAGS)
    choices = [re.compile(f"(?:{choice})", FLAGS) for choice in _choices(group)]
    if turns.fullmatch(""):
        return True
    for sample in samples:
        if turns.fullmatch(sample) and turns.fullmatch(sample * 2):
            return True
        if sum(bool(choice.fullmatch(sample)) for choice in choices) > 1:
            return True
    return False


def _choices(group: str) -> list[str]:
    """The alternatives of a group: split at each | that is not in an inner group."""
    cuts, depth = [-1], 0
    for token in _TOKEN.finditer(group):
        depth += {"(": 1, ")": -1}.get(token["sign"], 0)
        if token["sign"] == "|" and depth == 0:
            cuts.append(token.start())
    return [group[start + 1 : end] for start, end in zip(cuts, [*cuts[1:], len(group)], strict=True)]
