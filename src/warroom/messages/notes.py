"""Notes that customers would read as sentences: which word is missing, and the whole sentence where that is sure.

`All 96 spliced` has no verb, `Rolled back the release` nobody who did it. What only names what people see, such as
`errors when paying`, is no note, and neither is an instruction: `Please use cash`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from warroom.messages.clauses import hide
from warroom.messages.grammar import capital
from warroom.messages.parts import is_plural
from warroom.messages.tense import has_verb
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


def notes(text: str, *, ours: bool = False, labelled: bool = False) -> list[Note]:
    """The sentences of a text that are notes, by position.

    In a text about what is `ours`, an act without a subject is our own: `Rolled back`. It may stand so behind a label
    (`What we did: Rolled back the release`), if the text is `labelled`.
    """
    found = []
    for sentence in _SENTENCE.finditer(text):
        start, end = sentence.span("words")
        if end - start <= _LONGEST and (note := _note(sentence["words"], ours=ours, labelled=labelled)):
            words, missing, whole = note
            found.append(Note(start, end, words, missing, whole))
    return found


def in_whole_sentences(text: str, *, ours: bool = False, labelled: bool = False) -> str:
    """A text whose notes are whole sentences, where that is sure."""
    for note in reversed(notes(text, ours=ours, labelled=labelled)):
        text = text[: note.start] + (note.whole or text[note.start : note.end]) + text[note.end :]
    return text


@lru_cache(maxsize=512)
def _note(sentence: str, *, ours: bool, labelled: bool) -> tuple[str, str, str] | None:
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
        found = _lacking(part, first=first, clause=clause, asked=asked, ours=ours, labelled=labelled, apposed=apposed)
        asked = asked or (first and _ORDER.match(part) is not None)
        verb = has_verb(part)
        clause = clause or verb
        clauses += verb
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
        and clauses == len(parts) >= _SPLICED
        and all(joint == "," for _, joint in parts[:-1])
        and not _JOINED.match(parts[-1][0])
    ):
        words, sure, verb = parts[-1][0].strip(), True, True
        missing["an “and” in front of its last part"] = None
    if not words:
        return None
    last = parts[-1][0]
    if len(parts) > 1 and verb and not loose and parts[-2][1] == "," and not _JOINED.match(last):
        at = len(whole) - len(whole_last := whole[whole.rindex(",") + 1 :]) if "," in whole else 0
        whole = f"{whole[:at]} and {_small(whole_last.lstrip())}"
    return words, ", and ".join(missing), capital(whole) if sure or whole != sentence else ""


def _parts(sentence: str) -> Iterator[tuple[str, str]]:
    """The parts of a sentence, each with the sign behind it."""
    hidden, at = hide(sentence), 0
    for joint in _JOINT.finditer(hidden):
        yield sentence[at : joint.start()], sentence[joint.start() : joint.end()]
        at = joint.end()
    yield sentence[at:], ""


def _lacking(
    part: str, *, first: bool, clause: bool, asked: bool, ours: bool, labelled: bool, apposed: bool
) -> tuple[str, str] | None:
    """What a part of a sentence lacks, and the part with it, or "" where nobody can tell; None if it lacks nothing."""
    hidden = hide(part)
    if found := _ON_IT.match(hidden):
        return "who does it", f"We are {_small(part)}" if ours else ""
    if first and _ORDER.match(hidden):
        if found := _BUT_TAKES.search(hidden):
            return "who or what does it", f"{part[: found.start('verb')]}it {part[found.start('verb') :]}"
        if found := _IF_STILL.search(hidden):
            return "a verb", f"{part[: found.start()]} {_if_still(found)}{part[found.end() :]}"
        return None
    if found := _ALL_BEHIND.fullmatch(hidden.rstrip(". ")):
        return "the order of a sentence", f"{found['space']}all of {found['what']}{part[found.end() :]}"
    if _BY_ITSELF.fullmatch(hidden.strip()):
        return None
    if ours and not labelled and (found := _WE_DO.match(hidden)):
        now = f"We are {(found['so'] or '').lower()}{_small(part[found.start('act') :])}"
        return "who does it", now if first else _small(now)
    if ours and (not labelled or not first) and (found := _WE_DID.match(hidden)):
        done = f"We {_small(part[found.start() :])}"
        return "who did it", done if first else _small(done)
    if (first or asked or not clause) and _VERB_FIRST.match(hidden) and not _NOUN_TOO.match(hidden) and not apposed:
        return "who or what does it", "" if first or not _IT_DOES.match(hidden) else f" it {part.lstrip()}"
    if found := _NO_NO.fullmatch(hidden.rstrip(". ")):
        return "a verb", f"There is {_small(found['one'].strip())} and {found['two']}{part[found.end() :]}"
    if found := _TO_GO.fullmatch(hidden.rstrip(". ")):
        is_left = "are left" if is_plural(found["what"].split()[-1].casefold()) or found["many"] != "1" else "is left"
        return "a verb", f"{part[: found.end('what')]} {is_left}{part[found.end('go') :]}"
    if not ours and first and _TO_WHOM.match(hidden):
        return "who it happens to", ""
    if found := _THEN_NOTHING.search(hidden):
        return "a verb", f"{part[: found.start()]}, and then nothing happens{part[found.end() :]}"
    if _HAS_VERB.search(hidden):
        return None
    if _REST.fullmatch(hidden.rstrip(". ")):
        return "a verb", ""
    state = _STATE.fullmatch(hidden.rstrip(". "))
    if has_verb(part) and not (state and _DONE_TO.search(state["state"]) and not _AGENT.search(state["subject"])):
        return None
    if found := state:
        subject = hidden[: found.start("state")].strip()
        head = subject.split()[-1].casefold()
        if (
            not _PHRASE.search(subject)
            and head not in _NO_SUBJECT
            and head not in PAST | _PARTICIPLE
            and not head.endswith("ed")
        ):
            verb = _be(subject, found["state"], ours=ours)
            return "a verb", f"{part[: found.start('state')]}{verb} {part[found.start('state') :]}"
    if not first and clause:
        if (found := _NO.match(hidden)) and not _JOINED.match(found["what"]):
            if found.end() >= len(hidden.rstrip(". ")):
                return "a verb", ""  # `no action`: none is taken, or none is needed
            is_none = "are" if is_plural(found["what"].casefold()) else "is"
            return "a verb", f"{' ' * (part[:1] == ' ')}there {is_none} {_small(part.lstrip())}"
        if _THAN_BEFORE.match(hidden):
            return "who or what it is", f"{' ' * (part[:1] == ' ')}it is {_small(part.lstrip())}"
        if (found := _AMOUNT.fullmatch(hidden.rstrip(". "))) and is_plural(found["what"].casefold()):
            few = "a " if found["many"].casefold() == "few" else ""
            return "a verb", f"{' ' * (part[:1] == ' ')}there are {few}{_small(part.lstrip())}"
        if _AT_A_TIME.fullmatch(hidden.rstrip(". ")):
            return "a verb", ""
    if first and not clause and _STATE_FIRST.match(hidden):
        return "who or what it is", ""
    return None


def _be(subject: str, state: str, *, ours: bool) -> str:
    """The form of `be` between a subject and its state."""
    head = _OF.split(subject)[0].split()[-1].casefold()
    many = is_plural(head) or (_MANY.search(subject) is not None and (head[-1:].isdigit() or head in _NUMBERS))
    many = (many or " and " in subject) and not re.match(r"(?:an?|one|this|every|each)\b", subject, re.IGNORECASE)
    past = ours and _COMPLETED.match(state) is not None
    return ("were" if many else "was") if past else ("are" if many else "is")


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


_SPLICED = 3
"""Clauses behind each other that need an `and`."""
_LONGEST = 600
"""Characters of a sentence that is looked at; nobody types a longer note."""
_SENTENCE = re.compile(r"[ \t]*(?:[-*•–] +)?(?P<words>[^\s.!?\n](?:[^.!?\n]|[.!?](?=[\w)\"”'’])){0,2000}[.!?]*)")
_JOINT = re.compile(r",(?=\s)|\sbut(?=\s)|;(?=\s)|\s[-–—](?=\s)|:(?=\s)")
_JOINED = re.compile(
    r"\s*(?:and|but|or|so|because|since|which|who|that|while|when|if|as|then|until|with|including)\b", re.IGNORECASE
)
"""How a clause begins that needs no `and` in front of it."""
_ORDER = re.compile(
    r"\s*(?:(?:please|just|now|then|first|instead)[, ]+)?(?:do not|don['’]?t|never|always|add|allow|ask|avoid|book"
    r"|bring|call|cancel"
    r"|change|check|choose|clear|click|close|collect|come|confirm|contact|continue|copy|delete|disable|download"
    r"|drive|e-?mail|enable|enter"
    r"|exit|follow|force|give|go|hold|ignore|install|keep|leave|log|look|make|move|open|order|pay|phone|pick|plan"
    r"|press|print|pull|put|quote"
    r"|reboot|reconnect|refresh|reload|remove|repeat|reply|reset|restart|retry|return|ring|save|scan|search|see"
    r"|select|send"
    r"|set|share|show|sign|skip|start|stay|stop|submit|switch|take|tap|text|tell|try|turn|type|unplug|update|use"
    r"|visit|wait|watch|work"
    r"|write|show|let|if|when|until|unless|for|in|on|with|by|from|at|after|before|as|to)\b",
    re.IGNORECASE,
)
"""How an instruction begins, or a part in front of one: it needs no subject."""
_BUT_TAKES = re.compile(
    r"\b(?:but|and|though|so) (?P<verb>(?:also |still |only |usually )?(?:takes|works|needs|loads|looks|fails|costs"
    r"|may|might"
    r"|can|will|does))\b",
    re.IGNORECASE,
)
_IF_STILL = re.compile(
    r" if (?:it is |it['’]s )?still (?P<what>nothing(?: works)?|not working|no luck|wrong|down|broken|failing|slow"
    r"|empty|stuck)"
    r"(?=[.,;]|$)",
    re.IGNORECASE,
)
_ALL_BEHIND = re.compile(r"(?P<space>\s*)(?P<what>[A-Z][\w-]+(?: [A-Z][\w-]+)?) all")
"""`Leeds all`, as in a list."""
_BY_ITSELF = re.compile(
    r"(?:all |many )?(?:thanks|thank you|sorry|apologies|good news|update|resolved|investigating|monitoring"
    r"|identified|none"
    r"|yes|no)(?: so far| yet)?[.!]*",
    re.IGNORECASE,
)
_ACTS = (
    r"add|adjust|agree|analy[sz]|apply|appl|ask|bring|build|call|catch|chang|check|clean|clear|collect|compar"
    r"|confirm|connect|contact"
    r"|copy|coordinat|correct|deliver|deploy|disabl|enabl|escalat|exchang|finish|fix|flush|follow|gather|get|go"
    r"|increas|install"
    r"|investigat|isolat|keep|load|look|mail|mov|offer|open|patch|phon|prepar|process|push|put|rais|reach|rebalanc"
    r"|reboot|rebook"
    r"|rebuild|reconnect|recover|refund|reinstall|releas|reload|remov|repair|replac|replay|re-?process|rerout"
    r"|re-?run|re-?send|reset"
    r"|re-?sign|restart|restor|re-?submit|resum|retry|return|revert|review|roll|rotat|runn|scal|send|ship|skipp"
    r"|splic|stand|start|stay"
    r"|stopp|submit|submitt|swapp|switch|synchroni[sz]|sync|talk|tell|test|throttl|tr(?:y|ac)|turn|upgrad|updat"
    r"|validat|verify|wait"
    r"|warm|watch|work|writ|drain|fail|drop|mitigat|monitor|speak|rout|redirect|hav|mak|do|us|tak|replicat|mount"
    r"|bypass|limit"
)
_WE_DO = re.compile(
    rf"\s*(?P<so>(?:still|now|currently|already|just|also|slowly|almost)\s+)?(?P<act>(?:{_ACTS})ing\b)"
    r"(?! (?:is|are|was|were|has|have|fails?|works?|takes?|failed|can|does|needs|may|will|times?)\b)",
    re.IGNORECASE,
)
_DONE_ANYHOW = (
    r"(?:re-?)?(?:rolled|restarted|rebooted|deployed|reverted|replaced|contacted|escalated|skipped|patched|moved"
    r"|switched|turned"
    r"|asked|told|started|put|got|set|flushed|swapped|repaired|removed|added|applied|found|caught|brought|fixed"
    r"|cleared|stopped"
    r"|restored|disabled|enabled|spliced|sent|took|gave|made|ran|pushed|raised|called|tested|checked|confirmed"
    r"|identified)"
)
_WE_DID = re.compile(
    rf"\s*(?:(?:just|now|already|also|have|has)\s+)?{_DONE_ANYHOW}"
    r"(?= (?:an?|all|another|as|back|both|by|down|each|every|everything|for|from|his|in|it|its|more|most|off|on|our"
    r"|out|over|some"
    r"|that|the|them|these|this|those|to|traffic|two|three|four|up|with|you|your|[A-Z]\w+|\d[\d.,]*)\b)"
    r"(?!.* (?:is|are|was|were|has|have|fails?|works?)\b)",
    re.IGNORECASE,
)
_ON_IT = re.compile(r"\s*(?:still |already )?on (?:it|the case|top of it)\b", re.IGNORECASE)
_VERB_FIRST = re.compile(
    r"\s*(?:(?:still|now|just|also|only|sometimes|often) )?(?:can['’]?t|cannot|could(?:n['’]?t)?|does(?:n['’]?t"
    r"| not)|do(?:n['’]?t| not)"
    r"(?! [a-z]+ (?:your|the|any|us|it|again|now|before|until))|didn['’]?t|doesn['’]?t|is(?:n['’]?t| not)"
    r"|aren['’]?t|wasn['’]?t"
    r"|won['’]?t|hasn['’]?t|haven['’]?t|should|will|may|might|must|has|was|were|seems|looks|takes|keeps|says|gets"
    r"|goes|hangs"
    r"|freezes|spins|fails|happens|affects|needs|appears|works|crashes|expects?|hope|hoping|think)\b",
    re.IGNORECASE,
)
_IT_DOES = re.compile(r"\s*(?:takes|works|looks|seems|fails|needs|happens|affects)\b", re.IGNORECASE)
_NOUN_TOO = re.compile(
    r"\s*(?:works|fails|crashes|hangs|looks|takes|needs|hope|may|will) (?:of|in|for|at|with)\b|\s*May \d"
)
_NO_NO = re.compile(
    r"\s*(?P<one>no (?!one\b|longer\b|matter\b|doubt\b)[\w-]+(?: [\w-]+)?) (?P<two>no (?!one\b"
    r"|longer\b)[\w-]+(?: [\w-]+)?)",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(
    r"\s*(?:charged|billed|(?:logged|signed|kicked|thrown|locked|timed) (?:out|off)|bounced|redirected|getting"
    r"|seeing|asked)"
    r" (?:an?|again|after|back|before|every|for|from|in|of|on|out|the|to|twice|when|while|with|[\x00'“\"])"
    r"(?!.* (?:is|are|was|were) )",
    re.IGNORECASE,
)
_THEN_NOTHING = re.compile(r",? (?:and )?then nothing(?= *$|\.$)", re.IGNORECASE)
_REST = re.compile(
    r"\s*(?:the )?(?:others?|rest|more|remaining [a-z]+) (?:soon|next|later|to follow|tomorrow|shortly|in \w.*)",
    re.IGNORECASE,
)
_TO_GO = re.compile(
    r"\s*(?:about |around |some )?(?P<what>(?P<many>\d[\d.,]*)(?: (?:million|thousand|billion|more|%"
    r"|percent))?(?: [a-z-]+){0,3}?)"
    r"(?P<go> to go)(?: .{0,40})?",
    re.IGNORECASE,
)
_HAS_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|can['’]t|cannot|could|will|won['’]t|would|may|might|must"
    r"|should|be|been|being"
    r"|works?|fails?|get|gets|got|see|sees|went|goes|comes?|came|keeps?|show|shows|showed|takes?|took|stays?"
    r"|remains?|arrives?|need|needs"
    r"|it['’]s|that['’]s|there['’]s|we['’]re|they['’]re|you['’]re|(?:is|are|was|were|do|does|did|has|have|could"
    r"|would)n['’]t"
    r"|who|which|that|how|what|why|where|whose)\b",
    re.IGNORECASE,
)
_STATES = (
    r"ok|okay|fine|correct|incorrect|pending|queued|worse|worst|better|in (?:test|testing|review|progress)|down|up"
    r"|back(?: (?:on|up|online|to normal))?|slow|slower|broken|dead|offline|online|unavailable"
    r"|unreachable|available|working"
    r"|failing|unaffected"
    r"|stuck|gone|missing|safe|impossible|possible|late|closed|shut|empty|flaky|normal|stable|unstable|ready|lost"
    r"|frozen|done"
    r"|healthy|green|red|dark|wrong|unusable|intact|live|inaccessible|automatic|manual|free|full|off|on hold|on|out"
    r"|over|sold out"
)
_PARTICIPLES = (
    r"(?:thrown|kicked|logged|signed|locked|sent|sold) out|taken|thrown|given|shown|accepted|refused|ignored"
    r"|charged|billed|deducted|debited"
    r"|withdrawn"
    r"|affected|blocked|cancelled|canceled|closed|confirmed|corrected|delayed|delivered|disabled|disconnected"
    r"|enabled|finished|fixed"
    r"|halted|impacted|interrupted|locked|mitigated|paused|postponed|re-?connected|recovered|refunded|re-?sent"
    r"|re-?signed|replaced"
    r"|rescheduled|resolved|restarted|restored|rolled back|shipped|spliced|stopped|stranded|suspended|switched|synced"
    r"|tested|updated|verified|caught up|cleared|completed|processed|repaired|rebooted|reverted|replayed|rejected"
    r"|declined"
)
_STATE = re.compile(
    rf"\s*(?P<subject>(?:[\w'’%$€£.,/&-]+ ){{1,7}}?)(?P<state>(?:(?:still|now|again|all|mostly|partly|not|already"
    rf"|also|completely"
    rf"|currently|only|fully|very|too) )*(?:(?:{_STATES}|{_PARTICIPLES})|not [a-z]{{3,12}}))"
    r"(?P<rest>(?: (?:again|now|too|already|yet|so far|everywhere|worldwide|nationwide|except|apart|other|though"
    r"|tho|anyway|either"
    r"|instead|as usual|twice|three times|today|overnight|tonight|for"
    r"|since|in|at|on|by|from"
    r"|until|till|after|with|within|due|because|across|throughout|to)\b.{0,200})?)",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"^(?:the )?(?:just|only|even|mainly|not|without|with|in|on|at|for|from|to|by|of|if|when|while|as|after|before"
    r"|since|until|during|because|due|and|but|or|very|too|so|also|still|now|fully|currently|including|except|more|less"
    r"|partly|mostly|completely)$"
    r"|\b(?:when|while|if|after|before|during|without|because|but|and|or)$"
    r"|^(?!(?:banking|billing|booking|gaming|matchmaking|messaging|ordering|parking|pricing|printing|roaming|routing"
    r"|scanning|shipping|streaming|ticketing|tracking|everything|nothing)\b)\w+ing\b|^please\b",
    re.IGNORECASE,
)
"""What is no subject: words in front of one, and an act."""
_NO_SUBJECT = frozenset({
    "the", "a", "an", "of", "in", "on", "at", "for", "to", "with", "from", "by", "our", "your", "their", "his", "and",
    "or", "very", "too", "so", "no", "not", "more", "as", "about", "up", "be", "any", "some", "most", "many", "almost",
    "nearly",
})  # fmt: skip
_PARTICIPLE = frozenset({"thrown", "taken", "given", "shown", "sent", "drawn", "broken", "caught", "kicked"})
_DONE_TO = re.compile(
    r"\b(?:(?:thrown|kicked|logged|signed|locked|sold) out|taken|thrown|withdrawn|deducted|accepted|refused|ignored"
    r"|affected|blocked"
    r"|cancelled|canceled|confirmed|corrected|delayed|disabled|disconnected|enabled|fixed"
    r"|impacted|interrupted"
    r"|locked|postponed|rebooted|re-?sent|re-?signed|refunded|rejected|repaired|replaced|rescheduled|resolved"
    r"|restored|rolled back"
    r"|spliced|stranded|suspended|tested)$",
    re.IGNORECASE,
)
"""What things do not do themselves, so that a verb is missing in front of it."""
_AGENT = re.compile(
    r"\b(?:we|they|i|you|he|she|it|who|engineers?|engineering|teams?|staff|support|providers?|vendors?|partners?"
    r"|suppliers?"
    r"|technicians?|crews?|developers?|colleagues|developer|banks?|companies|company|customers?|users?|people"
    r"|update|patch|change)\s*$",
    re.IGNORECASE,
)
_COMPLETED = re.compile(rf"(?:(?:now|again|all|already|also|fully) )*(?:{_PARTICIPLES})\b", re.IGNORECASE)
_OF = re.compile(r" (?:of|in|at|for|from|on|to|with|by|via) ", re.IGNORECASE)
_MANY = re.compile(
    r"^(?:all|both|most|many|some|few|several|these|those|two|three|four|five|six|seven|eight|nine|ten"
    r"|(?!1\b)\d[\d.,]*)(?=\s|$)",
    re.IGNORECASE,
)
_NUMBERS = frozenset(
    {"all", "both", "most", "many", "some", "few", "several", "these", "those", "two", "three", "four", "five", "six"}
)
_NO = re.compile(
    r"\s*no (?!one\b|longer\b|matter\b|doubt\b|more than\b)(?:\w+ ){0,1}?(?P<what>[\w-]+)(?= (?:since|for|in|on|at"
    r"|yet|so|from|after|to|with)\b|\.?$)",
    re.IGNORECASE,
)
_THAN_BEFORE = re.compile(
    r"\s*(?:worse|better|slower|faster|worst|slowest) (?:in|on|at|for|since|than|with|after|during|when)\b",
    re.IGNORECASE,
)
_AT_A_TIME = re.compile(
    r"\s*(?:[a-z-]+ ){1,3}(?:at|from|until|by) \d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|[A-Z]{3,4}))?", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\s*(?:a |about |around |some )?(?P<many>few|\d[\d.,]*(?: (?:thousand|million))?)(?: of \d[\d.,]*)?"
    r" (?P<what>[a-z-]+)(?: [a-z-]+)?"
    r"(?: (?:so far|done|left|open|in [A-Z]\w+))",
    re.IGNORECASE,
)
_STATE_FIRST = re.compile(
    r"\s*(?:(?:still|now|all|mostly|partly|almost|nearly) )?(?:down|up|back|slow|stable|unstable|ok|okay|fine"
    r"|broken|flaky|offline|online"
    r"|unavailable|good|better|worse|done|dead|green|normal|healthy|gone)"
    r"(?= (?:again|now|too|since|for|in|on|at|to|and|but|with|after|online|everywhere)\b|[,.;!]|\s*$)",
    re.IGNORECASE,
)
