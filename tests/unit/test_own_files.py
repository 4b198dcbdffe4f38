"""A company's own files: each kind of mistake is one sentence, and something serves meanwhile."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests import company
from tests.company import Spoil, changed, wrote
from warroom import places
from warroom.documents.registry import DOCUMENTS, DRILL, REVIEW
from warroom.model.playbook import load
from warroom.own_files import OwnFiles, Problem
from warroom.text.files import read_text
from warroom.text.mistakes import Mistake

SHIPPED = load(company.PLAYBOOK, file="playbook.toml")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A company's folder, with nothing in it yet."""
    own = tmp_path / "own"
    (own / "templates" / "documents").mkdir(parents=True)
    return own


def one(files: OwnFiles) -> Problem:
    """The only problem there is, of which the sentence is one line."""
    (problem,) = files.problems()
    assert "\n" not in str(problem)
    return problem


def cases(mistakes: dict[str, tuple[Spoil, str]]) -> pytest.MarkDecorator:
    """Every kind of mistake in a file."""
    return pytest.mark.parametrize(("spoil", "sentence"), list(mistakes.values()), ids=list(mistakes))


@cases(company.BROKEN_PLAYBOOK)
def test_a_mistake_in_the_playbook_leaves_the_whole_built_in_one(folder: Path, spoil: Spoil, sentence: str) -> None:
    spoil(folder / "playbook.toml")
    files = OwnFiles(folder)
    assert files.playbook == SHIPPED
    assert str(one(files)).startswith(f"{folder / 'playbook.toml'}{sentence}")
    assert str(one(files)).endswith("; the whole built-in playbook is used until this is corrected")


@cases(company.BROKEN_WORDING)
def test_a_mistake_in_the_wording_leaves_the_built_in_rules(folder: Path, spoil: Spoil, sentence: str) -> None:
    spoil(folder / "wording.toml")
    files = OwnFiles(folder)
    assert files.rules == OwnFiles(None).rules
    assert str(one(files)).startswith(f"{folder / 'wording.toml'}{sentence}")
    assert str(one(files)).endswith("; the built-in wording rules are used until this is corrected")


@cases(company.BROKEN_MESSAGE)
def test_a_mistake_in_an_own_version_of_a_message_leaves_the_built_in_one(
    folder: Path, spoil: Spoil, sentence: str
) -> None:
    spoil(folder / "templates" / "update.j2")
    files = OwnFiles(folder)
    assert not files.kinds["update"].own
    assert files.broken_kinds == {}
    assert files.kind_problems == {"update": one(files)}
    assert str(one(files)).startswith(f"{folder / 'templates' / 'update.j2'}{sentence}")
    assert str(one(files)).endswith("; the built-in message is used until this is corrected")


@cases(company.BROKEN_MESSAGE)
def test_a_mistake_in_a_new_message_is_listed_as_broken(folder: Path, spoil: Spoil, sentence: str) -> None:
    spoil(folder / "templates" / "partner.j2")
    files = OwnFiles(folder)
    assert "partner" not in files.kinds
    assert files.broken_kinds == {"partner": one(files)}
    assert str(one(files)).startswith(f"{folder / 'templates' / 'partner.j2'}{sentence}")
    assert str(one(files)).endswith("no built-in message of that name, so it can't be used until this is corrected")


@cases(company.BROKEN_DOCUMENT)
def test_a_mistake_in_a_document_leaves_the_built_in_one(folder: Path, spoil: Spoil, sentence: str) -> None:
    from warroom.documents.trial import trials

    spoil(folder / "templates" / "documents" / "log.md.j2")
    told: list[Problem] = []
    files = OwnFiles(folder, on_problem=told.append)
    log, material = DOCUMENTS["log"], next(trials(SHIPPED))
    text = files.document(log, "md", material)
    assert text == OwnFiles(None).document(log, "md", material)
    assert told == [one(files)], "found when used and found when checked are the same"
    assert str(one(files)).startswith(f"{folder / 'templates' / 'documents' / 'log.md.j2'}{sentence}")
    assert str(one(files)).endswith("; the built-in document is used until this is corrected")


def test_a_document_that_fails_only_in_the_middle_of_an_incident_is_found_by_the_trial(folder: Path) -> None:
    own = folder / "templates" / "documents" / "handoff.txt.j2"
    own.write_text("{% for row in roles %}{{ row.nme }}{% endfor %}")
    assert str(one(OwnFiles(folder))).startswith(f"{own}:1: 'dict object' has no attribute 'nme'")


