"""The shipped playbook holds the rows it is known for, and a mistake in a company's own is one sentence."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.unit.story import BOOK
from warroom import places
from warroom.actions import FOR_NOW
from warroom.model.playbook import PlaybookError, load
from warroom.text import toml

FILE = places.templates() / "playbook.toml"
SHIPPED = FILE.read_text("utf-8")


@pytest.mark.parametrize(
    ("level", "name", "customer", "acknowledge", "every", "at_most", "resolve", "phases"),
    [
        (1, "Critical", 15, 15, 30, 30, None, 3),
        (2, "High", 30, 15, 30, 60, 120, 3),
        (3, "Medium", None, None, None, None, 480, 2),
        (4, "Low", None, None, None, None, None, 0),
    ],
)
def test_the_severity_table(
    level: int,
    name: str,
    customer: int | None,
    acknowledge: int | None,
    every: int | None,
    at_most: int | None,
    resolve: int | None,
    phases: int,
) -> None:
    row = BOOK.severity(level)
    assert (row.name, row.tag) == (name, f"SEV{level}")
    assert row.customer_within_min == customer
    assert row.acknowledge_within_min == acknowledge
    assert (row.update_every_min, row.update_at_most_min) == (every, at_most)
    assert row.resolve_within_min == resolve
    assert len(row.phases) == phases


@pytest.mark.parametrize(
    ("level", "definition", "examples", "response", "customer", "target", "pm"),
    [
        (
            1,
            ["full outage", "data loss", "security breach", "revenue"],
            ["nobody can reach the product", "payments down", "data breach", "database corruption"],
            ["all hands", "wake people", "leadership at once"],
            "within 15 min",
            "as soon as possible",
            ["full engagement", "executive communication", "customer messaging"],
        ),
        (
            2,
            ["significant feature", "many users"],
            ["login slow", "50 %", "checkout errors", "5 %", "major feature unavailable", "data inconsistencies"],
            ["on-call", "relevant team", "page outside business hours"],
            "within 30 min",
            "under 2 h",
            ["stakeholder communication", "business context", "escalation"],
        ),
        (
            3,
            ["minor degradation", "some users"],
            ["one feature slow or broken", "under 5 %", "non-critical service degraded"],
            ["on-call in business hours", "note to the team"],
            "only if asked",
            "under 8 h",
            ["awareness", "prioritisation"],
        ),
        (
            4,
            ["no user impact"],
            ["internal tool slow", "background job failing", "alert with nothing visible"],
            ["ticket", "normal workflow"],
            "none",
            "none",
            ["none"],
        ),
    ],
)
def test_the_severity_tables_words(
    level: int,
    definition: list[str],
    examples: list[str],
    response: list[str],
    customer: str,
    target: str,
    pm: list[str],
) -> None:
    row = BOOK.severity(level)
    for words, text in (
        (definition, row.definition),
        (examples, " · ".join(row.examples)),
        (response, row.response),
        (pm, row.pm),
    ):
        assert [word for word in words if word not in text.lower()] == []
    assert (row.customer, row.target) == (customer, target)


def test_the_decision_matrix() -> None:
    assert {row.id: row.severity for row in BOOK.matrix} == {"none": 4, "few": 3, "many": 2, "all": 1}
    assert {row.id: row.severity for row in BOOK.risks} == {"data_loss": 1, "security": 1, "payments": 1}


def test_the_stages_of_an_incidents_life() -> None:
    ids = [row.id for row in BOOK.stages]
    assert ids == ["detection", "triage", "response", "resolution", "recovery", "post-mortem"]


def test_the_roles() -> None:
    assert {row.id: row.name for row in BOOK.roles} == {
        "on-call": "On-call engineer",
        "ic": "Incident commander",
        "expert": "Subject-matter expert",
        "comms": "Communications lead",
        "pm": "Product manager",
        "em": "Engineering manager",
    }
    assert [row.id for row in BOOK.roles if row.several] == ["expert"]
    assert {row.id for row in BOOK.roles if row.mine} == {"pm", "comms"}


def test_the_facts() -> None:
    promised = """
        system impact affected segment revenue_per_hour customers event workaround tickets channel runbook eta
        data_loss breach known unknown
    """
    assert {row.id for row in BOOK.facts} >= set(promised.split())


@pytest.mark.parametrize(
    ("phase", "since", "until", "title", "items"),
    [
        ("assess", 0, 5, "Assess", ["severity", "responders", "impact", "needed"]),
        ("context", 5, 15, "Gather context", ["system", "business", "amplifier", "audience"]),
        ("communicate", 15, 30, "Communicate", ["initial", "next-update", "channel", "stand-by"]),
    ],
)
def test_the_first_thirty_minutes(phase: str, since: int, until: int, title: str, items: list[str]) -> None:
    row = next(row for row in BOOK.phases if row.id == phase)
    assert (row.from_min, row.until_min, row.title) == (since, until, title)
    assert [item.id for item in row.items] == items


def test_what_the_items_of_the_checklist_ask_for() -> None:
    asked = {item.id: item.asks_fact or item.asks_role for phase in BOOK.phases for item in phase.items}
    assert {id: what for id, what in asked.items() if what} == {
        "responders": "ic",
        "impact": "impact",
        "system": "system",
        "business": "revenue_per_hour",
        "amplifier": "event",
        "channel": "channel",
    }


def test_the_triggers_of_escalation() -> None:
    texts = " · ".join(row.text for row in BOOK.triggers).lower()
    for words in ("sev1 is declared", "2 h", "churn", "media, legal or regulatory", "breach", "major customers"):
        assert words in texts
    assert len(BOOK.triggers) == 6


def test_what_is_owed_after_the_fix_and_had_before_the_next_one() -> None:
    assert [(row.when, len(row.items)) for row in BOOK.recovery] == [
        ("first hour", 5),
        ("first 24 h", 4),
        ("first 48 h", 4),
    ]
    assert [(row.when, len(row.items)) for row in BOOK.readiness] == [
        ("right now", 5),
        ("this week", 5),
        ("this month", 4),
    ]


def test_every_message_named_by_a_clock_or_an_item_has_a_template() -> None:
    kinds = {path.stem for path in (places.templates() / "messages").glob("*.j2")}
    rules = BOOK.clocks
    named = {*rules.acknowledgement.answered_by, *rules.customer.answered_by, *rules.update.answered_by}
    named |= {kind for phase in BOOK.phases for item in phase.items for kind in item.done_by_message}
    assert named == {"initial", "update", "resolution", "customer"}
    assert named <= kinds


def test_every_rule_of_the_now_line_names_an_action_there_is() -> None:
    assert [rule.id for rule in BOOK.now if rule.action not in FOR_NOW] == []


def test_what_is_not_there_is_not_found() -> None:
    assert BOOK.stage("nap") is None
    assert BOOK.role("nap") is None
    assert BOOK.fact("nap") is None
    assert BOOK.item("nap") is None
    with pytest.raises(KeyError):
        BOOK.severity(5)


def change(old: str, new: str, text: str = SHIPPED) -> str:
    """The shipped playbook with its first such words changed."""
    assert old in text, old
    return text.replace(old, new, 1)


def without(table: str, first_line: str, text: str = SHIPPED) -> str:
    """The shipped playbook without one table."""
    found = re.search(rf"\[\[{table}\]\]\n{re.escape(first_line)}\n(?:(?!\n\[|\n#).)*", text, re.DOTALL)
    assert found, first_line
    return text.replace(found[0], "", 1)


SCRIPT = next(line for line in SHIPPED.splitlines() if line.startswith("script = "))

MISTAKES = {
    "no TOML": (change("level = 1", "level = "), ["not valid TOML", "line 1"]),
    "wrong type": (
        change("level = 1", 'level = "one"'),
        ["severities[number 1].level", "expected a whole number", "it is 'one'"],
    ),
    "wrong type of a list": (
        change('phases = ["assess", "context"]', 'phases = "assess"'),
        ["severities[level 3].phases", "expected a list", "it is 'assess'"],
    ),
    "wrong type inside": (
        change("from_min = 5", 'from_min = "5"'),
        ["phases.context.from_min", "expected a whole number", "it is '5'"],
    ),
    "no such length": (
        change("acknowledge_within_min = 15", "acknowledge_within_min = 0"),
        ["severities[level 1].acknowledge_within_min", "a whole number of at least 1", "it is 0"],
    ),
    "not a switch": (change("several = true", 'several = "yes"'), ["roles.expert.several", "expected true or false"]),
    "empty words": (change('label = "Nobody"', 'label = ""'), ["matrix.none.label", "not empty"]),
    "missing key": (change('name = "Critical"\n', ""), ["severities[level 1].name: this key is required, but missing"]),
    "missing script": (change(SCRIPT + "\n", ""), ["phases.assess.script: this key is required, but missing"]),
    "missing table": (change("[clocks.update]", "[clocks.updates]"), ["clocks.update"]),
    "misspelt key": (
        change("resolve_within_min", "resolve_whitin_min"),
        ["severities[level 2].resolve_whitin_min: unknown key; did you mean 'resolve_within_min'?"],
    ),
    "misspelt table": (change("[[risks]]", "[[risk]]"), ["risk: unknown key; did you mean 'risks'?"]),
    "misspelt key at the top": ('languge = "en"\n' + SHIPPED, ["languge: unknown key; known keys are"]),
    "duplicate item": (change('id = "needed"', 'id = "impact"'), ["phases.items", "every id once", "'impact' twice"]),
    "duplicate role": (change('id = "comms"', 'id = "ic"'), ["roles", "every id once", "'ic' twice"]),
    "duplicate fact": (change('id = "segment"', 'id = "impact"'), ["facts", "every id once", "'impact' twice"]),
    "duplicate answer": (change('id = "few"', 'id = "none"'), ["matrix", "every id once", "'none' twice"]),
    "duplicate rule": (change('id = "acknowledge"', 'id = "overdue"'), ["now", "every id once", "'overdue' twice"]),
    "dangling fact": (
        change('asks_fact = "event"', 'asks_fact = "evnt"'),
        ["phases.context.items.amplifier.asks_fact", "the id of a fact", "'evnt'"],
    ),
    "dangling role": (
        change('asks_role = "ic"', 'asks_role = "boss"'),
        ["phases.assess.items.responders.asks_role", "the id of a role", "'boss'"],
    ),
    "dangling phase": (
        change('phases = ["assess", "context"]', 'phases = ["asses"]'),
        ["severities[level 3].phases", "ids of phases", "'asses'"],
    ),
    "a gap between phases": (
        change("from_min = 5", "from_min = 6"),
        ["phases.context", "expected from_min = 5 and a later until_min"],
    ),
    "a phase that ends before it begins": (
        change("until_min = 15", "until_min = 5"),
        ["phases.context", "expected from_min = 5 and a later until_min"],
    ),
    "a level too many": (change("level = 4", "level = 5"), ["severities[level 5].level", "at most 4", "it is 5"]),
    "a level twice": (change("level = 4", "level = 3"), ["severities", "1, 2, 3 and 4, once each", "[1, 2, 3, 3]"]),
    "a level missing": (without("severities", "level = 4"), ["severities", "found [1, 2, 3]"]),
    "no such severity in the matrix": (
        change("severity = 4", "severity = 7"),
        ["matrix.none.severity", "one of 1 to 4", "found 7"],
    ),
    "a cadence that ends before it begins": (
        change("update_at_most_min = 60", "update_at_most_min = 20"),
        ["severities[level 2].update_at_most_min", "at least update_every_min"],
    ),
    "an unknown rule": (
        change('id = "overdue"', 'id = "lunch"'),
        ["now", "expected one of the rules overdue", "'lunch'"],
    ),
    "a gap nothing fills": (
        change("Send the customer message: due {due}", "Send the customer message: due {when}"),
        ["now.customer.text", "{due}", "found {when}"],
    ),
    "a gap where nothing can be filled": (
        change("Tell customers that it is fixed", "Tell {whom}"),
        ["now.customer_notice.text", "nothing in braces", "found {whom}"],
    ),
    "a fact that is not there": (
        change('needs = ["impact"]', 'needs = ["impcat"]'),
        ["clocks.update.needs", "ids of facts", "'impcat'"],
    ),
    "nothing to fall back on": (without("now", 'id = "stand_by"'), ["now", "stand_by at the end"]),
    "a stage the program needs": (
        change('id = "response"', 'id = "fighting"'),
        ["stages", "a stage with the id 'response'"],
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_one_sentence_with_file_key_and_expectation(mistake: str) -> None:
    text, words = MISTAKES[mistake]
    with pytest.raises(PlaybookError) as error:
        load(text, file="/home/sam/playbook.toml")
    sentence = str(error.value)
    assert sentence.startswith("/home/sam/playbook.toml:")
    assert "\n" not in sentence
    assert [word for word in words if word not in sentence] == []


def test_a_company_may_change_numbers_words_and_rows() -> None:
    text = change("acknowledge_within_min = 15", "acknowledge_within_min = 10")
    text = change("update_at_most_min = 30\n", "", text)
    text = change('text = "Severity known"', 'text = "How bad is it?"', text)
    book = load(text, file=str(Path("playbook.toml")))
    assert book.severity(1).acknowledge_within_min == 10
    assert book.severity(1).cadence_min == 30
    item = book.item("severity")
    assert item is not None
    assert item.text == "How bad is it?"


@pytest.mark.parametrize("quoted", ['"{}"', "'{}'", '"""\n\\"{}""""', "'''\n'{}''''", '"" # {}'])
def test_dots_in_texts_are_no_levels(quoted: str) -> None:
    dotted = ", ".join(f"person.{number}@mail.example.com" for number in range(500))
    assert dotted in str(toml.parse(f"x = {quoted.format(dotted)}", file="x.toml")) or quoted.startswith('"" #')


def test_an_audience_may_have_many_addresses() -> None:
    many = ", ".join(f'"person.{number}@mail.example.com"' for number in range(500))
    book = load(change("addresses = []", f"addresses = [{many}]"), file="playbook.toml")
    assert len(book.audiences[0].addresses) == 500
