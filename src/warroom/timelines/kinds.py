"""What a line of a timeline is about, guessed from its words: detected, declared, a decision, a message, and so on.

The first pattern that fits decides, so the ones that are hardly ever wrong come first.
"""

from __future__ import annotations

import re
from functools import cache
from typing import cast, get_args

from warroom.timelines.rows import EntryKind

_CALLED: dict[str, EntryKind] = {
    "alert": "detected", "detect": "detected", "detection": "detected", "declare": "declared", "opened": "declared",
    "open": "declared", "handover": "role", "handoff": "role", "decided": "decision", "mitigation": "action", "fix": "action",
    "deploy": "action", "change": "action", "sent": "message", "communication": "message", "comms": "message",
    "status page": "message", "statuspage": "message", "update": "message", "resolution": "resolved", "sev": "severity",
    "observation": "note", "finding": "note",
}  # fmt: skip
"""What else a column, a field or a label in front of a colon may call a kind."""

_ROLE = (
    r"(?:ic|incident (?:commander|coordinator|manager|lead|command)|commander|coordinator|scribe|comms?|communications?(?: \w+)?"
    r"|(?:tech(?:nical)?|ops|response) lead|liaison|facilitator|lead|command|on[- ]?call)"
)
_NAME = r"(?-i:[A-ZÀ-ÖØ-Þ][\w'’-]+)"
_TEAM = (
    r"(?:\w+[ -]){0,4}?(?:engineers?|team|dbas?|sres?|experts?|developers?|devs?|on[- ]?call|vendor|lead|manager|responders?|support"
    rf"|specialists?|people|person|{_NAME})"
)
_OPEN_IT = r"(?:declar|open|rais|creat|call|initiat|start|announc|launch|fil|kick)\w*(?: (?:off|up))?"
_INCIDENT = r"(?:incident|major incident|outage|sev[ -]?\d|p[0-2]|war ?room|emergency|anomaly)"
_NUMBERED = r"(?-i:[A-Z]{2,12})[- ]?\d+"
_SERVICE = (
    r"(?:incident|issue|outage|problem|anomaly|alerts?|alarms?|everything|services?|site|systems?|traffic|operations?|functionality|performance"
    r"|website|platform|apis?|app|checkout|payments?|logins?|sign-?ins?|search|e-?mails?|orders?|uploads?|deliver(?:y|ies)|access|all)"
)
_READERS = (
    r"(?:customers?|users?|clients?|stakeholders?|leadership|executives?|execs?|management|public|everyone|company|staff|merchants?|partners?"
    r"|subscribers?|ceo|cto|coo|cfo|board|press|sales|employees|customer success|regulators?|tenants?|patients?|passengers?|drivers?|players?"
    r"|schools?|parents|retailers?|shops?|stores?|sites?|branches|managers?|finance|hr|legal|account managers?|desk|plant|authority|authorities)"
)
_NEWS = (
    r"(?:status|update|notice|announcement|statement|e-?mail|mail|message|banner|notification|communication|blog ?post|comms|advisory|bulletin"
    r"|tweet|status ?page|newsletter|faq|report|note|macro|letter|post)"
)
_DOING = (
    "restart reboot deploy redeploy disabl enabl scal remov delet increas decreas chang switch block unblock kill drain cordon "
    "paus resum purg clear flush appl execut merg push patch upgrad downgrad mitigat rerout redirect shift replac rebuil rotat "
    "renew isolat quarantin throttl provision repair investigat debug attempt implement instal upload flash resiz "
    "configur adjust revert restor unplug reindex resync recreat rename swap migrat bump widen truncat promot bypass whitelist "
    "cancel replay pin cap deactivat activat start stop clos correct"
)
_STEMS = "|".join(_DOING.split())
_ACT = rf"(?:(?:{_STEMS})(?:e?[sd]|es|ted|ped|ging|ping|ting|ning|ling|ing|ies|ied|ying|ded|ned)?|rebuilt|reset)"
_WORDS = r"(?:[\w()'’./@#:&+-]+[ ,]+)"
_SAYS = r"(?:report(?:s|ed|ing)?|complain(?:s|ed|ing|ts?)?|flag(?:s|ged|ging)?|say(?:s|ing)?|said|see(?:s|ing)?|ask(?:s|ed|ing)? (?:why|about|if|what)|call(?:s|ed)? (?:it|us|in)\b|notic(?:e|es|ed)|cannot|can't|rais(?:es|ed) a ticket)"
_WORKS = r"(?:works?|working|fixed|recovered|resolved|better|back|success\w*|normal|gone|fine|ok|okay|again|unlocked|sane|healthy)"

