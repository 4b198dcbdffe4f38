"""What stands in front of a status that customers read: what we are doing, what we did, or words that fit any text.

People type what they do ("checking the backups"), what is so ("70 % of devices are back"), a cause ("expired
certificate") or a question ("we don't know if orders are lost"). Only what is surely an act of ours is called one.
"""

from __future__ import annotations

import re

from warroom.messages.main_verb import has_verb
from warroom.messages.unfinished import unfinished

NOW, DONE, FIXED, OPEN, LATEST = "now", "done", "fixed", "open", "latest"
"""What a status tells: what is being done, what was done, how it was resolved, what is not known, or anything else."""
BOTH, SAYS = "both", "says"
"""Of several sentences, some tell what is known and some what is being done; or all say so without words in front."""

_ACTS = (
    r"(?:add|adjust|analys|analyz|appl|ask|block|bring|buil?d|call|catch|chang|check|clean|clear|compar|contact|continu"
    r"|coordinat|correct|debug|deploy|digg|disabl|drain|enabl|escalat|examin|exten|fail|find|fix|follow|gather|gett|go"
    r"|implement|import|increas|inspect|install|investigat|isolat|keep|look|mak|migrat|mitigat|monitor|mov|observ|patch|prepar"
    r"|process|pull|push|putt|rais|reach|reboot|rebuil?d|recover|redeploy|redirect|reduc|refund|reindex|releas|remov|renew"
    r"|repair|replac|replay|report|reprocess|rerunn|resend|resett|restart|restor|retr[yi]|return|revert|review|roll"
    r"|rotat|run|runn|scal|search|send|sett|shipp|speak|start|stopp|switch|talk|test|trac|troubleshoot|try|tun|turn|undo"
    r"|updat|upgrad|validat|verif|wait|watch|work|writ)y?"
)
_SUFFERED = "not|seeing|experiencing|having|getting|losing|missing|failing|running|being|facing|going"
"""What happens to us, so that "we are losing orders" is no act of ours."""
_STILL = r"(?:(?:still|now|currently|also|right now|rn) )*"
_WE = r"(?:we|i|our (?:team|engineers|developers)|the team|engineers|engineering|(?:two|three|several|our|all) teams?)"
_DOING = re.compile(
    rf"{_WE}(?: are| is|['’]re|['’]m) {_STILL}(?!(?:{_SUFFERED})\b)(?:\w+ing\b|on it\b|about to\b)"
    rf"|{_WE} (?:have|has) (?:started|begun) (?:to\b|\w+ing\b)|{_WE} (?:continues?|keeps?) (?:to\b|\w+ing\b)"
    rf"|{_STILL}{_ACTS}ing\b(?! (?:again|as|fine|normally|ok|stable|well)\b)"
    r"(?! (?:\w+ ){0,2}(?:is|are|was|were|has|have|had|will|can|job|jobs|failed|fails)\b)"
    rf"|(?:(?:an?|the|our|all|some|new|expired|failed|affected) )*(?:[\w'’-]+ ){{1,3}}(?:is|are) {_STILL}being \w+",
    re.IGNORECASE,
)
_BY_US = re.compile(rf"{_WE}\b", re.IGNORECASE)
_FAILING = re.compile(r"(?:failing|running|processing|reporting|recovering)\b.{0,2}", re.IGNORECASE)
"""What may be said of a machine too, where nothing follows it."""
_DONE = re.compile(
    r"we (?!are\b|were\b|will\b|have to\b|need|can|could|do|did not|don|must|may|might|see|saw|know|think|expect"
    r"|hope)\w+"
    r"|(?:added|adjusted|applied|blocked|cancelled|changed|cleaned|cleared|corrected|disabled|enabled|extended|fixed"
    r"|increased|installed|limited|moved|raised|rebuilt|redeployed|reduced|refunded|removed|renewed|repaired|replaced"
    r"|reset|restarted|restored|reverted|rolled back|scaled|stopped|switched|turned|undid|updated|upgraded)"
    r"(?= \w)(?! by\b)",
    re.IGNORECASE,
)
_DONE_TO = re.compile(
    r".*\b(?:was|were|has been|have been) (?:\w+ly )?(?!(?:no|not|being|caused|due|overloaded|wrong)\b)"
    r"(?:\w+(?:ed|en|own|ilt|ent|ound)|reset|shut|put)\b",
    re.IGNORECASE,
)
"""`The certificate was renewed`: before the end, that may as well be the cause."""
AS_ADJECTIVE = re.compile(
    r"\w+ed (?:[\w'’-]+ ){1,3}(?:are|is|was|were|being|sent|have|has|will|go|went)\b", re.IGNORECASE
)
"""`Corrected invoices were sent`: what was done stands in front of what it was done to, so that no "we" fits."""
_QUESTION = re.compile(
    r"\b(?:(?:do|does|did)(?: not|n['’]?t) (?:yet )?know|nobody knows|no idea|(?:not|isn['’]?t|aren['’]?t)"
    r" (?:yet |fully )?(?:known|clear|certain|sure|confirmed)"
    r"|unknown|unclear|unsure|to be (?:confirmed|determined)|tb[cd]"
    r"|(?:checking|investigating|finding out|looking into|analysing|analyzing|determining) (?:if|whether|how many|which"
    r"|who|why|what)|(?:still|yet) to (?:find out|be (?:found|seen)))\b",
    re.IGNORECASE,
)
_WE_DO_NOT_KNOW = re.compile(r"(?:what )?we (?:still )?(?:do not|don['’]?t) (?:yet )?know\b", re.IGNORECASE)


