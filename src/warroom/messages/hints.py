"""What to tell the sender of a message before it goes out, apart from its wording: each a sentence, advice only."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from warroom.messages.advising import may_have_paid
from warroom.messages.all_clear import is_all_clear
from warroom.messages.answers import says_nothing
from warroom.messages.as_before import told_as_before
from warroom.messages.colleagues import breach_below_sev2
from warroom.messages.contradictions import says_it_works
from warroom.messages.customer_data import DATA_LOSS, about_data, data_at_risk, finding_out, noted_harms
from warroom.messages.customer_hints import hints_for_customers, short
from warroom.messages.doing import open_question
from warroom.messages.field import Field
from warroom.messages.fields import fact_of, outdated, prefill
from warroom.messages.plans import later_than_the_end
from warroom.messages.sources import state_now
from warroom.messages.telling import why_not_again
from warroom.messages.templates import Kind
from warroom.messages.tense import may_be_past, speaks_of_now
from warroom.messages.titles import title_remark
from warroom.messages.unchanged import as_told_last
from warroom.messages.unfinished import unfinished, what_is_left
from warroom.messages.who import says_not_who
from warroom.messages.worked_since import ended_before
from warroom.messages.worst import ask_for_the_worst
from warroom.model import ids, times
from warroom.model.harm import denied, is_harm, says_it_is_safe, says_open
from warroom.model.kinds.facts import no_value
from warroom.model.playbook import Playbook
from warroom.model.snapshot import Snapshot
from warroom.text.cleaning import clean
from warroom.text.not_known import says_a_guess, says_unknown
from warroom.text.sentences import same_words, unstopped


def hints(
    kind: Kind,
    values: Mapping[str, str],
    snapshot: Snapshot,
    playbook: Playbook,
    *,
    typed: Collection[str] | None = None,
    text: str | None = None,
    resolution: Kind | None = None,
) -> list[str]:
    """Every hint about a message with these texts in its fields, by field id.

    `typed` are the ids of the fields that the sender typed in this message; None for those that do not read as they
    start. That such a field may be old or unfinished is not hinted at. `text` is the message as it is shown, None for
    all that stands in its fields; `resolution` is the kind of message that tells colleagues of the end.
    """
    if typed is None:
        offered = prefill(kind, snapshot, state=values.get("state", ""))
        typed = {id for id, text in values.items() if text != offered.get(id, "")}
    values = as_told_last(kind, values, snapshot)
    found = [*outdated(kind, dict(values), snapshot, playbook, typed), title_remark(kind, values, snapshot)]
    found += [ask_for_the_worst(kind, values, snapshot), breach_below_sev2(kind, snapshot)]
    if not kind.public:
        found += [_same_status(kind, values, snapshot, typed), _old_estimate(kind, values, snapshot, typed)]
        found += _ask(values)
    found += [*_no_figure(kind, values, playbook), *told_as_before(kind, values, snapshot, typed)]
    found += [*_harm(kind, values, snapshot), *_not_done(kind, values, snapshot, typed)]
    found += [*_contradicts(kind, values, snapshot), *_unsaid(kind, values, snapshot, typed)]
    found += [*_open_at_the_end(kind, values, snapshot, typed)]
    found += [*hints_for_customers(kind, values, snapshot, typed, text, resolution)] if kind.public else []
    return list(filter(None, found))


def _no_figure(kind: Kind, values: Mapping[str, str], playbook: Playbook) -> Iterator[str]:
    """What a field says that its fact can't be, such as -5 customers; a field that counts as empty is told already."""
    for field in kind.fields:
        text = values.get(field.id, "")
        if not says_nothing(text) and (reason := no_value(fact_of(kind, field), text, playbook)):
            yield f"{reason}."


