"""Scenarios of drills: every mistake names file, row and what is expected, and something can be practised meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import company
from tests.company import Spoil, wrote
from warroom.model.scenario import Scenario, ScenarioError, load
from warroom.model.scenario_mistakes import fitted
from warroom.own_files import OwnFiles

HEAD = 'title = "Login slow"\nlesson = "Say what you know."\nbriefing = "You are on call."\nminutes = 30\n'
RINGS = '[[events]]\nat = 0\nby = "Pager"\nsays = "Login slow"\nrings = true\n'
QUESTION = '[[questions]]\nat = 5\nby = "Ana"\nasks = "When is it back?"\nbetter = "Say when you write next."\n'
EXPECTED = '[[expected]]\ntext = "t"\nbetter = "b"\n'


def known(kind: str) -> list[str]:
    return [f"{kind}-a", f"{kind}-b"]


def read(text: str) -> Scenario:
    return load(text, id="login", file="login.toml", known=known)


MISTAKES = {
    "nothing happens": (HEAD + "events = []", "events: expected at least one event"),
    "no events at all": (HEAD, "events: this key is required, but missing"),
    "the third row": (
        HEAD + RINGS + '[[events]]\nat = 1\nsays = "a"\n' + '[[events]]\nat = "2"\nsays = "b"\n',
        "events[number 3].at: expected a number, got text in quotes (it is '2')",
    ),
    "an unknown key": (
        HEAD + RINGS + 'say = "x"\n',
        "events[number 1].say: unknown key; did you mean 'says'?",
    ),
    "an id of its own": ('id = "x"\n' + HEAD + RINGS, "id: unknown key; a scenario is called as its file is"),
    "no time of day": (
        'starts = "3:17"\n' + HEAD + RINGS,
        "starts: expected a time of day such as 03:17, found '3:17'",
    ),
    "after the end": (
        HEAD + RINGS + '[[events]]\nat = 31\nsays = "a"\n',
        "events[number 2].at: expected a minute up to 30, the length of the drill, found 31",
    ),
    "a question after the end": (
        HEAD + RINGS + QUESTION.replace("at = 5", "at = 30.5"),
        "questions[number 1].at: expected a minute up to 30, the length of the drill, found 30.5",
    ),
    "only spaces": (
        HEAD + RINGS.replace('"Pager"', '" "'),
        "events[number 1].by: expected text that is not empty",
    ),
    "a fact there isn't": (
        HEAD + RINGS + 'tells = { fact-x = "a" }\n',
        "events[number 1].tells: expected the id of a fact, found 'fact-x'; did you mean 'fact-",
    ),
    "a condition on a message there isn't": (
        HEAD + RINGS + '[[events]]\nat = 2\nsays = "b"\nunless_sent = "message-x"\n',
        "events[number 2].unless_sent: expected the id of a kind of message, found 'message-x'; did you mean 'message-",
    ),
    "what rings has to happen": (
        HEAD + RINGS + 'if_sent = "message-a"\n',
        "events[number 1].if_sent: expected nothing here, because what tells facts or rings has to happen",
    ),
    "an audience there isn't": (
        HEAD + RINGS + QUESTION + 'to = "zzz"\n',
        "questions[number 1].to: expected the id of an audience, found 'zzz'; there are audience-a, audience-b",
    ),
    "an audience for no message": (
        HEAD + RINGS + QUESTION + 'to = "audience-a"\nanswer = ["log"]\n',
        "questions[number 1].to: expected nothing here, because a message does not answer this question",
    ),
    "a remark there isn't": (
        HEAD + RINGS + QUESTION + 'never = ["zzz"]\n',
        "questions[number 1].never: expected the id of a kind of remark, found 'zzz'",
    ),
    "no way to answer": (
        HEAD + RINGS + QUESTION + "answer = []\n",
        "questions[number 1].answer: expected at least one of message, decision, log",
    ),
    "an unknown way to answer": (
        HEAD + RINGS + QUESTION + 'answer = ["phone"]\n',
        "questions[number 1].answer[number 1]: expected one of message, decision, log, got 'phone'",
    ),
    "the same question twice": (
        HEAD + RINGS + (QUESTION + 'id = "eta"\n') * 2,
        "questions[number 2].id: expected every id once, found 'eta' twice",
    ),
    "an unknown act": (
        HEAD + RINGS + EXPECTED + 'act = "panic"\n',
        "expected[number 1].act: expected one of declare, severity, message, ",
    ),
    "an act without what": (
        HEAD + RINGS + EXPECTED + 'act = "message"\n',
        "expected[number 1].what: this key is required where act is 'message': the id of a kind of message",
    ),
    "a holder of what is no role": (
        HEAD + RINGS + EXPECTED + 'act = "resolve"\nwho = "Priya"\n',
        "expected[number 1].who: expected nothing here, because only a role has a holder",
    ),
    "an empty word": (
        HEAD + RINGS + QUESTION + 'about = ["charge", " "]\n',
        "questions[number 1].about.number 2: expected text that is not empty",
    ),
    "an act with too much": (
        HEAD + RINGS + EXPECTED + 'act = "resolve"\nwhat = "x"\n',
        "expected[number 1].what: expected nothing here, because 'resolve' needs no more",
    ),
    "no severity": (
        HEAD + RINGS + EXPECTED + 'act = "severity"\nwhat = "SEV1"\n',
        "expected[number 1].what: expected one of 1, 2, 3, 4 in quotes, found 'SEV1'",
    ),
    "a message there isn't": (
        HEAD + RINGS + EXPECTED + 'act = "message"\nwhat = "zzz"\n',
        "expected[number 1].what: expected the id of a kind of message, found 'zzz'",
    ),
    "a checklist item there isn't": (
        HEAD + RINGS + EXPECTED + 'act = "item"\nwhat = "zzz"\n',
        "expected[number 1].what: expected the id of a checklist item, found 'zzz'",
    ),
    "expected after the end": (
        HEAD + RINGS + EXPECTED + 'act = "declare"\nby = 45\n',
        "expected[number 1].by: expected a minute up to 30, the length of the drill, found 45",
    ),
    "expected never": (
        HEAD + RINGS + EXPECTED + 'act = "declare"\nby = 5\nsince = 6\n',
        "expected[number 1].since: expected a minute before 5, found 6",
    ),
    "a second incident that nothing asks for": (
        HEAD + RINGS + '[[events]]\nat = 1\nsays = "a"\nincident = 2\n',
        "events[number 2].incident: expected an event with rings = true and incident = 2, which asks for it",
    ),
    "an incident left out": (
        HEAD + RINGS + RINGS + "incident = 3\n",
        "events: expected incident 2 before incident 3",
    ),
    "a time in other digits": (
        'starts = "0٣:17"\n' + HEAD + RINGS,
        "starts: expected a time of day such as 03:17, found '0٣:17'",
    ),
    "no number": (
        HEAD + RINGS.replace("at = 0", "at = nan"),
        "events[number 1].at: expected a number of at least 0.0 (it is nan)",
    ),
    "an endless id": (
        HEAD + RINGS + f'tells = {{ {"x" * 5_000} = "a" }}\n',
        f"events[number 1].tells: expected the id of a fact, found '{'x' * 58}…; there are fact-a, fact-b",
    ),
    "a step of the tour that is too long to read": (
        HEAD + RINGS + f'[[tour]]\nsay = "{"s" * 67}"\npress = "n"\nwhy = "w"\nuntil = "declare"\n',
        "tour[number 1].say: expected text in quotes of at most 66 characters",
    ),
    "a step of the tour for a fact there isn't": (
        HEAD + RINGS + '[[tour]]\nsay = "s"\npress = "n"\nwhy = "w"\nuntil = "fact"\nwhat = "zzz"\n',
        "tour[number 1].what: expected the id of a fact, found 'zzz'",
    ),
    "a step of the tour that nobody can take": (
        HEAD + RINGS + '[[tour]]\nsay = "s"\npress = "n"\nwhy = "w"\nuntil = "copied"\nwhat = "x"\n',
        "tour[number 1].what: expected nothing here, because 'copied' needs no more",
    ),
    "longer than a day": (
        HEAD.replace("30", "1441") + RINGS,
        "minutes: expected a whole number of at most 1440 (it is 1441)",
    ),
}


@pytest.mark.parametrize(("text", "sentence"), list(MISTAKES.values()), ids=list(MISTAKES))
def test_a_mistake_names_the_row_and_what_is_expected(text: str, sentence: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        read(text)
    assert str(caught.value).startswith(f"login.toml: {sentence}")


def test_what_would_act_on_a_terminal_becomes_visible_and_rows_are_sorted() -> None:
    scenario = read(
        HEAD.replace("Login slow", r"Login\u001b[2J\nslow")
        + RINGS.replace("at = 0", "at = 2").replace("Pager", r"Pa\u202eger")
        + '[[events]]\nat = 1\nsays = "before"\n'
        + QUESTION.replace("at = 5", "at = 9")
        + QUESTION
    )
    assert scenario.title == "Login␛[2J ⏎ slow"
    assert [(row.at, row.by) for row in scenario.events] == [(1, "Monitoring"), (2, "Pa⟨U+202E⟩ger")]
    assert [(row.at, row.id) for row in scenario.questions] == [(5, "question-2"), (9, "question-1")]


@pytest.mark.parametrize("name", ["", "..", "a b", "-x", "x" * 41, "é", "a\x1b"])
def test_a_name_that_is_no_name_for_a_file_of_a_drill_is_refused(name: str) -> None:
    with pytest.raises(ScenarioError, match="expected a file name of up to 40 letters, digits, - and _"):
        load(HEAD + RINGS, id=name, file="x.toml")


@pytest.fixture
def drills(tmp_path: Path) -> Path:
    """A company's folder of scenarios, with nothing in it yet."""
    (tmp_path / "drills").mkdir()
    return tmp_path / "drills"


