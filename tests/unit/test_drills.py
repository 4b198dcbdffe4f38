"""A drill is marked in everything that people see of it, and is in no figure about real incidents."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.test_compose import BOOK, KINDS, RULES, Told, after_the_first, resolved
from tests.unit.test_compose import checkout as told_checkout
from tests.unit.test_documents import SHIPPED, Log, checkout, playbook
from warroom import wording
from warroom.documents import registry
from warroom.documents.registry import DOCUMENTS
from warroom.messages.checking import message_to_check
from warroom.messages.compose import Composed
from warroom.messages.forms import FORMS, STATES, mailto
from warroom.messages.length import SHORT_FORMS
from warroom.model import acts
from warroom.model.drills import NOT_REAL
from warroom.model.entries import Entry, encode
from warroom.model.incident import fold
from warroom.model.kinds.lifecycle import Declared
from warroom.model.metrics import report
from warroom.model.playbook import Playbook
from warroom.model.times import HOUR, MINUTE

__all__ = ["checkout", "playbook"]


def as_drill(entries: list[Entry]) -> None:
    """Make the incident of these entries a drill."""
    body = entries[0].body
    assert isinstance(body, Declared)
    entries[0] = msgspec.structs.replace(entries[0], body=msgspec.structs.replace(body, drill=True))


def cancelled() -> Told:
    told = after_the_first()
    return told.add(acts.lifecycle.cancel("false alarm")).at(50)


STATES_OF_IT: dict[str, Callable[[], Told]] = {
    "declared": Told,
    "known": told_checkout,
    "told": after_the_first,
    "resolved": resolved,
    "cancelled": cancelled,
    "long title": lambda: Told(title="Checkout errors " * 30),
}


def messages(told: Told) -> list[Composed]:
    """Every message in every form; customer messages in every state of a status page."""
    rows = [(kind, {"state": state}) for kind in ("customer",) for state in STATES]
    rows += [(kind, {}) for kind in KINDS if kind != "customer"]
    rows += [("update", {"impact": "Payment fails at the last step. " * 8, "status": "We are looking into it. " * 8})]
    return [told.compose(kind, form, **typed) for kind, typed in rows for form in FORMS]


@pytest.mark.parametrize("state", STATES_OF_IT)
def test_no_message_of_a_drill_lacks_the_mark(state: str) -> None:
    real, drill = STATES_OF_IT[state](), STATES_OF_IT[state]()
    as_drill(drill.entries)
    for before, found in zip(messages(real), messages(drill), strict=True):
        name = (found.kind.id, found.form)
        assert "DRILL" not in before.text, name
        assert found.subject == f"DRILL: {before.subject}", name
        if found.form in SHORT_FORMS:
            assert found.text.startswith("DRILL: "), name
            assert found.text.count("DRILL: ") == 1, name
            assert before.length is not None, name
            assert found.length is not None, name
            if len(drill.incident.title) < 100:
                assert not found.length.over or before.length.over, name
            continue
        if found.form == "email":
            assert found.text.splitlines()[1].startswith("Subject: DRILL: "), name
        elif found.form != "status" or found.rendered.title:
            assert "DRILL: " in found.text.splitlines()[0], name
        assert found.body == before.body, name
        assert found.text[: found.body_at].endswith(f"{NOT_REAL}\n\n"), name
        if len(found.text) < 1_000:
            query = parse_qs(urlsplit(mailto(found.rendered)).query)
            assert query["subject"][0].startswith("DRILL: "), name
            assert query["body"][0].startswith(NOT_REAL), name


def test_the_mark_sets_no_remark_off_and_moves_none() -> None:
    real, drill = after_the_first(), after_the_first()
    as_drill(drill.entries)
    typed = {"status": "Should be back in 20 minutes, somebody broke the k8s pod", "impact": "Payment FAILS"}
    checked = 0
    for kind in KINDS.values():
        values = {id: text for id, text in typed.items() if kind.field(id)}
        for form in FORMS:
            marked = []
            for told in (real, drill):
                composed = told.compose(kind.id, form, **values)
                filled = told.values(kind.id, **values)
                findings = wording.check(message_to_check(composed, filled, told.snapshot), RULES)
                shown = [composed.text[start:end] for start, end in composed.spans(findings)]
                marked.append(([(one.key, one.words) for one in findings], shown))
                checked += len(findings)
            assert marked[0] == marked[1], (kind.id, form)
    assert checked > 50


def test_a_companys_own_template_does_not_leave_the_mark_out() -> None:
    told = told_checkout()
    as_drill(told.entries)
    own = msgspec.structs.replace(
        KINDS["update"], subject="Only this", body="Nothing about it.", short="", title="", fields=()
    )
    for form in FORMS:
        found = told.compose_exactly(own, {}, form)
        assert found.subject == "DRILL: Only this"
        assert "DRILL: " in found.text if form in SHORT_FORMS else NOT_REAL in found.text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_of_a_drill_lacks_the_mark(name: str, checkout: Log, playbook: Playbook, tmp_path: Path) -> None:
    checkout.add(acts.action_items.add("Limit retries", owner="Marcus", due="2026-11-24"), START + 201 * MINUTE)
    document = DOCUMENTS[name]

    def written(form: str, own: Path = Path("/nowhere")) -> str:
        found = registry.write(document, form, checkout.material(playbook), own=own, shipped=SHIPPED)
        assert found.problem is None
        return "".join(found.pieces)

    before = {form: written(form) for form in document.forms}
    as_drill(checkout.entries)
    found = {form: written(form) for form in document.forms}
    assert not any("DRILL" in text or NOT_REAL in text for text in before.values())
    title = before["md"].splitlines()[0].removeprefix("# ")
    assert found["md"].splitlines()[0] == f"# DRILL – {title}"
    assert NOT_REAL in found["md"].split("\n\n")[1]
    assert found["txt"].splitlines()[0].startswith("DRILL – ")
    assert f"<title>DRILL – {title}</title>" in found["html"].replace("&amp;", "&")
    assert '<span class="drill">DRILL</span>' in found["html"].split("</header>")[0]
    assert NOT_REAL in found["html"].split("</header>")[0]
    data = json.loads(found["json"])
    assert all(row["drill"] is True for row in (data if isinstance(data, list) else [data]))
    rows = list(csv.reader(io.StringIO(found["csv"], newline="")))
    if name != "handoff":  # whose next thing to do has the mark too
        assert [row[1:] for row in rows] == list(csv.reader(io.StringIO(before["csv"], newline="")))
    assert [row[0] for row in rows] == ["drill", *["DRILL"] * (len(rows) - 1)]
    for form, source in (("md", "took long"), ("html", "<html><body class=x>took long</body>")):
        (tmp_path / f"{document.templates[0]}.{form}.j2").write_text(source)
        text = written(form, tmp_path)
        assert NOT_REAL in text
        assert text.index(NOT_REAL) < text.index("took long")
        assert ("<html>" not in text) or text.startswith("<html><body class=x>")


def test_drills_are_counted_apart(playbook: Playbook) -> None:
    def story(id: str, *, drill: bool) -> list[Entry]:
        told = Told()
        told.fact("system", "checkout").fact("impact", "Payment fails").at(5).send("initial", next_update="20m")
        told.at(15).send("update", status="Rolling back", progress="Cause found", next_update="20m")
        told.at(30).add(acts.lifecycle.resolve("Rolled back"))
        told.add(acts.action_items.add("Limit retries", due="2026-11-24"))
        if drill:
            as_drill(told.entries)
        return [msgspec.structs.replace(entry, incident=id) for entry in told.entries]

    real, drills = fold(story("kq7x2m", drill=False)), [fold(story(id, drill=True)) for id in ("drill1", "drill2")]
    now = START + 100 * HOUR
    alone, mixed = report([real], BOOK, now, by="system"), report([*drills, real], BOOK, now, by="system")
    assert alone.drills is None
    assert mixed.drills is not None
    assert msgspec.structs.replace(mixed, drills=None) == alone
    assert mixed.drills.n == 2
    assert mixed.drills.promises.kept == 2
    (stakeholders,) = (figure for figure in mixed.drills.times if figure.measure.id == "stakeholders")
    assert stakeholders.summary.values == (5 * MINUTE, 5 * MINUTE)
    later = report([*drills, real], BOOK, now, since=now - HOUR)
    assert later.drills is None, "only those of the period"


def test_only_a_drill_is_written_down_as_one() -> None:
    real = acts.lifecycle.declare("Checkout errors", 2, now=START)
    drill = acts.lifecycle.declare("Checkout errors", 2, now=START, drill=True)
    assert "drill" not in encode(real.body), "files of earlier versions read the same"
    assert json.loads(encode(drill.body))["drill"] is True
    assert drill.text == "Declared DRILL SEV2: Checkout errors"