def test_a_review_that_fails_only_with_many_incidents_is_found_by_the_trial(folder: Path) -> None:
    own = folder / "templates" / "documents" / "review.j2"
    own.write_text("{% for group in groups %}{{ group.nme }}{% endfor %}")
    assert str(one(OwnFiles(folder))).startswith(f"{own}:1: 'dict object' has no attribute 'nme'")


def test_a_report_of_a_drill_that_fails_only_with_something_to_do_differently_is_found_by_the_trial(
    folder: Path,
) -> None:
    own = folder / "templates" / "documents" / "drill.txt.j2"
    own.write_text("{% for check in differently %}{{ check.bettr }}{% endfor %}")
    assert str(one(OwnFiles(folder))).startswith(f"{own}:1: 'dict object' has no attribute 'bettr'")


def test_copies_of_everything_built_in_have_no_problem(folder: Path) -> None:
    for name in ("playbook.toml", "wording.toml"):
        shutil.copy(places.templates() / name, folder / name)
    shutil.copytree(places.templates() / "messages", folder / "templates", dirs_exist_ok=True)
    shutil.copytree(places.templates() / "documents", folder / "templates" / "documents", dirs_exist_ok=True)
    files = OwnFiles(folder)
    assert files.problems() == ()
    assert [kind.id for kind in files.kinds.values()] == list(OwnFiles(None).kinds)
    assert all(kind.own for kind in files.kinds.values())
    assert len(files.files()) == 2 + len(files.kinds) + len([*DOCUMENTS, REVIEW, DRILL])


def test_every_problem_of_every_file_is_told(folder: Path) -> None:
    (folder / "playbook.toml").write_text("x = 1")
    (folder / "wording.toml").write_text("x = 1")
    (folder / "templates" / "update.j2").write_text(company.HEADER + "{{ a }}\n{{ b }}")
    (folder / "templates" / "documents" / "log.md.j2").write_text("{{ a }}")
    (folder / "templates" / "documents" / "logg.md.j2").write_text("x")
    problems = OwnFiles(folder).problems()
    assert [(Path(problem.file).name, problem.where) for problem in problems] == [
        ("playbook.toml", "x"),
        ("wording.toml", "x"),
        ("update.j2", 7),
        ("update.j2", 8),
        ("log.md.j2", 1),
        ("logg.md.j2", 0),
    ]
    every = (*(one.templates for one in DOCUMENTS.values()), REVIEW.templates, DRILL.templates)
    names = ", ".join(f"{name}.j2" for (name, *_) in every)
    assert str(problems[-1]).endswith(
        f"logg.md.j2: there is no document of that name; there are {names}, or for one format, as in log.md.j2; "
        "this file is not used"
    )


def test_a_file_that_is_almost_called_like_one_of_ours_is_not_passed_over(folder: Path) -> None:
    misnamed = ("playbok.toml", "templates/update.txt", "templates/documents/log.md")
    for name in (*misnamed, "notes.toml", "README.md", "templates/notes.txt", "templates/.update.txt.swp"):
        (folder / name).write_text("x")
    files = OwnFiles(folder)
    assert [problem.file for problem in files.problems()] == [str(folder / name) for name in misnamed]
    assert str(files.problems()[0]).endswith(
        "playbok.toml: unknown file name; expected playbook.toml or wording.toml; nothing uses this file"
    )
    before = files.stamp()
    (folder / "playbok.toml").unlink()
    assert files.stamp() != before


def test_an_id_that_the_playbook_does_not_have_is_told_of_a_template_that_is_used(folder: Path) -> None:
    field = '[[fields]]\nid = "x"\nlabel = "X"\nsource = ["fact:colour"]\n+++\n'
    text = company.HEADER.removesuffix("+++\n") + field
    (folder / "templates" / "update.j2").write_text(text + "{{ x }}")
    files = OwnFiles(folder)
    assert files.kinds["update"].own
    assert "there is no fact 'colour' in the playbook" in str(one(files))
    assert str(one(files)).endswith("; the field starts empty until this is corrected")


@pytest.mark.parametrize("name", ["templates", "templates/documents"])
def test_a_file_in_the_place_of_a_folder_is_told(folder: Path, name: str) -> None:
    shutil.rmtree(folder / name)
    (folder / name).write_text("not a folder")
    problem = one(OwnFiles(folder))
    assert str(problem) == (
        f"{folder / name}: can't be read (Not a directory); expected a folder of templates; "
        "the built-in templates are used until this is corrected"
    )