def open_question(text: str) -> str:
    """The words of a text that say that something is not known, which has to stay for all readers; "" if none do."""
    found = _QUESTION.search(text)
    return " ".join(found[0].split()) if found else ""


def what_it_tells(status: str, *, over: bool) -> str:
    """NOW, DONE, OPEN or LATEST: which words in front of a status are right; LATEST is right for any status.

    Once it is `over`, an act goes on only if the words say that it is ours; it is done if nothing says that more is to
    come.
    """
    text = status.strip().lstrip("-*•– ")
    if _WE_DO_NOT_KNOW.match(text) and "\n" not in text:
        return OPEN
    if _DOING.match(text) and not _FAILING.fullmatch(text) and (not over or _BY_US.match(text)):
        return NOW
    done = (_DONE.match(text) and not AS_ADJECTIVE.match(text)) or (over and _DONE_TO.match(text))
    if not done or open_question(text) or unfinished(text, over=over) or _TO_COME.search(text):
        return LATEST
    return DONE


def in_front_of(status: str, *, over: bool) -> str:
    """What stands in front of a status: as `what_it_tells` by itself, but by its sentences where that is any text.

    SAYS, which is nothing, if each sentence has its subject and its verb; BOTH if one of them tells what is being done.
    """
    tells = what_it_tells(status, over=over)
    text = status.strip()
    if tells == OPEN or not text or "\n" in text:
        return tells
    if all(_is_whole(sentence) for sentence in _SENTENCE.split(text)):
        return SAYS
    if tells != LATEST:
        return tells
    return BOTH if not over and says_what_is_done(text) else LATEST


def _is_whole(sentence: str) -> bool:
    """Whether a sentence stands by itself: it has a subject in front of a verb, and is no question or fragment."""
    if _BARE_BEGINNING.match(sentence):
        return False
    if not has_verb(_POINT.sub("", sentence)) and not _AND_WE.match(sentence):
        return False
    return len(sentence.split()) > _FRAGMENT


_FRAGMENT = 2
_AND_WE = re.compile(
    r"(?:[\w'’%.-]+ ){4,}[\w'’%-]+, (?:and|so|but) (?:it|they|we) (?:are|have|is|has|will)\b", re.IGNORECASE
)
"""`All lines in Leipzig scan parcels again, and we are watching them`: its own clause has a verb too."""
_POINT = re.compile(r"(?<=\d)\.(?=\d)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|;\s+")
_BARE_BEGINNING = re.compile(
    rf"{_STILL}(?:{_ACTS}ing|\w+ed|can['’]?t|cannot|could|does|do|don['’]?t|has|have|is|are|was|were|its|looks?|no|not"
    r"|should|seems?|sent|works?)\b",
    re.IGNORECASE,
)
"""What begins with its verb, so that who or what is missing: `Looks ok`, `rolled back`."""


def says_what_is_done(status: str) -> bool:
    """Whether a sentence, a clause or a line of a status says what is being done, or was, or all of it asks."""
    if what_it_tells(status, over=False) != LATEST:
        return True
    parts = (part.strip() for part in _PART.split(status))
    return any(
        what_it_tells(part, over=False) in (NOW, DONE) or _WITHIN.search(part) or _NO_MORE.search(part)
        for part in parts
        if part
    )


_PART = re.compile(r"(?<=[.!?])\s+|;\s+|\n+|, (?=(?:and |so |but )?(?:we|it|they)\b)|, (?=\w+ing\b)| and (?=we\b)|: ")
_WITHIN = re.compile(
    r"\bwe(?: are|['’]re) (?:\w+ly |now |still |already )*(?!not\b|seeing|experiencing|having|losing|missing)\w+ing\b"
    r"|\bwe (?:have|['’]ve) (?!no\b|not\b|an?\b|the\b|seen\b|lost\b)\w+|\bwe(?: will|['’]ll) (?!not\b|know|see)\w+",
    re.IGNORECASE,
)
"""`… by a job, which we have stopped`; `we will issue corrected invoices`."""
_NO_MORE = re.compile(
    r"\b(?:is|are) (?:now |again |already )?(?:switched|turned|taken) \w+"
    r"|\b(?:is|are) (?:now |already )?"
    r"(?:being \w+|corrected|disabled|enabled|fixed|locked|removed|replaced|reverted|stopped)\b",
    re.IGNORECASE,
)


_TO_COME = re.compile(r"\b(?:will|tomorrow|tmrw|tonight|soon|later)\b|['’]ll\b", re.IGNORECASE)