def test_a_companys_scenarios_replace_and_add_to_the_built_in_ones(drills: Path) -> None:
    built_in = OwnFiles(None).scenarios
    (drills / "checkout.toml").write_text("order = 500\n" + HEAD + RINGS)
    (drills / "login.toml").write_text("order = 1\n" + HEAD + RINGS)
    files = OwnFiles(drills.parent)
    assert list(files.scenarios) == ["login", *(id for id in built_in if id != "checkout"), "checkout"]
    assert [id for id, row in files.scenarios.items() if row.own] == ["login", "checkout"]
    assert files.problems() == ()
    assert {path.name for path in files.files()} == {"checkout.toml", "login.toml"}


UNUSABLE = {
    **{name: spoil for name, spoil in company.UNREADABLE.items() if name != "too large"},
    **company.BROKEN_TOML,
    "too large": (wrote("#" * 200_001), ": it is longer than 200 kB, the limit for such a file"),
    "an id that the playbook doesn't have": (
        wrote(HEAD + RINGS + 'tells = { impct = "x" }\n'),
        ": events[number 1].tells: expected the id of a fact, found 'impct'; did you mean 'impact'?",
    ),
    "dots without end": (
        wrote("a" + ".a" * 600 + " = 1"),
        ":1: there are more than 500 dots in this line; use only a few levels",
    ),
}