_RULES: tuple[tuple[EntryKind, tuple[str, ...]], ...] = (
    ("message", (
        r"^\W*(?:investigating|identified|monitoring|update)\b\W{1,4}(?:we|our|a|the|this|some|users|customers)\b",
        r"^\W*(?:investigating|identified|monitoring|update)\n",
        r"\bstatus ?page\b(?!.{0,30}\b(?:down|broken|unreachable))|\b(?:tweet(?:s|ed|ing)?)\b|\bpress release\b|\bblog ?post\b",
        r"\b(?:notice|banner|announcement|post|message|update|note)s? (?:in|on) (?:the )?(?:app|web|site|website|x|twitter|facebook|intranet|portal)\b",
    )),
    ("severity", (
        r"\b(?:sev(?:erity)?|prio(?:rity)?|p)[ -]?[0-5]\b.{0,30}(?:→|->|=>|\bto\b).{0,20}\b(?:sev(?:erity)?|p)?[ -]?[0-5]\b",
        r"\b(?:upgrad|downgrad|escalat|rais|lower|bump|reduc|increas|chang|promot|demot|re-?classif|adjust|re-?assess|dropp|set)\w*\b.{0,40}\b(?:sev(?:erity)?|priority)\b",
        r"\b(?:upgrad|downgrad|bump|rais|lower|promot|demot|escalat|set|drop|classif|re-?classif)\w*\b.{0,40}\b(?:to|as|at) (?:an? )?(?:sev|p|prio|class|level|category)[ -]?(?:[0-5]|(?-i:[A-D]))\b",
        r"\b(?:severity|priority)\b.{0,20}\b(?:upgraded|downgraded|raised|lowered|increased|reduced|changed|bumped|set|is now|now)\b",
        r"^\W*severity\b\W{1,3}", r"^\W*(?:sev|p)[ -]?[0-5]\W*$", r"\bnow (?:a |an )?sev[ -]?\d",
    )),
    ("declared", (
        rf"\b{_OPEN_IT}\b (?:an? |the |our |new |formal )?(?:\w+[ -]){{0,3}}{_INCIDENT}\b(?! (?:call|bridge) with)",
        rf"\b{_INCIDENT}\b[^.]{{0,20}}\b(?:declared|opened|open|raised|created|started by|initiated|called|announced|kicked off|filed|spun up)\b",
        rf"\b(?:open|declar|rais|creat|fil|start)\w*:? (?:{_NUMBERED}|inc\b)", rf"^\W*{_NUMBERED} (?:opened|declared|created)\b",
        r"\bincident (?:response|process|protocol|procedure|channel|bridge|call)\b.{0,20}\b(?:activated|started|initiated|began|invoked|opened|created|up)\b",
        r"\b(?:activat|invok|trigger)\w*\b.{0,20}\bincident (?:response|process|protocol|procedure|plan)\b", r"\bmajor incident\W*$",
    )),
    ("decision", (
        r"\b(?:decid(?:e|es|ed|ing)|decisions?:?|agreed? (?:to|that|on|not)|agrees to|consensus|chose (?:to|not)|chosen to|choose to|opt(?:s|ed)? (?:to|for|against))\b",
        r"\b(?:approv(?:es|ed) (?:the|a|to|it|this)|approval (?:given|granted|from)|gave the go|green ?lit|green ?light|makes? the call|made the call|call(?:s|ed)? it off|we call it|ruled? against|voted?)\b",
        r"\b(?:conclude(?:s|d)?|determined?) (?:to|not to|that (?:we|the best|the safest))\b", r"\bplan is to\b|\bsettled? on\b|\bwe(?:'ll| will) (?:not )?(?:roll|fail|go with|wait|keep|leave|stay)\b",
        r"\bhold(?:ing)? off\b|\bcommit to\b|\bgo(?:ing|es)? with\b|\blet'?s (?!see|check|look|hope)\w+|\bno[- ]go\b|\bgo[- ]ahead (?:from|given)\b",
    )),
    ("resolved", (
        r"^\W*(?:incident |issue |outage |problem |the incident |it's |its |everything )?(?:is |was )?(?:fully |now |completely |marked |declared )*(?:resolved|all clear|all green|over|closed)\b(?! (?:ip|dns|to|the (?:name|host|address)|by adding))",
        rf"\b(?:{_SERVICE}\b[^.]{{0,50}}\b(?:fully |completely |now )?(?:resolved|all restored|fully restored|back to normal|fully operational|operational again|healthy again|normali[sz]ed|100 ?% (?:operational|restored)))\b",
        rf"\b(?:all|every|full)\b (?:of )?(?:the |our )?(?:\w+[ -]){{0,4}}?(?:is |are |was |were |has |have |been |now |fully )*(?:restored|recovered|operational|resolved|healthy|back|green|normal|working again)\b",
        rf"\b{_SERVICE}\b (?:is |are |was |were |has been |have been |now |fully )+(?:restored|recovered|over|closed|operational)\b(?! (?:in|for) (?:one|some|part|eu|us)\b)",
        r"\b(?:fully|completely) (?:recovered|restored|resolved|operational|healthy)\b|\b(?:fully|completely) back\b(?! ?(?:up|ed))",
        r"\b(?:back to normal|back to baseline|all[- ]clear|full recovery|full restoration|return(?:s|ed|ing)? to normal|normal (?:service|operations?|levels?) (?:resumed|restored)|resum\w+ normal)\b",
        r"\bend of (?:the )?(?:incident|outage|impact)\b|\b(?:impact|incident|outage|anomaly|case) (?:is )?(?:ends|ended|over|closed|resolved)\b",
        rf"\b(?:clos|resolv|end)(?:e|es|ed|ing|s) (?:the |this |out )?(?:\w+ )?(?:incident|issue|outage|problem|sev[ -]?\d|{_NUMBERED}|inc\b|case|ticket)\b|\b{_NUMBERED} (?:is )?(?:resolved|closed)\b|\bincident [\w-]+ (?:resolved|closed)\b",
        r"\b(?:mark|declar|consider|call)\w* (?:\w+ ){0,3}(?:as )?(?:resolved|over|fixed|closed)\b|\bincident (?:is )?(?:done|fixed)\b|[,;.–-] ?(?:resolved|closed|closing)\b.{0,20}$",
    )),
    ("role", (
        rf"^\W*{_ROLE}\b ?[:=–-]", r"^\W*roles?\b", r"\bhas joined\b|\b(?:takes?|took|taking|in) the (?:\w+ ){0,3}role\b",
        rf"\b(?:is|as|i'm|im|i am|acting|becomes?|became|was|new|our) (?:now )?(?:the |an? |our )?(?:acting )?{_ROLE}\W*(?:$|[,.;]|now|for|from|until|,)",
        rf"\b(?:takes?|took|taking|assum\w+|hand\w*|pass\w*|transfer\w*|assign\w*|names?d?|appoint\w*|volunteer\w*|step\w*|reliev\w*|relief|coordinat\w+)\b.{{0,40}}\b{_ROLE}\b",
        r"\b(?:hand(?:s|ed|ing)?[- ]?(?:off|over)|sign(?:s|ed|ing)? (?:off|on)|shift change|tak(?:es?|ing) over|took over|reliev(?:es?|ed|ing))\b(?! to the (?:standby|replica|secondary|backup))",
        r"\bjoin(?:s|ed|ing)?\b(?! (?:the )?(?:cluster|quorum|pool|table|query))|\badded to the (?:call|bridge|channel|incident)\b", r"\b(?:comes?|came|goes|went|is|are) (?:back )?online\b(?=\W*$|,? (?:and|as|to) (?:tak|help|join))|\blog(?:s|ged)? on\b",
        rf"\b(?:pag(?:e|es|ed|ing)|call(?:s|ed|ing)? in|pull(?:s|ed|ing)? in|bring(?:s|ing)? in|brought in|loop(?:s|ed|ing)? in|engag(?:e|es|ed|ing)|mobili[sz](?:e|es|ed|ing)|wakes?|woke)\b (?:up )?(?:the |an? |our |in |more |two |three )?{_TEAM}\b",
        rf"\b(?:engineers?|teams?|developers?|dbas?|sres?|experts?|on[- ]?call|manager|lead|vendor|responders?|support|{_NAME})\b.{{0,30}}\b(?:paged|engaged|called in|pulled in|brought in|looped in|summoned|mobili[sz]ed|assembled|woken)\b(?! (?:by|for (?:high|low|elevated)))", r"\bpaged in\b|\btags? in\b",
    )),
    ("note", (
        r"^\W*(?:\w+[ ]){0,4}?(?:rebuild|restore|restoring|resync|sync|copy|backfill|reindex|migration|import|upload|check|download|scan|replay)\b.{0,30}\b\d+ ?%",
    )),
    ("action", (
        rf"^\W*{_WORDS}{{0,4}}(?:start|begin|began|begun)\w* (?:to )?(?:look|investigat|work|debug|troubleshoot|digg|check|analy)\w*",
        r"\b(?:ticket|case|support request)\b.{0,30}\b(?:opened|filed|raised|created|logged)\b.{0,20}\b(?:with|at|to)\b|\b(?:open|fil|rais|creat|log)\w* (?:an? |the )?(?:\w+ ){0,3}(?:ticket|case)\b.{0,20}\b(?:with|at)\b",
    )),
    ("detected", (
        r"^\W*(?:first |initial |early |second )(?:\w+ ){0,3}(?:notic|report|sign|seen|observ|complain|symptom|error|alert|indicat|detect|page|ticket|call|mention|alarm|failure|warning)\w*",
        r"\bfirst (?:noticed|reported|seen|detected|observed)\b|\b(?:alerted|notified|informed|made aware|tipped off) (?:by|of|about|through|via)\b|\bdetect(?:s|ed|ion)\b|\bbecomes? aware\b|\bbecame aware\b|^\W*\[?(?:firing|triggered|alert)\b",
        rf"^\W*{_WORDS}{{0,6}}?(?:alert|alarm)s?\b(?!.{{0,60}}\b(?:clear|recover|resolv|silenc|mut|stop|ok\b|green|quiet))",
        r"\b(?:alert|alarm|pager|page|monitor|monitoring|pingdom|pagerduty|datadog|grafana|sentry|prometheus|nagios|opsgenie|health ?check|probe|synthetics?|watchdog|uptime ?robot|statuscake|zabbix|newrelic|new relic|cloudwatch)\w*\b.{0,60}\b(?:fir(?:e|es|ed|ing)|trigger(?:s|ed)?|go(?:es)? off|went off|rais(?:e|es|ed)|report(?:s|ed)?|notif(?:y|ies|ied)|show(?:s|ed)?|pag(?:es|ed)|sound(?:s|ed)?|alert(?:s|ed)?|rings?|rang|received|came in|comes in|arriv(?:es|ed)|acknowledged|ack(?:ed)?|flags?|flagged|warn(?:s|ed)?|wakes?|woke|beeps?|screams?|complain(?:s|ed)?)\b(?! recovered)",
        r"\b(?:fir(?:e|es|ed)|receiv(?:e|es|ed)|got|gets|get|saw|sees|trigger(?:s|ed)?|told us)\b.{0,30}\b(?:alerts?|alarms?|pages?|paged)\b(?! recover)|\b(?:alert|alarm) told\b",
        r"\bpaged\b(?! in)|^\W*(?:pages?|pagerduty|pager)\b", r"^\W*(?:\w+ ){0,3}(?:notic|spot|discover)(?:e|es|ed|s|ted)\b",
        rf"\b(?:customers?|users?|clients?|merchants?|employees?|staff|partners?|someone|somebody|people|tenants?|drivers?|patients?|players?|teachers?|schools?|stores?|branch(?:es)?|shops?|devs|developers|operators?|colleagues|support|helpdesk|help desk|service desk|front desk|desk|lift ops|ops|control room|call cent(?:re|er)|{_NAME})\b.{{0,40}}?\b{_SAYS}\b(?! back)(?!.{{0,50}}\b{_WORKS}\b)",
        r"\breports? (?:of|from|come|came|coming|arriv|start|receiv|that|about)\w*\b|\breported by\b|\b(?:tickets?|complaints?|calls?|e-?mails?|tweets?|mentions?) (?:start|arriv|com|pour|roll|flood|about|from|pil)\w*\b|\b(?:receiv|get|got)\w* (?:\w+ ){0,3}(?:reports?|complaints?|tickets?|calls)\b|\banyone else\b",
    )),
    ("message", (
        r"\b(?:twitter|mastodon|linkedin|facebook)\b",
        rf"\b(?:notif\w+|e-?mail(?:s|ed|ing)?|mail(?:s|ed)?|inform(?:s|ed|ing)?|announc\w+|messag(?:e|es|ed|ing)|communicat\w+|told|tells?|brief(?:s|ed|ing)?|updat(?:e|es|ed|ing)|letter|text(?:s|ed)|call(?:s|ed)?|sms|heads[- ]?up)\b(?:.{{0,60}})\b{_READERS}\b",
        rf"\b{_READERS}\b.{{0,25}}\b(?:informed|notified|updated|told|e-?mailed|briefed|contacted|messaged|called|got the e-?mail)\b",
        rf"\b(?:post|publish|sen[dt]|shar|issu|releas|updat|communicat|circulat|put out|goes out|went out|writ|wrote|drafts?)\w*\b.{{0,40}}\b{_NEWS}\b|\b{_NEWS}\b.{{0,40}}\b(?:posted|published|sent|shared|issued|went out|goes out|mailed|sent out)\b",
        r"\b(?:first|initial|second|third|another|final|public|customer|internal|stakeholder|next) (?:communication|update|announcement|message|notice|notification|statement)\b", r"\bannounc(?:e|es|ed|ement|ing)\b",
        r"\bby (?:mail|phone|e-?mail|sms|letter)\b|\bposted (?:in|on|to) \S|^\W*(?:\w+ )?(?:told|informed|mailed|e-?mailed)\b|^\W*(?:e-?)?mail (?:to|sent)\b|\bsent to (?:the |all |every )?\w+",
    )),
    ("note", (
        r"\b(?:is|are) (?:still )?(?:running|moving|going|recovering|draining|catching up|coming back|dropping|falling)\b",
        r"\b(?:has|have) (?:finished|recovered|caught up)\b|\b(?:finished|complete)\W*$",
    )),
    ("action", (
        rf"^\W*{_WORDS}{{0,3}}?{_ACT}\b(?! (?:comes|is|are|has|was|were|looks|does|failed|by default)\b)", r"\b(?:roll(?:s|ed|ing)?[- ]?(?:back|out|forward)|rollback|roll-back|fail(?:s|ed|ing)?[- ]?over|failover|hotfix(?:es|ed)?)\b",
        rf"^\W*{_WORDS}{{0,4}}?(?:add(?:s|ed|ing)?|fix(?:es|ed|ing)?|rout(?:e|es|ed|ing)|mov(?:e|es|ed|ing)|test(?:s|ed|ing)?|try|tries|tried|trying|run(?:s)?|ran|creat(?:e|es|ed|ing)|call(?:s|ed)|set(?:s|ting)?|bring(?:s|ing)?|brought|turn(?:s|ed|ing)? (?:off|on)|tak(?:e|es|ing)|took|shut(?:s|ting)?|updat(?:e|es|ed|ing)|build(?:s|ing)?|built|reset(?:s|ting)?|tun(?:e|es|ed|ing)|limit(?:s|ed|ing)?|check(?:s|ed|ing)?|look(?:s|ed|ing)? (?:at|into|through)|open(?:s|ed|ing)?|begin(?:s|ning)?|began|manually|spin(?:s|ning)?|spun|reload(?:s|ed|ing)?|edit(?:s|ed|ing)?|compar(?:e|es|ed|ing)|verif(?:y|ies|ied|ying)|connect(?:s|ed)? to|ssh|dig(?:s|ging)? into|dump(?:s|ed)?|releas(?:e|es|ed|ing)|ship(?:s|ped|ping)?|maintenance|trac(?:e|es|ed|ing)|review(?:s|ed|ing)?|ask(?:s|ed)? (?:the )?vendor|put(?:s|ting)?|pull(?:s|ed|ing)?|walk(?:s|ed)|raised?|cut(?:s)?|dropped|lock(?:s|ed)|unlock(?:s|ed)|rais(?:e|ed|ing)|contact(?:s|ed|ing)?|copi(?:es|ed)|copy(?:ing)?|low(?:ers|ered|ering)) ",
        r"\b(?:hotfix|fix|patch|deploy(?:ment)?|mitigation|revert|restart|workaround|backup|restore|change|migration|feature flag|maintenance|rebuild|release|upgrade|cert(?:ificate)?|rule|config(?:uration)?|flag|pods?|nodes?|replicas?|servers?|cache|traffic|limit|job|snapshots?|mode|elements|model|key|version|file|load|steering|sessions?)\b.{0,40}\b(?:start(?:s|ed)?|begin(?:s)?|began|begun|complet(?:e|es|ed)|deployed|applied|done|in place|rolled|live|merged|released|initiated|executed|pushed|under ?way|in progress|ready|disabled|enabled|turned (?:off|on)|in production|implemented|ran|installed|removed|added|restarted|switched|moved|increased|raised|reduced|reverted|scaled|drained|paused|resumed|cleared|flushed|purged|replaced|renewed|rotated|shifted|rebuilt|blocked|locked|stopped|loaded|uploaded|closed|on\W*$|off\W*$|active\W*$|back\W*$|back in place)\b",
        rf"\b(?:were|been|being|get|gets|got) (?:\w+ly )?(?:re)?(?:{_STEMS}|turn|brought|tak|creat|add|stopp|mov|modif|shut)(?:e?d|ted|ped|n|ied)\b|^\W*{_WORDS}{{0,5}}?(?:was|is|are) (?:\w+ly )?(?:re)?(?:{_STEMS}|turn|brought|tak|creat|add|stopp|mov|modif|shut)(?:e?d|ted|ped|n|ied)\b",
    )),
)  # fmt: skip
_NO_QUESTION = frozenset({"declared", "decision", "resolved", "action", "severity"})
"""Kinds that no question is of."""