def test_a_folder_that_can_not_be_looked_into_is_told_and_everything_built_in_serves(tmp_path: Path) -> None:
    (tmp_path / "own").symlink_to(tmp_path / "own")
    files = OwnFiles(tmp_path / "own")
    assert files.playbook == SHIPPED
    assert len(files.kinds) == 5
    assert [Path(problem.file).name for problem in files.problems()] == ["own"]
    assert all("Too many levels of symbolic links" in str(problem) for problem in files.problems())


def test_a_file_this_user_may_not_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "playbook.toml"
    path.write_text(company.PLAYBOOK)
    path.chmod(0)
    root = os.geteuid() == 0  # whom no permission keeps out
    if root:
        os.seteuid(65_534)
    try:
        with pytest.raises(Mistake, match=r"playbook\.toml: can't be read \(Permission denied\)"):
            read_text(path)
    finally:
        if root:
            os.seteuid(0)


def test_without_a_folder_or_without_files_in_it_everything_is_built_in(folder: Path, tmp_path: Path) -> None:
    for empty in (None, folder, tmp_path / "nowhere"):
        files = OwnFiles(empty)
        assert files.playbook == SHIPPED
        assert len(files.kinds) == 5
        assert (files.problems(), files.files(), files.broken_kinds) == ((), [], {})


def test_own_files_are_used_a_byte_order_mark_and_windows_line_ends_included(folder: Path) -> None:
    text = company.PLAYBOOK.replace("acknowledge_within_min = 15", "acknowledge_within_min = 7", 1)
    (folder / "playbook.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    wrote('[[rule]]\nid = "x"\nlabel = "l"\nwhy = "w"\nmax_words = 2\n')(folder / "wording.toml")
    files = OwnFiles(folder)
    assert files.playbook.severity(1).acknowledge_within_min == 7
    assert [rule.id for rule in files.rules.messages] == ["x"]
    assert files.rules.post_mortem
    assert files.rules.post_mortem == OwnFiles(None).rules.post_mortem  # the file has no such table
    assert files.problems() == ()


def test_a_rule_for_a_message_or_a_section_that_is_not_there_is_a_problem(folder: Path) -> None:
    rule = 'id = "{}"\nlabel = "l"\nwhy = "w"\npatterns = ["a"]\n'
    wrote(
        f'[[rule]]\n{rule.format("x")}applies_to = ["update", "nonsense"]\n'
        f'[[postmortem]]\n{rule.format("y")}except_for = ["went_well", "update"]\n'
    )(folder / "wording.toml")
    first, second = (str(problem) for problem in OwnFiles(folder).problems())
    assert 'wording.toml: rule "x", key applies_to[1]: expected one of initial, ' in first
    assert first.endswith(", or *, got 'nonsense'; it is not used")
    assert 'postmortem "y", key except_for[1]: expected one of summary, ' in second


def test_a_part_is_read_once_and_only_when_asked_for(folder: Path) -> None:
    (folder / "playbook.toml").write_text("x = 1")
    told: list[Problem] = []
    files = OwnFiles(folder, on_problem=told.append)
    assert files.rules
    assert files.kinds
    assert told == []
    assert files.playbook is files.playbook
    assert [problem.where for problem in told] == ["x"]


def test_a_sentence_never_carries_what_could_act_on_a_terminal(folder: Path) -> None:
    changed(company.PLAYBOOK, 'asks_fact = "event"', 'asks_fact = "\\u001b]0;x\\u0007\\n"')(folder / "playbook.toml")
    sentence = str(one(OwnFiles(folder)))
    assert sentence.isprintable()


def test_an_action_the_console_does_not_have_is_a_mistake_only_where_actions_are_known() -> None:
    text = company.PLAYBOOK.replace('action = "escalate"', 'action = "dance"')
    assert load(text, file="x").now
    known = {rule.action for rule in SHIPPED.now}
    with pytest.raises(Mistake, match=r"now\.trigger\.action: the console has no action 'dance'"):
        load(text, file="x", actions=known)


@pytest.mark.parametrize("action", ["help", "leave_console", "now", "copy"])
def test_a_rule_of_the_now_line_names_what_can_be_done_on_an_incident(folder: Path, action: str) -> None:
    """Not what applies elsewhere, and not to follow the NOW line, which would never come to an end."""
    changed(company.PLAYBOOK, 'action = "escalate"', f'action = "{action}"')(folder / "playbook.toml")
    assert f"now.trigger.action: the console has no action '{action}'" in str(one(OwnFiles(folder)))