@pytest.mark.parametrize(("spoil", "sentence"), list(UNUSABLE.values()), ids=list(UNUSABLE))
def test_a_scenario_with_a_mistake_never_raises(drills: Path, spoil: Spoil, sentence: str) -> None:
    spoil(drills / "checkout.toml")
    spoil(drills / "login.toml")
    files = OwnFiles(drills.parent)
    assert files.scenarios == OwnFiles(None).scenarios
    first, second = files.problems()
    assert str(first).startswith(f"{drills / 'checkout.toml'}{sentence}")
    assert str(first).endswith("; the built-in scenario is used until this is corrected")
    assert str(second).endswith("; it is left out until this is corrected")
    assert files.scenario_problems == {"checkout": first, "login": second}


def test_all_mistakes_of_a_scenario_are_named_at_once(drills: Path) -> None:
    own = drills / "login.toml"

    def named(text: str) -> list[str]:
        own.write_text(text)
        files = OwnFiles(drills.parent)
        assert len(files.scenario_problems) == 1, "where there is little room, the first has to do"
        left_out = "; it is left out until this is corrected"
        return [str(one).removeprefix(f"{own}: ").removesuffix(left_out) for one in files.problems()]

    rows = '[[events]]\nat = "1"\nsays = "a"\n' + RINGS + '[[events]]\nat = 3\nsay = "b"\n' + QUESTION + "id = 7\n"
    found = named('titel = "x"\nstarts = 3\n' + HEAD.replace("lesson", "lessen") + rows)
    keys = [
        "titel",
        "lessen",
        "starts",
        "lesson",
        "events[number 1].at",
        "events[number 3].say",
        "questions[number 1].id",
    ]
    assert sorted(line.partition(":")[0] for line in found) == sorted(keys)
    found = named('starts = "3:17"\n' + HEAD + RINGS + QUESTION.replace("at = 5", "at = 30.5") + 'to = "zzz"\n')
    assert [line.partition(":")[0] for line in found] == ["starts", "questions[number 1].at", "questions[number 1].to"]
    (line,) = named('zzzzz = "x"\n' + HEAD + RINGS)
    known = line.partition("known keys are ")[2].split(", ")
    assert "briefing" in known
    assert not {"id", "own"} & set(known)


