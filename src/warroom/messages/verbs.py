"""The words by which the verb of a clause is found, and its form in the past."""

from __future__ import annotations

import re

AUXILIARIES = {
    "is": "was", "are": "were", "isn't": "wasn't", "aren't": "weren't", "it's": "it was", "they're": "they were",
    "we're": "we were", "there's": "there was",
    "has": "had", "have": "had", "hasn't": "hadn't", "haven't": "hadn't",
    "does": "did", "do": "did", "doesn't": "didn't", "don't": "didn't",
    "can": "could", "can't": "couldn't", "cannot": "could not", "am": "was", "must": "had to", "won't": "wouldn't",
}  # fmt: skip
UNMARKED = {word.replace("'", ""): word for word in ("can't", "don't", "won't", "isn't", "aren't", "doesn't", "hasn't")}
"""What people type without its apostrophe."""
PERFECT = {"has": "was", "have": "were"}
"""What is left of `have been`, which then is over: `customers have been charged twice` becomes `were charged`."""
ONLY_VERBS = {
    "appear": "appeared",
    "exclude": "excluded",
    "land": "landed",
    "pass": "passed",
    "reply": "replied",
    "stand": "stood",
    "arrive": "arrived",
    "become": "became",
    "begin": "began",
    "disappear": "disappeared",
    "encounter": "encountered",
    "exist": "existed",
    "expire": "expired",
    "fail": "failed",
    "get": "got",
    "go": "went",
    "keep": "kept",
    "lose": "lost",
    "need": "needed",
    "notice": "noticed",
    "occur": "occurred",
    "receive": "received",
    "remain": "remained",
    "see": "saw",
    "seem": "seemed",
    "stay": "stayed",
    "take": "took",
    "vanish": "vanished",
    "give": "gave",
    "freeze": "froze",
    "complain": "complained",
    "suffer": "suffered",
    "contain": "contained",
    "ask": "asked",
    "bounce": "bounced",
    "reject": "rejected",
    "refuse": "refused",
    "prevent": "prevented",
    "come": "came",
    "happen": "happened",
    "hear": "heard",
    "ignore": "ignored",
    "skip": "skipped",
    "throw": "threw",
    "require": "required",
    "render": "rendered",
    "deliver": "delivered",
    "disconnect": "disconnected",
    "find": "found",
    "connect": "connected",
    "cancel": "cancelled",
    "hide": "hid",
    "miss": "missed",
    "spin": "spun",
    "deny": "denied",
    "duplicate": "duplicated",
    "finish": "finished",
    "say": "said",
    "tell": "told",
    "lead": "led",
    "belong": "belonged",
    "accept": "accepted",
    "recognise": "recognised",
    "recognize": "recognized",
    "add": "added",
    "apply": "applied",
    "remove": "removed",
    "repeat": "repeated",
    "arise": "arose",
    "include": "included",
    "think": "thought",
    "choose": "chose",
    "tap": "tapped",
    "select": "selected",
    "install": "installed",
    "overwrite": "overwrote",
    "vary": "varied",
    "differ": "differed",
    "fluctuate": "fluctuated",
    "swallow": "swallowed",
    "truncate": "truncated",
    "corrupt": "corrupted",
    "revert": "reverted",
    "overlap": "overlapped",
    "forget": "forgot",
    "pretend": "pretended",
    "claim": "claimed",
    "join": "joined",
    "invite": "invited",
    "rename": "renamed",
    "write": "wrote",
    "create": "created",
    "delete": "deleted",
    "react": "reacted",
    "subscribe": "subscribed",
    "register": "registered",
    "confirm": "confirmed",
    "behave": "behaved",
    "generate": "generated",
    "activate": "activated",
    "calculate": "calculated",
    "expect": "expected",
    "buy": "bought",
    "collapse": "collapsed",
    "reappear": "reappeared",
    "consume": "consumed",
    "grow": "grew",
    "shrink": "shrank",
    "stutter": "stuttered",
    "win": "won",
    "know": "knew",
    "assume": "assumed",
    "solve": "solved",
    "speak": "spoke",
    "suspect": "suspected",
    "disrupt": "disrupted",
    "handle": "handled",
    "let": "let",
    "understand": "understood",
    "believe": "believed",
    "renew": "renewed",
    "beep": "beeped",
    "exceed": "exceeded",
    "persist": "persisted",
    "continue": "continued",
    "proceed": "proceeded",
    "succeed": "succeeded",
    "resume": "resumed",
    "allow": "allowed",
    "leave": "left",
    "make": "made",
    "bring": "brought",
    "convert": "converted",
    "assign": "assigned",
    "enable": "enabled",
    "disable": "disabled",
    "produce": "produced",
    "deduct": "deducted",
    "interrupt": "interrupted",
    "attach": "attached",
    "vibrate": "vibrated",
    "describe": "described",
}
"""Words that are the verb of their clause, whatever follows them."""  # fmt: skip
ALSO_NOUNS = {
    "break": "broke", "call": "called", "crash": "crashed", "display": "displayed", "drop": "dropped",
    "experience": "experienced", "hang": "hung", "load": "loaded", "open": "opened", "report": "reported",
    "respond": "responded", "return": "returned", "run": "ran", "show": "showed", "stop": "stopped", "time": "timed",
    "wait": "waited", "work": "worked", "answer": "answered", "send": "sent", "pay": "paid", "enter": "entered",
    "click": "clicked", "try": "tried", "use": "used", "save": "saved", "submit": "submitted",
    "log": "logged", "sign": "signed", "check": "checked", "search": "searched", "upload": "uploaded",
    "order": "ordered", "reload": "reloaded", "want": "wanted", "drain": "drained", "place": "placed",
    "start": "started", "end": "ended", "cause": "caused", "block": "blocked", "print": "printed", "sync": "synced",
    "redirect": "redirected", "refresh": "refreshed", "update": "updated", "stall": "stalled", "loop": "looped",
    "lag": "lagged", "play": "played", "download": "downloaded", "export": "exported", "import": "imported",
    "ship": "shipped",
    "scan": "scanned", "decline": "declined", "charge": "charged", "look": "looked", "turn": "turned", "leak": "leaked",
    "delay": "delayed", "process": "processed", "reach": "reached", "flicker": "flickered", "change": "changed",
    "list": "listed", "hold": "held", "match": "matched", "sound": "sounded", "cost": "cost",
    "point": "pointed", "jump": "jumped", "close": "closed", "reset": "reset", "cut": "cut", "count": "counted",
    "fill": "filled", "affect": "affected", "book": "booked", "edit": "edited", "stream": "streamed",
    "press": "pressed", "launch": "launched", "visit": "visited", "clear": "cleared", "scroll": "scrolled",
    "swap": "swapped", "mix": "mixed", "shut": "shut", "restart": "restarted", "reboot": "rebooted",
    "retry": "retried", "flash": "flashed", "blink": "blinked", "ring": "rang", "queue": "queued", "merge": "merged",
    "bill": "billed", "pile": "piled", "rise": "rose", "fall": "fell", "climb": "climbed",
    "buffer": "buffered", "pause": "paused", "rotate": "rotated",
    "lock": "locked", "move": "moved", "copy": "copied", "share": "shared", "switch": "switched",
    "sort": "sorted", "link": "linked", "empty": "emptied", "trigger": "triggered",
    "view": "viewed", "post": "posted", "filter": "filtered",
}  # fmt: skip
VERBS = ONLY_VERBS | ALSO_NOUNS
PARTICIPLES = {
    "saw": "seen",
    "got": "got",
    "took": "taken",
    "went": "gone",
    "lost": "lost",
    "found": "found",
    "came": "come",
    "became": "become",
    "gave": "given",
    "froze": "frozen",
    "kept": "kept",
    "heard": "heard",
    "sent": "sent",
    "paid": "paid",
    "broke": "broken",
    "hung": "hung",
    "bought": "bought",
    "ran": "run",
    "held": "held",
}
"""The forms behind `have` that are not those in the past: `you may have seen`."""  # fmt: skip


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
PLURAL = frozenset({"people", "ppl", "i", "they", "we", "you", "some", "most", "many", "all", "others", "both", "data"})
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
LETTING = frozenset({"let", "lets", "help", "helps", "make", "makes", "made"})
"""What a base form follows, further on: `lets an operator delete a volume`."""
STAYING = frozenset({
    "stay", "remain", "become", "seem", "appear", "stayed", "remained", "became", "seemed", "appeared",
})  # fmt: skip
"""What an adjective follows: `the order stays open`."""
ADVERBS = frozenset({
    "again", "already", "also", "always", "ever", "finally", "first", "just", "later", "mostly", "never", "now",
    "often", "only", "rarely", "since", "sometimes", "still", "then", "usually",
})  # fmt: skip
PAST_AUXILIARIES = frozenset({
    "was", "were", "had", "did", "could", "wasn't", "weren't", "hadn't", "didn't", "couldn't",
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
IRREGULAR = {
    "be": "was", "bear": "bore", "beat": "beat", "bend": "bent", "bet": "bet", "bind": "bound", "bite": "bit",
    "blow": "blew", "bring": "brought", "build": "built", "burn": "burnt", "burst": "burst", "catch": "caught",
    "cling": "clung", "creep": "crept", "deal": "dealt", "dig": "dug", "do": "did", "draw": "drew", "drink": "drank",
    "drive": "drove", "eat": "ate", "feed": "fed", "feel": "felt", "fight": "fought", "fit": "fitted", "flee": "fled",
    "fly": "flew", "forgive": "forgave", "grind": "ground", "have": "had", "hit": "hit", "hurt": "hurt", "know": "knew",
    "lay": "laid", "lean": "leaned", "learn": "learned", "leave": "left", "lend": "lent", "let": "let", "lie": "lay",
    "light": "lit", "make": "made", "mean": "meant", "meet": "met", "mislead": "misled", "overrun": "overran",
    "override": "overrode", "plan": "planned", "put": "put", "read": "read", "quit": "quit",
    "rebuild": "rebuilt", "redo": "redid",
    "resend": "resent", "rewrite": "rewrote", "ride": "rode", "rip": "ripped", "seek": "sought", "sell": "sold",
    "set": "set", "shake": "shook", "shine": "shone", "shoot": "shot", "sing": "sang", "sink": "sank", "sit": "sat",
    "sleep": "slept", "slide": "slid", "speak": "spoke", "spend": "spent", "split": "split", "spread": "spread",
    "spring": "sprang", "stand": "stood", "steal": "stole", "stick": "stuck", "strike": "struck", "sweep": "swept",
    "swim": "swam", "swing": "swung", "teach": "taught", "tear": "tore", "travel": "travelled",
    "understand": "understood",
    "undergo": "underwent", "undo": "undid", "upset": "upset", "wake": "woke", "wear": "wore", "win": "won",
    "withdraw": "withdrew", "commit": "committed", "control": "controlled", "enrol": "enrolled", "input": "input",
    "label": "labelled", "log": "logged", "permit": "permitted", "prefer": "preferred", "refer": "referred",
    "signal": "signalled", "submit": "submitted", "transfer": "transferred", "unzip": "unzipped", "zip": "zipped",
    "unplug": "unplugged", "unsubscribe": "unsubscribed", "opt": "opted",
}  # fmt: skip
"""Verbs that are not in the tables above, since they are seldom told of, and not regular."""
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
SEEING = frozenset({"encounter", "experience", "get", "notice", "see"})
"""What people do each time: `users will see an error` tells what happened, not what would have."""
HARDLY_NOUNS = frozenset({"show", "send", "pay", "enter", "try", "use", "want", "hold", "retry"})
"""Verbs of which the form with an s is hardly a noun: `the app shows`."""
BREAKS = frozenset({"break", "close", "crash", "hang", "freeze", "open", "respond", "stop", "work"})
TELLING = frozenset({"show", "return", "display", "list"})
"""Verbs behind one thing, with what it tells behind them: `search shows results`."""
TOLD = frozenset({"data", "incorrect", "old", "outdated", "stale", "wrong", "zero"})
"""How what it tells begins, if not with a plural: `the app shows old data`."""
WOULD = {"will": "would", "you'll": "you would", "they'll": "they would", "we'll": "we would", "it'll": "it would"}
OWNERS = frozenset({
    "we", "you", "they", "i", "people", "users", "customers", "admins", "administrators", "agents", "buyers", "clients",
    "colleagues", "drivers", "employees", "guests", "managers", "members", "merchants", "partners", "patients",
    "players",
    "sellers", "senders", "shops", "students", "subscribers", "teachers", "teams", "viewers", "visitors",
})  # fmt: skip
"""What stands behind a noun in front of what is done with it: `files you upload disappear`."""
FINITE = frozenset({
    "may", "might", "will", "was", "were", "had", "did", "could", "would", "should", "wasn't", "weren't", "couldn't",
    "didn't", "hadn't", "we", "they", "it's",
})  # fmt: skip
"""Words that only a clause has."""
BEHIND = frozenset(
    {"on", "at", "after", "right", "during", "when", "whenever", "while", "if", "as", "because", "in", "for", "every"}
)
SIGN = re.compile(r"\s*[<>≥≤~=]")
"""What stands behind a measure, not behind a verb: `page loads > 20 s`."""
BETWEEN = frozenset({"also", "not", "just", "now", "since", "fully", "already", "all", "both", "only"})
"""What may stand in the middle of `have fixed`."""
SPANS = frozenset({"after", "before", "until", "since"})
AMOUNTS = frozenset({"a", "an", "about", "one", "two", "three", "several", "some"})
"""What follows `after` in `after a minute`, which is no clause."""
PREPOSITIONS = frozenset({"of", "with", "for", "in", "on", "to", "from", "by", "about", "after", "at", "more", "many"})
"""In front of `crashes`, they make it a noun: `problems with app crashes on start`."""
PAST = frozenset({*VERBS.values(), *AUXILIARIES.values(), "could", "did"})
FINITE_PAST = frozenset({
    "became", "began", "came", "failed", "froze", "gave", "got", "hung", "kept", "lost", "saw", "took", "threw", "went",
    "disappeared", "stopped", "crashed", "happened", "occurred", "arrived",
})  # fmt: skip
"""Forms in the past that are verbs behind another word; `orders placed` may go on with `were lost`."""


NOW = re.compile(
    r"\?|\b(?:(?:do not|don['’]?t) know|as far as we (?:know|can tell)"
    r"|(?:works?|working|running|up|online|available|possible|normal(?:ly)?|stable)"
    r" again|can(?: \w+){1,3} again|already(?! (?:logged|signed) (?:in|on|out)\b)|at present|at the moment"
    r"|(?<!come )(?<!comes )(?<!came )(?<!jump )(?<!jumps )back"
    r"|back(?! to the (?:beginning|first|login|log-in|previous|sign-in|start|top)\b)"
    r"(?! (?:as|blank|empty|incomplete|with|without|wrong)\b)"
    r"(?! in (?!action|business|operation|order|place|service|stock|use))"
    r"|currently|for good|no longer|\w['’]ll"
    r"|(?:rest|all|it|we|everything|things|\w+s|service|system) (?:is|are) (?:all )?ok(?:ay)?"
    r"|(?:rest|it|everything|things|service|system) (?:is|are) (?:all )?(?:fine|good|green|healthy|normal|stable)"
    r"|(?:is|are|been|being|be|still|permanently) (?:deleted|gone|lost)"
    r"|now|permanently|recovered|restored|shall|so far"
    r"|still(?! work(?:s|ed)?\b)(?<!can still)(?<!could still)|(?<!as )soon|tomorrow|tmrw|tonight|will(?! not\b)|yet"
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
