"""The words by which the verb of a clause is found, and its form in the past."""

from __future__ import annotations

import re

from warroom.text.verbs import BASES, past

AUXILIARIES = {
    "is": "was", "are": "were", "isn't": "wasn't", "aren't": "weren't", "it's": "it was", "they're": "they were",
    "we're": "we were", "there's": "there was",
    "has": "had", "have": "had", "hasn't": "hadn't", "haven't": "hadn't",
    "does": "did", "do": "did", "doesn't": "didn't", "don't": "didn't",
    "can": "could", "can't": "couldn't", "cannot": "could not", "am": "was", "must": "had to", "won't": "wouldn't",
}  # fmt: skip
UNMARKED = {word.replace("'", ""): word for word in ("can't", "don't", "won't", "isn't", "aren't", "doesn't", "hasn't")}
"""What people type without its apostrophe."""


def _with_past(verbs: str) -> dict[str, str]:
    return {verb: past(verb) for verb in verbs.split()}


ONLY_VERBS = _with_past("""
    accept activate add allow appear apply arise arrive ask assign assume attach become beep begin behave believe
    belong bounce bring buy calculate cancel choose claim collapse come complain confirm connect consume contain
    continue convert corrupt create deduct delete deliver deny describe differ disable disappear disconnect disrupt
    duplicate enable encounter exceed exclude exist expect expire fail find finish fluctuate forget freeze generate
    get give go grow handle happen hear hide ignore include install interrupt invite join keep know land lead leave
    let lose make miss need notice occur overlap overwrite pass persist pretend prevent proceed produce react
    reappear receive recognise recognize refuse register reject remain remove rename render renew repeat reply
    require resume revert say see seem select shrink skip solve speak spin stand stay stutter subscribe succeed
    suffer suspect swallow take tap tell think throw truncate understand vanish vary vibrate win write
""")
"""Words that are the verb of their clause, whatever follows them, with their form in the past."""
ALSO_NOUNS = _with_past("""
    affect answer bill blink block book break buffer call cause change charge check clear click climb close copy
    cost count crash cut decline delay display download drain drop edit empty end enter experience export fall fill
    filter flash flicker hang hold import jump lag launch leak link list load lock log look loop match merge mix
    move open order pause pay pile place play point post press print process queue reach reboot redirect refresh
    reload report reset respond restart retry return ring rise rotate run save scan scroll search send share ship
    show shut sign sort sound stall start stop stream submit swap switch sync time trigger try turn update upload
    use view visit wait want work
""")
VERBS = ONLY_VERBS | ALSO_NOUNS
ALWAYS_VERBS = frozenset({
    "appear", "arrive", "become", "come", "disappear", "fail", "find", "get", "go", "happen", "hear", "keep", "lose",
    "occur", "receive", "say", "see", "take", "think", "vanish",
})  # fmt: skip
"""What is told of outages, and can be nothing but a verb right behind a noun. Only these, and those below, change."""
BEHIND_PLURAL = frozenset({"crash", "freeze", "hang", "load", "show", "work"})
"""Verbs that may be nouns elsewhere, but not behind a noun of several: `pages load`."""
WITH_OBJECT = frozenset({"display", "return", "show"})
"""Verbs behind a noun if what they tell begins behind them: `the app shows no prices`."""
BEHIND_PRONOUN = ALWAYS_VERBS.union(
    BEHIND_PLURAL,
    {
        "click",
        "enter",
        "log",
        "open",
        "order",
        "pay",
        "press",
        "save",
        "scan",
        "search",
        "sign",
        "start",
        "stop",
        "tap",
    },
    {"try", "upload", "use", "want"},
)
"""What people do while it fails: `when they pay`, `when you open it`."""
SAYING = frozenset({
    "ask", "assume", "believe", "claim", "complain", "confirm", "expect", "fear", "guess", "hope", "know", "mean",
    "notice", "report", "say", "see", "show", "state", "suspect", "think", "warn",
})  # fmt: skip
"""Verbs that a whole clause may follow: `the app reports payments are late`."""


def third(verb: str) -> str:
    """`goes`, `vanishes`, `denies`, `fails`: the form of a verb behind he, she or it."""
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "o")) else f"{verb}s"