def test_a_mistake_made_later_leaves_the_previous_version(drills: Path) -> None:
    own = drills / "checkout.toml"
    own.write_text(HEAD + RINGS)
    before = OwnFiles(drills.parent)
    assert before.scenarios["checkout"].own
    stamp = before.stamp()
    own.write_text(HEAD)
    files = OwnFiles(drills.parent, before=before)
    assert files.stamp() != stamp
    assert files.scenarios == before.scenarios
    assert str(files.scenario_problems["checkout"]).endswith("the previous version is used until this is corrected")


def test_a_file_that_nothing_reads_and_a_folder_that_is_none_are_named(tmp_path: Path, drills: Path) -> None:
    (drills / "login.yaml").write_text("title: Login slow")
    (problem,) = OwnFiles(tmp_path).problems()
    assert str(problem).endswith(
        "login.yaml: unknown file name; the name of a scenario ends in .toml; nothing uses this file"
    )
    (drills / "login.yaml").unlink()
    drills.rmdir()
    drills.write_text("")
    (problem,) = OwnFiles(tmp_path).problems()
    assert "expected a folder of scenarios; the built-in scenarios are used until this is corrected" in str(problem)


def test_a_built_in_event_is_left_out_if_there_is_no_such_message() -> None:
    scenario = read(HEAD + RINGS + '[[events]]\nat = 2\nsays = "Nobody writes"\nunless_sent = "message-a"\n')
    assert len(fitted(scenario, known).events) == 2
    assert [row.says for row in fitted(scenario, lambda kind: []).events] == ["Login slow"]


def test_a_built_in_scenario_is_fitted_to_a_company_that_has_other_facts(tmp_path: Path) -> None:
    playbook = company.PLAYBOOK.replace('id = "tickets"', 'id = "complaints"')
    (tmp_path / "playbook.toml").write_text(playbook)
    files = OwnFiles(tmp_path)
    assert files.problems() == ()
    assert {name for row in files.scenarios.values() for event in row.events for name in event.tells} >= {"impact"}
    assert not any("tickets" in event.tells for row in files.scenarios.values() for event in row.events)
    assert any("tickets" in event.tells for row in OwnFiles(None).scenarios.values() for event in row.events)
