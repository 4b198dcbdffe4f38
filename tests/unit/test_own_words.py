"""The words of a template are not remarked on; those that somebody wrote are."""

from __future__ import annotations

from tests.unit.test_compose import Told
from tests.wording.measure import shipped_rules
from warroom import wording
from warroom.messages.checking import message_to_check
from warroom.messages.own_words import on_own_words


def remarked(kind: str, form: str = "plain", **fields: str) -> list[str]:
    """The kinds of remark on a message that stay, because they are about what was written in these fields."""
    story, rules = Told(2, "nobody gets in by VPN?").at(40), shipped_rules()
    values = story.values(kind, **fields)
    composed = story.compose(kind, form, **fields)
    message = message_to_check(composed, values, story.snapshot)
    found = wording.check(message, rules)
    kept = on_own_words(found, composed.kind, values, message, story.snapshot, rules)
    return [finding.rule for finding in kept if finding.remark is not None]


def test_only_what_somebody_wrote_is_remarked_on() -> None:
    for kind, fields, rules in (
        ("customer", {"impact": "you cant connect from home"}, []),
        ("customer", {"impact": "you get errors when you pay", "state": "monitoring"}, []),
        ("customer", {"impact": "you cant connect", "title": "Some issues"}, ["vague"]),
        ("customer", {"impact": "users might be having some issues"}, ["vague"]),
        ("initial", {"impact": "can't connect", "cadence": "when there's news"}, []),
        ("update", {"impact": "can't connect", "status": "it is probably the cache"}, ["speculation"]),
        ("update", {"impact": "just a small glitch", "status": "Bob broke it"}, ["blame", "minimising"]),
    ):  # fmt: skip
        assert remarked(kind, **fields) == rules, fields