THIRD = {third(verb): verb for verb in VERBS}
CLAUSE = re.compile(
    r"(?:[!?;()\n–—]|[.,:](?!\d)|(?<!\d)[.,:])+|(?<=\s)-(?=\s)|\b(?:and|or|but|when|whenever|while|because|if|that|who|which|after|before|until|unless|as"
    r"|so|since|where|although|though|tho|than)\b|(?<=\w )(?:what|(?:each|every) time)"
    r"(?= (?:customers|it|people|they|users|we|you)\b)",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[\"“„«][^\"”“»\n]*[\"”“»]|`[^`\n]*`")
BUTTON = re.compile(r"(?<=\bclick )[A-Z][a-z]+|(?<=\bpress )[A-Z][a-z]+|(?<=\btap )[A-Z][a-z]+")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
PLURAL = frozenset(
    {"people", "ppl", "i", "they", "we", "you", "some", "most", "many", "all", "others", "both", "data", "staff"}
)
SINGLE = frozenset(
    {
        "it",
        "this",
        "that",
        "nothing",
        "everything",
        "something",
        "nobody",
        "everybody",
        "everyone",
        "somebody",
        "someone",
        "anybody",
        "anyone",
    }
)
OBJECT = frozenset(
    {
        "a",
        "an",
        "the",
        "no",
        "nothing",
        "only",
        "too",
        "very",
        "them",
        "empty",
        "blank",
        "out",
        "errors",
        "itself",
        "themselves",
    }
)
RELATIVE = frozenset({"who", "which", "that"})
DETERMINERS = frozenset({"the", "our", "a", "an", "each", "every"})
POSSESSIVES = frozenset({"his", "her", "its", "my", "our", "their", "your", "whose", "any", "another"})
QUANTIFIERS = frozenset(
    {"all", "both", "few", "half", "many", "more", "most", "other", "several", "some", "such", "various"}
)
BEHIND_NOUNS = frozenset(
    {"of", "with", "for", "from", "by", "about", "during", "without", "into", "between", "via", "per"}
)
"""What a noun follows, and hardly ever a verb: no particle, as `in` is in `who log in see an error`."""
NUMBERS = frozenset({"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"})
ADJECTIVES = frozenset({"corrupt", "duplicate"})
"""Of the words that else are verbs only: `duplicate calendar entries`."""
LINKING = frozenset({"appear", "become", "get", "go", "keep", "remain", "seem", "stay"})
"""What a form in the past may follow that is no verb: `the door stays locked`."""
LETTING = frozenset({"let", "lets", "help", "helps", "make", "makes", "made"})
"""What a base form follows, further on: `lets an operator delete a volume`."""
ADVERBS = frozenset({
    "again", "already", "also", "always", "ever", "finally", "first", "just", "later", "mostly", "never", "now",
    "often", "only", "rarely", "since", "sometimes", "still", "then", "usually",
})  # fmt: skip
PAST_AUXILIARIES = frozenset({
    "was", "were", "had", "did", "could", "would", "wasn't", "weren't", "hadn't", "didn't", "couldn't", "wouldn't",
})  # fmt: skip
NEVER_PARTICIPLES = frozenset({"saw", "went", "took", "came", "became", "began", "gave", "froze", "threw", "wrote"})
"""Forms in the past that are the verb of their clause wherever they stand; `lost` may say what was done."""
CLOSED = frozenset({
    "a", "an", "the", "all", "and", "any", "as", "at", "away", "abroad", "behind", "below", "both", "each", "either",
    "elsewhere", "else", "every", "everywhere", "for", "here", "how", "in", "inside", "it", "like", "more", "near",
    "neither", "no", "none", "not", "of", "off", "on", "once", "one", "online", "or", "our", "out", "outside", "over",
    "per", "some", "than", "that", "their", "them", "there", "they", "this", "to", "together", "too", "twice", "under",
    "across", "against", "along", "alongside", "among", "beside", "besides", "beyond", "despite", "down",
    "except", "onto", "past", "perhaps", "plus", "through", "throughout", "toward", "towards", "unlike", "upon",
    "versus", "via", "within", "before", "after", "during", "until", "since", "about", "whether", "where", "which",
    "up", "very", "was", "we", "were", "what", "when", "who", "why", "with", "without", "worldwide", "you", "your",
    "had", "did", "could", "would", "may", "might", "shall", "should", "yet", "soon", "today", "yesterday", "alike",
})  # fmt: skip
"""Words that are no verbs, where one that is in no table would be taken for one."""
SELDOM = BASES | {
    "commit", "control", "enrol", "fit", "label", "lean", "learn", "log", "opt", "permit", "plan", "prefer", "refer",
    "rip", "signal", "submit", "transfer", "travel", "unplug", "unsubscribe", "unzip", "zip",
}  # fmt: skip
"""More verbs, which are seldom told of: they count only in a row with others."""
MODAL = frozenset({
    "will", "won't", "may", "might", "must", "should", "shall", "would", "could", "couldn't", "did", "didn't", "to",
    "not", "do", "don't", "does", "doesn't", "can", "can't", "cannot", "let's", "you'll", "they'll", "we'll", "it'll",
})  # fmt: skip
"""Words with the base form of a verb behind them, which keeps it: `don't get`, `to pay`."""
SUBORDINATE = frozenset(
    {"when", "whenever", "while", "because", "if", "that", "who", "which", "after", "before", "until", "unless", "as"}
    | {"where", "each time", "every time"}
)
PRONOUNS = frozenset({"you", "they", "we", "it", "he", "she"})
ALONE = frozenset({"work", "crash", "hang", "load", "respond", "wait", "stop", "drop", "stall", "flicker"})
"""Verbs that are nouns too, but hardly behind a plural: `wallets work`."""
BREAKS = frozenset({"break", "close", "crash", "hang", "freeze", "open", "respond", "stop", "work"})
TELLING = frozenset({"show", "return", "display", "list"})
"""Verbs behind one thing, with what it tells behind them: `search shows results`."""
TOLD = frozenset({"data", "incorrect", "old", "outdated", "stale", "wrong", "zero"})
"""How what it tells begins, if not with a plural: `the app shows old data`."""
FINITE = frozenset({
    "may", "might", "will", "was", "were", "had", "did", "could", "would", "should", "wasn't", "weren't", "couldn't",
    "didn't", "hadn't", "we", "they", "it's",
})  # fmt: skip
"""Words that only a clause has."""
BEHIND = frozenset(
    {"on", "at", "after", "right", "during", "when", "whenever", "while", "if", "as", "because", "in", "for", "every"}
)
SPANS = frozenset({"after", "before", "until", "since"})
PREPOSITIONS = frozenset({"of", "with", "for", "in", "on", "to", "from", "by", "about", "after", "at", "more", "many"})
"""In front of `crashes`, they make it a noun: `problems with app crashes on start`."""
PAST = frozenset({*VERBS.values(), *AUXILIARIES.values(), "could", "did"})
FINITE_PAST = frozenset({
    "became", "began", "came", "failed", "froze", "gave", "got", "hung", "kept", "lost", "saw", "took", "threw", "went",
    "disappeared", "stopped", "crashed", "happened", "occurred", "arrived",
})  # fmt: skip
"""Forms in the past that are verbs behind another word; `orders placed` may go on with `were lost`."""


_ALREADY = r"(?<!that are )(?<!who are )(?<!that have )(?<!who have )already(?! (?:logged|signed) (?:in|on|out)\b)"
"""Of whom or what is told of, as in `guests who have already paid`, it says nothing of now."""
NOW = re.compile(
    r"\?|\b(?:(?:do not|don['’]?t) know|as far as we (?:know|can tell)"
    r"|(?:works?|working|running|up|online|available|possible|normal(?:ly)?|stable)"
    r" again|can(?: \w+){1,3} again|" + _ALREADY + r"|at present|at the moment"
    r"|(?<!come )(?<!comes )(?<!came )(?<!jump )(?<!jumps )back"
    r"|back(?! to the (?:beginning|first|login|log-in|previous|sign-in|start|top)\b)"
    r"(?! (?:as|blank|empty|incomplete|with|without|wrong)\b)"
    r"(?! in (?!action|business|operation|order|place|service|stock|use))"
    r"|currently|for good|no longer|\w['’]ll"
    r"|(?:rest|all|it|we|everything|things|\w+s|service|system) (?:is|are) (?:all )?ok(?:ay)?"
    r"|(?:rest|it|everything|things|service|system) (?:is|are) (?:all )?(?:fine|good|green|healthy|normal|stable)"
    r"|(?:is|are|been|being|be|still|permanently) (?:deleted|gone|lost)"
    r"|now|permanently|recovered|restored|shall|so far"
    r"|still(?! work(?:s|ed)?\b)(?<!stand still)(?<!stands still)(?<!stood still)(?<!can still)(?<!could still)"
    r"|(?<!as )soon|tomorrow|tmrw|tonight|will(?! not\b)|yet"
    r"|(?:be|get|going|will) \w+ today)\b",
    re.IGNORECASE,
)
"""What speaks of now or later, or of what stays: none of it was so only while it lasted."""
HABIT = re.compile(
    r"\b(?:(?:customers|everybody|everyone|people|they|users|visitors|you) will|(?:they|you)['’]ll)"
    r"(?= (?:also |only |then )?(?:encounter|experience|get|notice|see)\b)"
    r"(?!.*\b(?:by|compensat\w+|credit\w*|e?-?mails?|from us|messages?|money|once|refund\w*|soon|tomorrow|until"
    r"|vouchers?)\b)",
    re.IGNORECASE,
)
"""`Users will see an error`, which tells what happens each time, not what is still to come."""
