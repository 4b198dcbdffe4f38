"""The timeline alone: the lines of the log as they read now, without what is around them."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from markdown_it import MarkdownIt

from tests.conftest import THREE_SEVENTEEN as START
from tests.unit.test_documents import HOSTILE, PLAYBOOK, SHIPPED, Log, checkout, declared, playbook
from warroom.documents.registry import DOCUMENTS, write
from warroom.model import acts
from warroom.model.entries import Draft
from warroom.model.times import HOUR, MINUTE

__all__ = ["checkout", "playbook"]


def render(log: Log, form: str = "txt", tz: tzinfo = UTC, own: Path = Path("/nowhere")) -> str:
    written = write(DOCUMENTS["timeline"], form, log.material(PLAYBOOK, tz=tz), own=own, shipped=SHIPPED)
    assert written.problem is None
    return "".join(written.pieces)


@pytest.fixture
def corrected() -> Log:
    """A line added late, one corrected and moved behind it, one taken back."""
    log = declared(detected_by="5xx alert")
    wrong = log.add(acts.log.note("Rolled back payment"), START + 30 * MINUTE)
    log.add(acts.log.note("Support told", START + 31 * MINUTE), START + 51 * MINUTE)
    gone = log.add(acts.log.note("Wrong incident"), START + 32 * MINUTE)
    log.add(acts.corrections.amend(wrong, "Rolled back search", START + 40 * MINUTE, "misheard"), START + 50 * MINUTE)
    log.add(acts.corrections.retract(gone), START + 52 * MINUTE, "Priya")
    return log


def test_it_has_every_line_as_it_reads_now_and_nothing_else(corrected: Log) -> None:
    assert render(corrected) == (
        "TIMELINE: Checkout errors\n"
        "\n"
        "Reference:  k7qd3f\n"
        "Severity:   SEV2 High\n"
        "Times:      UTC\n"
        "\n"
        "2026-11-23\n"
        "03:17  detected      via 5xx alert; severity set to SEV2\n"
        "03:48  note          Support told (added 20 min later)\n"
        "03:57  note          Rolled back search (corrected)\n"
    )


@pytest.mark.parametrize("form", ["md", "txt"])
def test_its_lines_are_those_of_the_log(checkout: Log, form: str) -> None:
    log = checkout.render(PLAYBOOK, form)
    lines = [line for line in render(checkout, form).splitlines() if "03:" in line or "05:" in line]
    assert len(lines) > 8
    assert "\n".join(lines) in log


def test_each_day_has_a_heading_and_the_zone_stands_on_each_line_when_it_changes() -> None:
    night = 1_792_885_200_000  # 2026-10-25T01:40+02:00: the clocks go back at 03:00
    log = Log(acts.lifecycle.declare("Checkout errors", 2, now=night))
    log.add(acts.log.note("after the change"), night + 2 * HOUR)
    log.add(acts.log.note("the next day"), night + 24 * HOUR)
    text = render(log, "md", ZoneInfo("Europe/Berlin"))
    first, second = text.index("## 2026-10-25\n"), text.index("## 2026-10-26\n")
    assert first < text.index(" CET** note: after the change") < second < text.index(" CET** note: the next day")
    assert ", named on each line" in text


def test_programs_get_a_list_of_lines_or_a_table(corrected: Log) -> None:
    found = json.loads(render(corrected, "json"))
    assert found[1:] == [
        {
            "at": "2026-11-23T03:48:00Z",
            "kind": "note",
            "text": "Support told",
            "author": "Sam",
            "added_late_s": 1200,
            "corrected": False,
            "pinned": False,
            "decision": None,
        },
        {
            "at": "2026-11-23T03:57:00Z",
            "kind": "note",
            "text": "Rolled back search",
            "author": "Sam",
            "added_late_s": 0,
            "corrected": True,
            "pinned": False,
            "decision": None,
        },
    ]
    table = list(csv.DictReader(io.StringIO(render(corrected, "csv"), newline="")))
    assert {row["text"]: row["changed"] for row in table[1:]} == {
        "Support told": "",
        "Wrong incident": "taken back",
        "Rolled back search": "corrected",
    }


@pytest.mark.parametrize("words", HOSTILE)
def test_words_show_literally(words: str) -> None:
    log = declared(f"T {words}")
    log.add(Draft(acts.log.note("x").body, f"N {words}"), START + MINUTE)
    harmless = declared("T x")
    harmless.add(Draft(acts.log.note("x").body, "N x"), START + MINUTE)
    kinds = [[token.type for token in MarkdownIt().parse(render(one, "md"))] for one in (log, harmless)]
    assert kinds[0] == kinds[1]
    assert json.loads(render(log, "json"))[1]["text"] == f"N {words}"


def test_a_company_may_have_a_template_of_its_own(corrected: Log, tmp_path: Path) -> None:
    (tmp_path / "timeline.j2").write_text("# {{ ref }}\n\n{{ timeline | length }} lines\n")
    assert render(corrected, "md", own=tmp_path) == "# k7qd3f\n\n3 lines\n"