def _old_estimate(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> str:
    """If an estimate such as "about an hour" is told again as it was: its readers count it from now."""
    field, told = kind.field(_ESTIMATE), values.get(_ESTIMATE, "").strip()
    sent = [one for one in snapshot.incident.messages if same_words(one.body.fields.get(_ESTIMATE, ""), told)]
    if (
        field is None
        or not told
        or _ESTIMATE in typed
        or not sent
        or snapshot.incident.over()
        or not _SPAN.search(told)
        or _CLOCK.search(told)
    ):
        return ""
    when = times.clock_zone(sent[0].at, snapshot.tz)
    return (
        f"“{short(told)}” in {field.label} is what you said at {when}, and readers count it from now. Say until when."
    )


_ESTIMATE = "eta"
_SPAN = re.compile(
    r"\b(?:\d+(?:[.,]\d+)?|an?|half an?|one|two|three) ?(?:h|hours?|min|minutes?|days?)\b", re.IGNORECASE
)
_CLOCK = re.compile(r"\d[:.h]\d\d|\d ?[ap]\.?m\b", re.IGNORECASE)


def _same_status(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> str:
    """If the status is the last one word for word, and nothing says why: it would read as if it were new."""
    field, status = kind.field("status"), _plain(values.get("status", ""))
    told = snapshot.incident.sent([ids.MESSAGE_INITIAL, ids.MESSAGE_UPDATE])
    if field is None or kind.field("progress") is None or not told or not status or snapshot.incident.over():
        return ""
    if "status" in typed:
        return ""
    if values.get("progress", "").strip() or status != _plain(told[-1].body.fields.get("status", "")):
        return ""
    if any(_plain(values.get(id, "")) != _plain(told[-1].body.fields.get(id, "")) for id in _NEWS if id in values):
        return ""
    when = times.clock_zone(told[-1].at, snapshot.tz)
    return f"{field.label} is word for word what you sent at {when}. Say what is being done now, or what changed."


_NEWS = ("impact", "affected", "customers", "eta")
"""Fields that say something new if they are not as they were last sent; a field that was not there was empty."""


def _plain(text: str) -> str:
    return unstopped(" ".join(text.split())).casefold()


_WHEN = re.compile(
    r"\d{1,2}[:.h]\d\d|\b\d{1,2} ?(?:am|pm|o['’]clock)\b|\bby (?:the )?\d|\bbefore \w"
    r"|\b(?:at|until|till) (?:[01]\d|2[0-3])[0-5]\d\b"
    r"|\b(?:immediately|instantly|now|today|tonight|tomorrow|noon|midnight|eod|cob|at once|right away)\b"
    r"|\b(?:this (?:morning|afternoon|evening|hour)|(?:end of|within) (?:the )?(?:day|hour|week))\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:with)?in (?:the next )?(?:\d+|an?|one|two|three|half an)\b[^.;]*?(?:min|h\b|hour|day)",
    re.IGNORECASE,
)
_NO_TIME = re.compile(r"\b(?:asap|as soon as (?:possible|you can)|soon|urgently|quickly)\b", re.IGNORECASE)
_REACHED = re.compile(
    r"(?:\d[ ()/.-]*){5,}|://|\bwww\.|\w\.\w{2,}/|#\w|@\w|\b(?:ext(?:ension|\.)?|x|bridge|room|line|channel) ?#?\d",
    re.IGNORECASE,
)


def _ask(values: Mapping[str, str]) -> Iterator[str]:
    """What an escalation lacks: by when something is needed, and how its sender can be reached."""
    need, phone = values.get("what_i_need"), values.get("phone")
    if need is not None and not _empty(need) and not _WHEN.search(need):
        soon = _NO_TIME.search(need)
        asked = f"“{soon[0]}” is no time: by" if soon else "By"
        yield f"{asked} when do you need it? Say so in What I need, for example: by 05:00 CET."
    if phone is not None and not _empty(phone) and not _REACHED.search(phone):
        how = unstopped(" ".join(phone.split()))
        yield f"“{how}” has no number, link or channel; say how they reach you, such as +49 170 5550100."


def _empty(text: str) -> bool:
    """Whether a field counts as not filled in, which is said already."""
    return says_nothing(text) or says_unknown(text)


def _harm(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> Iterator[str]:
    """What colleagues read of harm to data that is only a guess, or that the message says otherwise."""
    for row in filter(None, map(snapshot.playbook.fact, _HARMS)):
        noted = clean(snapshot.incident.fact(row.id)).strip()
        if row.id not in kind.body:
            continue
        if says_a_guess(noted):
            guessed = f"{row.label}: “{noted}” is a guess, so colleagues read that it is not known"
            yield f"{guessed}. Set that fact to yes, no, or what is being checked."
        elif says_open(noted):
            safe = next(filter(None, (says_it_is_safe(text) for text in values.values())), "")
            if safe:
                yield f"This message says “{safe}”, and {row.label} is still “{noted}”: set that fact to what is true."
            elif snapshot.incident.over() and kind.id == ids.MESSAGE_RESOLUTION:
                still = f"{row.label} is still “{short(noted)}”"
                yield f"{still}, and the incident is resolved: set it to what is known now."


_HARMS = (DATA_LOSS, ids.FACT_BREACH)
_SINCE_THEN = ("resolution", "status", "meaning")


def _not_done(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> Iterator[str]:
    """What sounds unfinished in a message that says that it is over, unless its sender has typed it just now."""
    incident, end = snapshot.incident, snapshot.incident.resolution
    if end is None or not incident.over() or incident.cancelled:
        return
    ends = kind.public or kind.id == ids.MESSAGE_RESOLUTION
    if ends and not any(sent.order > end.order for sent in incident.messages):
        yield ended_before(incident, snapshot.tz, [values.get(id, "") for id in _SINCE_THEN])
    impact, shown = kind.field("impact"), values.get("impact", "")
    if impact is not None and "impact" not in typed:
        yield _impact_of_before(impact, shown, snapshot)
    elif impact is not None and (when := later_than_the_end(shown, snapshot)):
        yield _later(impact, when)
    told = [(field.label, values.get(id, "")) for id in _SINCE_THEN if id not in typed and (field := kind.field(id))]
    told += [("how it was resolved", end.text)] if kind.public and "status" not in typed else []
    left_over = [(where, found) for where, text in told if (found := unfinished(text))]
    for where, found in left_over:
        does = _TO_CUSTOMERS if kind.public else _TO_COLLEAGUES
        yield f"“{found}” in {where} sounds as if it were not over, and the incident is resolved. {does}"
    news = {"status", "meaning"} & {*typed}
    if kind.public and kind.field("status") and not (left_over or news or says_it_works(values.get("status", ""))):
        why = why_not_again(shown, snapshot.playbook.names, data=about_data(snapshot, shown))
        yield f"Customers do not read that it works normally again: {why}. Say what is right again." if why else ""


def _impact_of_before(field: Field, shown: str, snapshot: Snapshot) -> str:
    """If an impact that is told at the end is not surely one of the past."""
    if left := what_is_left(shown):
        return f"“{left}” in {field.label} says what is left, and the incident is resolved. Say what it was."
    if when := later_than_the_end(shown, snapshot):
        return _later(field, when)
    if since := _SINCE.search(shown):
        return f"“{since[0]}” in {field.label} sounds as if it went on, and the incident is resolved. Say until when."
    if may_be_past(shown) or speaks_of_now(shown):
        return ""
    return f"{field.label} stays as it was typed, as it is not certain how the past is written: say what happened."


_SINCE = re.compile(r"\bsince (?:about )?\d{1,2}[:.h]\d\d(?: [A-Z]{2,5}\b)?")


def _later(field: Field, when: str) -> str:
    told_now = "so it can't be told in the past with certainty"
    return f"“{when}” in {field.label} is later than the end, {told_now}. Say what happened, and what did not."


_TO_COLLEAGUES = "Say what was done; what is still to come belongs into the next steps."
_TO_CUSTOMERS = (
    "So customers do not read that it works normally again. Tell them in this message what is left, "
    "or reopen the incident."
)
_NO_IMPACT = re.compile(
    r"(?:still |we are (?:still )?)?(?:investigating|looking into it|checking|working on it|unknown yet)"
    r"|(?:see|as in)(?: the)? (?:above|below|title|subject|ticket|thread|status(?: page)?)"
    r"|same(?: as (?:above|before))?"
    r"|yes|no|ok(?:ay)?|fixed|resolved|done",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:(?:about|almost|around|nearly|only|roughly|still|some|up to) |[~≈] ?)*\d[\d.,]* ?(?:%|per ?cent)"
    r"(?: of (?:all |our |the )?[\w-]+(?: [\w-]+)?)?",
    re.IGNORECASE,
)
"""How many, and nothing of what happens to them: `still ~1% of requests`."""
_FIXED = re.compile(
    r"(?:(?:it is|it['’]s|is|all|now|already|we) )*(?:fixed|resolved|solved|done|mitigated|all good"
    r"|fix (?:is )?deployed|works again|back to normal)\b(?! (?:one|part|some|a|the first)\b)",
    re.IGNORECASE,
)


def _contradicts(kind: Kind, values: Mapping[str, str], snapshot: Snapshot) -> Iterator[str]:
    """What customers would read as an impact though it is none, and a status that is further than the state."""
    impact, status = kind.field("impact"), kind.field("status")
    shown = values.get("impact", "")
    bare = unstopped(shown.strip()).strip(" !")
    said = f"“{shown.strip()}” in {impact.label} does not say what fails" if impact is not None else ""
    if said and (_NO_IMPACT.fullmatch(bare) or _SHARE.fullmatch(bare)):
        yield f"{said}; say what people see, such as: errors when paying."
    elif said and kind.public and not snapshot.incident.over() and is_all_clear(shown):
        yield f"{said}; say what people saw, and choose the state monitoring if it works again."
    if kind.public:
        for id in ("impact", "status", "meaning", "workaround"):
            field = kind.field(id)
            if field is not None and (sign := _SIGN.search(values.get(id, ""))):
                yield f"“{sign[0].strip()}” in {field.label} is a sign in place of words: write it as a sentence."
    state = values.get("state", "").strip().lower() or state_now(kind, snapshot.incident)
    found = _FIXED.match(values.get("status", "").strip())
    if kind.public and status is not None and found and state in ("investigating", "identified"):
        yield f"{status.label} says “{found[0]}”, and the state is {state}: choose the state that is true."
    if (
        kind.public
        and status is not None
        and state == "monitoring"
        and (found := _NO_FIX_YET.search(values.get("status", "")))
    ):
        yield f"{status.label} says “{found[0]}”, and the state is monitoring, which says that a fix is in place."


_SIGN = re.compile(r"(?<=\s)(?:=+>?|-+>|→|<-+|&&)(?=\s)")
_NO_FIX_YET = re.compile(
    r"\b(?:fix|hotfix|patch|build|version|release|update) (?:is |still |being )*"
    r"(?:in|under|being|pending|waiting|ready)\b[^.;,]{0,20}\b(?:review\w*|test\w*|approv\w*|progress)\b"
    r"|\b(?:working on|preparing|writing|testing) (?:a|the) (?:\w+ )?fix\b",
    re.IGNORECASE,
)
_BARE_SHARE = re.compile(r"\D{0,14}\d{1,3}(?:[.,]\d+)?\s?(?:%|per ?cent)[.!]?", re.IGNORECASE)


def _unsaid(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> Iterator[str]:
    """What readers will ask: of what something is a share, and whether their data is affected, or their money."""
    affected, meaning = kind.field("affected"), kind.field("meaning")
    share = " ".join(values.get("affected", "").split())
    for field in filter(None, (affected, kind.field("customers"))):
        if why := says_not_who(values.get(field.id, "")):
            yield f"{field.label}: {why}. Say who or how many once it is known."
    if affected is not None and _BARE_SHARE.fullmatch(share) and not (kind.public and "100" in share):
        yield f"“{share}” does not say of what; say so in {affected.label}, such as: {unstopped(share)} of requests."
    if not kind.public:
        return
    if (
        meaning is not None
        and snapshot.incident.resolution
        and snapshot.incident.over()
        and may_have_paid(kind, values, snapshot)
    ):
        yield f"Customers will ask whether they were charged for what failed: say in {meaning.label} what is known."
    if meaning is not None and _says_nothing_of_data(kind, values, snapshot, typed):
        yield f"Customers will ask whether their data is affected: say in {meaning.label} what is known and agreed."


def _says_nothing_of_data(kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]) -> bool:
    """Whether customers read nothing of their data, though it is at risk or noted as lost or seen by others.

    What it means for them is theirs to say: whatever is typed there is the answer, and what they have read already is
    one until harm is noted anew.
    """
    incident = snapshot.incident
    if not _empty(values.get("meaning", "")):
        last = [] if "meaning" in typed else incident.sent([kind.id])[-1:]
        noted = [fact for name in _HARMS for fact in incident.facts.get(name, ())[-1:] if is_harm(fact.body.value)]
        return any(fact.when > sent.when for fact in noted for sent in last)
    if incident.over() or finding_out(snapshot, values):
        return False  # then it has to be filled in; or they read that we are finding out
    if any(says_it_is_safe(values.get(id, "")) for id in ("status", "impact")):
        return False
    denies = denied(clean(incident.fact(ids.FACT_BREACH)).strip())
    return any(noted_harms(snapshot)) or (not denies and data_at_risk(snapshot, values.get("impact", "")))


def _open_at_the_end(
    kind: Kind, values: Mapping[str, str], snapshot: Snapshot, typed: Collection[str]
) -> Iterator[str]:
    """What is told as not known in a message to customers that says that it is over: they hear no more after it."""
    incident = snapshot.incident
    if not kind.public or not incident.over() or incident.cancelled:
        return
    before = incident.sent([kind.id])[-1:]
    for field in filter(None, map(kind.field, ("impact", "affected", "status", "meaning"))):
        text = values.get(field.id, "")
        found = "" if field.id in typed or unfinished(text) else open_question(text)
        if found:
            yield f"{field.label} says “{found}”, and the incident is resolved: say what is known now."
        said = before[0].body.fields.get(field.id, "") if before else ""
        if field.id in _SINCE_THEN and not text.strip() and open_question(said):
            yield f"The last message to customers said “{short(said)}”: tell them what is known now."
