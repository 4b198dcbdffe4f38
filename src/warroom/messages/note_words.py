"""The words by which a note is told from a sentence, and what is missing in it."""

from __future__ import annotations

import re

SPLICED = 3
"""Clauses behind each other that need an `and`."""
LONGEST = 600
"""Characters of a sentence that is looked at; nobody types a longer note."""
SENTENCE = re.compile(
    r"[ \t]*(?:[-*•–] +)?(?P<words>[^\s.!?\n](?:[^.!?\n]|[.!?](?=[\w)\"”'’])"
    r"|(?:(?<=\bco)|(?<=\bltd)|(?<=\binc))\.(?= [a-z])){0,2000}[.!?]*)"
)
JOINT = re.compile(r",(?=\s)|\sbut(?=\s)|;(?=\s)|\s[-–—](?=\s)|:(?=\s)")
JOINED = re.compile(
    r"\s*(?:and|but|or|so|because|since|which|who|that|while|when|if|as|then|until|with|including)\b", re.IGNORECASE
)
"""How a clause begins that needs no `and` in front of it."""
ORDER = re.compile(
    r"\s*(?:(?:please|just|now|then|first|instead)[, ]+)?(?:do not|don['’]?t|never|always|add|allow|ask|avoid|book"
    r"|bring|call|cancel"
    r"|change|check|choose|clear|click|close|collect|come|confirm|contact|continue|copy|delete|disable|download"
    r"|drive|e-?mail|enable|enter"
    r"|exit|follow|force|give|go|hold|ignore|install|keep|leave|log|look|make|move|open|order|pay|phone|pick|plan"
    r"|press|plug|power|print|pull|put|reinstall|redo|scroll|split|swipe|tick|upload|quote"
    r"|reboot|reconnect|refresh|reload|remove|repeat|reply|reset|restart|retry|return|ring|save|scan|search|see"
    r"|select|send"
    r"|set|share|show|sign|skip|start|stay|stop|submit|switch|take|tap|text|tell|try|turn|type|unplug|update|use"
    r"|visit|wait|watch|work"
    r"|write|show|let|if|when|until|unless|for|in|on|with|by|from|at|after|before|as|to)\b",
    re.IGNORECASE,
)
"""How an instruction begins, or a part in front of one: it needs no subject."""
BUT_TAKES = re.compile(
    r"\b(?:but|and|though|so) (?P<verb>(?:also |still |only |usually )?(?:takes|works|needs|loads|looks|fails|costs"
    r"|may|might"
    r"|can|will|does))\b",
    re.IGNORECASE,
)
IF_STILL = re.compile(
    r" if still (?P<what>nothing(?: works)?|not working|no luck|wrong|down|broken|failing|slow"
    r"|empty|stuck)"
    r"(?=[.,;]|$)",
    re.IGNORECASE,
)
ALL_BEHIND = re.compile(r"(?P<space>\s*)(?P<what>[A-Z][\w-]+(?: [A-Z][\w-]+)?) all")
"""`Leeds all`, as in a list."""
BY_ITSELF = re.compile(
    r"(?:all |many )?(?:thanks|thank you|sorry|apologies|good news|update|resolved|investigating|monitoring"
    r"|identified|none"
    r"|yes|no)(?: so far| yet)?[.!]*",
    re.IGNORECASE,
)
ACTS = (
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
WE_DO = re.compile(
    rf"\s*(?P<so>(?:still|now|currently|already|just|also|slowly|almost)\s+)?(?P<act>(?:{ACTS})ing\b)"
    r"(?! (?:is|are|was|were|has|have|fails?|works?|takes?|failed|can|does|needs|may|will|times?)\b)",
    re.IGNORECASE,
)
DONE_ANYHOW = (
    r"(?:re-?)?(?:rolled|restarted|rebooted|deployed|reverted|replaced|contacted|escalated|skipped|patched|moved"
    r"|switched|turned"
    r"|asked|told|started|put|got|set|flushed|swapped|repaired|removed|added|applied|found|caught|brought|fixed"
    r"|cleared|stopped"
    r"|restored|disabled|enabled|spliced|sent|took|gave|made|ran|pushed|raised|called|tested|checked|confirmed"
    r"|identified)"
)
WE_DID = re.compile(
    rf"\s*(?:(?:just|now|already|also|have|has)\s+)?{DONE_ANYHOW}"
    r"(?= (?:an?|all|another|as|back|both|by|down|each|every|everything|for|from|his|in|it|its|more|most|off|on|our"
    r"|out|over|some"
    r"|that|the|them|these|this|those|to|traffic|two|three|four|up|with|you|your|(?-i:[A-Z])\w+|\d[\d.,]*)\b)"
    r"(?!.* (?:is|are|was|were|has|have|fails?|works?)\b)",
    re.IGNORECASE,
)
ON_IT = re.compile(r"\s*(?:still |already )?on (?:it|the case|top of it)\b", re.IGNORECASE)
VERB_FIRST = re.compile(
    r"\s*(?:(?:still|now|just|also|only|sometimes|often) )?(?:can['’]?t|cannot|could(?:n['’]?t)?|does(?:n['’]?t"
    r"| not)|do(?:n['’]?t| not)"
    r"(?! [a-z]+ (?:your|the|any|us|it|again|now|before|until))|didn['’]?t|doesn['’]?t|is(?:n['’]?t| not)"
    r"|aren['’]?t|wasn['’]?t"
    r"|won['’]?t|hasn['’]?t|haven['’]?t|should|will|may|might|must|has|was|were|seems|looks|takes|keeps|says|gets"
    r"|goes|hangs"
    r"|freezes|spins|fails|happens|affects|needs|appears|works|crashes|expects?|hope|hoping|think)\b",
    re.IGNORECASE,
)
IT_DOES = re.compile(r"\s*(?:takes|works|looks|seems|fails|needs|happens|affects)\b", re.IGNORECASE)
NOUN_TOO = re.compile(
    r"\s*(?:works|fails|crashes|hangs|looks|takes|needs|hope|may|will) (?:of|in|for|at|with)\b|\s*May \d"
)
NO_NO = re.compile(
    r"\s*(?P<one>no (?!one\b|longer\b|matter\b|doubt\b)[\w-]+(?: [\w-]+)?) (?P<two>no (?!one\b"
    r"|longer\b)[\w-]+(?: [\w-]+)?)",
    re.IGNORECASE,
)
TO_WHOM = re.compile(
    r"\s*(?:charged|billed|(?:logged|signed|kicked|thrown|locked|timed) (?:out|off)|bounced|redirected|getting"
    r"|seeing|asked)"
    r" (?:an?|again|after|back|before|every|for|from|in|of|on|out|the|to|twice|when|while|with|[\x00'“\"])"
    r"(?!.* (?:is|are|was|were) )",
    re.IGNORECASE,
)
THEN_NOTHING = re.compile(r",? (?:and )?then nothing(?= *$|\.$)", re.IGNORECASE)
REST = re.compile(
    r"\s*(?:the )?(?:others?|rest|more|remaining [a-z]+) (?:soon|next|later|to follow|tomorrow|shortly|in \w.*)",
    re.IGNORECASE,
)
TO_THEM = re.compile(
    r"\s*(?:an? )?(?:\w+ )?(?:call|e-?mail|letter|mail|message|refund|text|visit)s?"
    r" to (?:all|each|every(?:one|body)?|them|you)\b(?: [\w'’-]+){0,5}?"
    r" (?:now|soon|today|tomorrow|tonight|(?:by|next|on|this) \w+)",
    re.IGNORECASE,
)
"""What is sent to those who were hit, without its verb: `letter to each of them today`."""
TO_GO = re.compile(
    r"\s*(?:about |around |some )?(?P<what>(?P<many>\d[\d.,]*)(?: (?:million|thousand|billion|more|%"
    r"|percent))?(?: [a-z-]+){0,3}?)"
    r"(?P<go> to go)(?: .{0,40})?",
    re.IGNORECASE,
)
HAS_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|can|can['’]t|cannot|could|will|won['’]t|would|may|might|must"
    r"|should|be|been|being"
    r"|works?|fails?|get|gets|got|see|sees|went|goes|comes?|came|keeps?|show|shows|showed|takes?|took|stays?"
    r"|remains?|arrives?|needs?"
    r"|it['’]s|that['’]s|there['’]s|we['’]re|they['’]re|you['’]re|(?:is|are|was|were|do|does|did|has|have|could"
    r"|would)n['’]t"
    r"|who|which|that|how|what|why|where|whose)\b",
    re.IGNORECASE,
)
STATES = (
    r"(?:hanging|waiting|failing|crashing|freezing|looping|moving|draining|rebooting|reconnecting|timing out"
    r"|coming back)"
    r"|ok|okay|fine|correct|incorrect|pending|queued|worse|worst|better|in (?:test|testing|review|progress)|down|up"
    r"|in (?:the )?(?:wrong )?hands(?: of(?: [\w'’-]+){1,4})?"
    r"|back(?: (?:on|up|online|to normal))?|slow|slower|broken|dead|offline|online|unavailable"
    r"|unreachable|available|working"
    r"|failing|unaffected"
    r"|stuck|gone|missing|safe|impossible|possible|late|closed|shut|empty|flaky|normal|stable|unstable|ready|lost"
    r"|frozen|done"
    r"|healthy|green|red|dark|wrong|unusable|intact|live|inaccessible|automatic|manual|free|full|off|on hold|on|out"
    r"|over|sold out|timed out|out of date|too (?:big|early|high|late|large|long|low|many|short|slow|small)"
    r"|(?:about |up to )?\d+(?:[.,]\d+)? ?(?:min(?:utes?)?|h|hours?|s|sec(?:onds?)?|days?) (?:late|behind)"
)
STAYS = re.compile(
    r"(?:(?:still|now|all|again|fully) )*(?:ok|okay|fine|correct|unaffected|available|working|safe|intact|normal|stable"
    r"|ready|healthy|online|back|up)\b",
    re.IGNORECASE,
)
"""States that are so also when all is over: `funds safe`."""
PARTICIPLES = (
    r"(?:thrown|kicked|logged|signed|locked|sent|sold) out|taken|thrown|given|shown|deleted|damaged|accepted"
    r"|refused|ignored"
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
STATE = re.compile(
    rf"\s*(?P<subject>(?:[\w'’%$€£.,/&-]+ ){{1,7}}?)(?P<state>(?:(?:still|now|again|all|mostly|partly|not|already"
    rf"|also|completely"
    rf"|currently|only|fully|very|too) )*(?:(?:{STATES}|{PARTICIPLES})"
    r"|not [a-z]{3,12}(?: (?:away|back|down|in|off|on|out|over|through|up))?))"
    r"(?P<rest>(?: (?:again|now|too|already|yet|so far|everywhere|worldwide|nationwide|except|apart|other|though"
    r"|tho|anyway|either"
    r"|instead|as usual|twice|three times|today|overnight|tonight|when|or|paid|through|for"
    r"|since|in|at|on|by|from"
    r"|until|till|after|with|within|due|because|across|throughout|to)\b.{0,200})?)",
    re.IGNORECASE,
)
PHRASE = re.compile(
    r"^(?:the )?(?:just|only|even|mainly|not|without|with|in|on|at|for|from|to|by|of|if|when|while|as|after|before"
    r"|since|until|during|because|due|and|but|or|very|too|so|also|still|now|fully|currently|including|except|more|less"
    r"|partly|mostly|completely)$"
    r"|\b(?:when|while|if|after|before|during|without|because|but|and|or)$"
    r"|^(?!(?:banking|billing|booking|gaming|matchmaking|messaging|ordering|parking|pricing|printing|roaming|routing"
    r"|scanning|shipping|streaming|ticketing|tracking|everything|nothing)\b)\w+ing\b|^please\b",
    re.IGNORECASE,
)
"""What is no subject: words in front of one, and an act."""
NO_SUBJECT = frozenset({
    "the", "a", "an", "of", "in", "on", "at", "for", "to", "with", "from", "by", "our", "your", "their", "his", "and",
    "or", "very", "too", "so", "no", "not", "more", "as", "about", "up", "be", "any", "some", "most", "many", "almost",
    "nearly",
})  # fmt: skip
PARTICIPLE = frozenset({"thrown", "taken", "given", "shown", "sent", "drawn", "broken", "caught", "kicked"})
DONE_TO = re.compile(
    r"\b(?:(?:thrown|kicked|logged|signed|locked|sold) out|taken|thrown|withdrawn|deducted|lost|deleted|damaged"
    r"|accepted|refused|ignored"
    r"|affected|blocked"
    r"|cancelled|canceled|confirmed|corrected|delayed|disabled|disconnected|enabled|fixed"
    r"|impacted|interrupted"
    r"|locked|postponed|rebooted|re-?sent|re-?signed|refunded|rejected|repaired|replaced|rescheduled|resolved"
    r"|restored|rolled back"
    r"|spliced|stranded|suspended|tested)$",
    re.IGNORECASE,
)
"""What things do not do themselves, so that a verb is missing in front of it."""
ALWAYS_SAID = re.compile(
    r"(?:(?:now|still|all) )*(?:(?:thrown|kicked|logged|signed|locked|timed) out|missing"
    r"|(?:billed|charged|sent) twice)\b",
    re.IGNORECASE,
)
"""States that no subject does by itself, whatever stands in front of them."""
NOT_DONE = re.compile(r"not (?:cut|hit|let|put|read|set|shut|split)\b", re.IGNORECASE)
"""What was not done to something: behind a bare `not`, these words are no verbs of its own."""
AGENT = re.compile(
    r"\b(?:we|they|i|you|he|she|it|who|engineers?|engineering|teams?|staff|support|providers?|vendors?|partners?"
    r"|suppliers?"
    r"|technicians?|crews?|developers?|colleagues|developer|banks?|companies|company|customers?|users?|people"
    r"|update|patch|change)\s*$",
    re.IGNORECASE,
)
PART_OF = re.compile(
    r"(?:about |around |almost |nearly )?(?:\d[\d.,]* ?%|half|most|some|all|many|a (?:third|quarter|tenth)) of ", re.I
)
"""A part of something, which is many if that is: `98% of reads`."""
NEEDS_AND = re.compile(
    r"\s*(?:need|needs|says|shows|spins|stays|keeps|get|gets|goes|lose|loses)\b(?! (?:of|for)\b)", re.I
)
"""A verb behind a comma, whose subject is in front of that."""
ACTIVE = re.compile(r"\bcaught up$", re.IGNORECASE)
"""What things have done themselves: `ingest caught up` is no act on it."""
GOING = re.compile(
    r"(?:^| )(?:still |now |just )?(?:going|coming|getting|rolling|moving|growing|falling)$", re.IGNORECASE
)
"""What belongs to the state behind it, and not to a subject: `fix going out now`."""
GOING_UP = re.compile(
    r" (?:(?:still|now|just|all|also) )?(?:back|break|build|catch|cool|cut|dry|drop|fall|fill|flood|freez|heat|lin|lock"
    r"|pil|pour|queue?|ramp|shutt|slow|speed|spinn|stack|stand|turn)ing$",
    re.IGNORECASE,
)
"""The same, if the state is a word for where it goes: `bags piling up`, but not `video streaming slow`."""
WHERE = re.compile(r"(?:up|down|out|off|on|over)\b", re.IGNORECASE)
_WAITING = (
    r"(?:arriv|build|circl|com|crash|disappear|drift|drop|fall|float|grow|hang|happen|leav|los|mov|park|queue?|rais|return"
    r"|ris|sitt|stand|stay|trickl|turn|wait|walk)ing\b"
)
UNDER_WAY = re.compile(
    r"\s*(?P<subject>(?:[\w'’%$€£.,/&-]+ ){0,5}[\w'’-]+s|\s*(?:\w+ )?(?:everybody|nobody|people|staff|traffic))"
    rf" (?P<doing>(?:(?:still|now|just|all|only|slowly) )?{_WAITING})(?P<rest>(?: .{{0,200}})?)",
    re.IGNORECASE,
)
"""What is doing something, without its verb: `flights leaving without bags`."""
WHO_IS_DOING = re.compile(rf"(?<=s)(?= {_WAITING})", re.IGNORECASE)
"""The end of a subject that says also what it does: `parcels leaving Leipzig delayed`."""
FOUND_IT = re.compile(
    r"(?P<found>(?:we (?:have |now )*)?(?:found|identified|located|know))"
    r" (?:it|(?:the )?(?:actual |root )?(?:bug|cause|culprit|issue|problem|reason))\s*[,:–-]$",
    re.IGNORECASE,
)
"""A cause that is found, in front of the bare name of it: `found it, database lock`."""
COMPLETED = re.compile(rf"(?:(?:now|again|all|already|also|fully) )*(?:{PARTICIPLES})\b", re.IGNORECASE)
OF = re.compile(r" (?:of|in|at|for|from|on|over|to|under|with|without|by|via) ", re.IGNORECASE)
MANY = re.compile(
    r"^(?:(?:the )?other \d+|all|both|most|many|some|few|several|these|those|two|three|four|five|six|seven|eight"
    r"|nine|ten"
    r"|(?!1\b)\d[\d.,]*)(?=\s|$)",
    re.IGNORECASE,
)
NUMBERS = frozenset(
    {"all", "both", "most", "many", "some", "few", "several", "these", "those", "two", "three", "four", "five", "six"}
)
NO = re.compile(
    r"\s*no (?!one\b|longer\b|matter\b|doubt\b|more than\b)(?:\w+ ){0,1}?(?P<what>[\w-]+)(?= (?:since|for|in|on|at"
    r"|yet|so|from|after|to|with)\b|\.?$)",
    re.IGNORECASE,
)
THAN_BEFORE = re.compile(
    r"\s*(?:worse|better|slower|faster|worst|slowest) (?:in|on|at|for|since|than|with|after|during|when)\b",
    re.IGNORECASE,
)
NO_NEED = re.compile(r"\s*no need (?:to|for)\b", re.IGNORECASE)
DONE_FIRST = re.compile(r"\s*(?:\w+ed|shown|sent|taken|given|held|kept|lost|made|found)\b", re.IGNORECASE)
"""How a part begins that shares its subject with the clause before it: `…, but shown one day late`."""
AT_A_TIME = re.compile(
    r"\s*(?:[a-z-]+ ){1,3}(?:at|from|until|by) \d{1,2}(?:[:.]\d\d)?(?: ?(?:am|pm|[A-Z]{3,4}))?", re.IGNORECASE
)
AMOUNT = re.compile(
    r"\s*(?:a |about |around |some )?(?P<many>few|\d[\d.,]*(?: (?:thousand|million))?)(?: of \d[\d.,]*)?"
    r" (?P<what>[a-z-]+)(?: [a-z-]+)?"
    r"(?: (?:so far|done|left|open|in [A-Z]\w+))",
    re.IGNORECASE,
)
STATE_FIRST = re.compile(
    r"\s*(?:(?:still|now|all|mostly|partly|almost|nearly) )?(?:down|up|back|slow|stable|unstable|ok|okay|fine"
    r"|broken|flaky|offline|online"
    r"|unavailable|good|better|worse|done|dead|green|normal|healthy|gone)"
    r"(?= (?:again|now|too|since|for|in|on|at|to|and|but|with|after|online|everywhere)\b|[,.;!]|\s*$)",
    re.IGNORECASE,
)