_LABEL = re.compile(r"\W*(?P<label>[a-z][a-z ]{2,14}?)\W*[:\]–-](?:\W|$)", re.IGNORECASE)
_LABELS = {kind: cast(EntryKind, kind) for kind in get_args(EntryKind)} | _CALLED
_FIRST_WORDS = 300


@cache
def _compiled() -> tuple[tuple[EntryKind, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)) for kind, patterns in _RULES
    )


def guess(text: str, said: str = "") -> EntryKind:
    """The kind of what happened; `said` is what the text calls it itself, such as in a column."""
    if (known := _LABELS.get(said.lower().strip())) is not None:
        return known
    words = text.strip()[:_FIRST_WORDS]
    label = _LABEL.match(words)
    if (
        label is not None
        and (known := _LABELS.get(label["label"].lower().strip())) is not None
        and label["label"].lower() not in ("update", "info", "open", "change")
    ):
        return known
    # The first sentence says what it is about; the others are told if it says nothing.
    first = re.split(r"(?<=[.!?])\s+(?=[A-Z])|\n", words, maxsplit=1)[0]
    for part in dict.fromkeys((first, words)):
        asks = part.rstrip(" \n)").endswith("?")
        for kind, pattern in _compiled():
            if not (asks and kind in _NO_QUESTION) and pattern.search(part):
                return kind
    return "note"
