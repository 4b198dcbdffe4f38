"""The bench's own plumbing: what is asked for, how a figure is judged, how the table and the JSON read."""

from __future__ import annotations

import json

import pytest

from tests.bench.__main__ import main, options
from tests.bench.figures import Figure, as_json, p95, table
from tests.bench.measures import MEASURES


def test_every_measure_is_listed_with_what_it_measures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [*MEASURES, "scale"]
    assert all(len(line.split()) > 3 for line in lines)


def test_an_unknown_measure_is_refused_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        options(["start", "speed"])
    assert refused.value.code == 2
    assert "'speed'" in capsys.readouterr().err


def test_a_bound_is_on_the_ratio_to_the_floor() -> None:
    figure = Figure("first frame", "ms", (300.0, 330.0, 310.0), (200.0, 190.0, 250.0), 1.6)
    assert figure.value == pytest.approx(1.55)
    assert figure.verdict == "ok"
    assert Figure("first frame", "ms", (330.0,), (200.0,), 1.6).verdict == "over"


def test_without_a_floor_the_bound_is_on_the_measure_itself() -> None:
    assert Figure("idle", "%", (0.9,), bound=1).verdict == "ok"
    assert Figure("idle", "%", (1.1,), bound=1).verdict == "over"
    assert Figure("stock", "ms", (9.0,), (1.0,)).verdict == ""


def test_how_it_grows_is_told_while_the_bound_is_on_the_measure_itself() -> None:
    figure = Figure("search", "ms", (20.0,), (2.0,), 50, grows=True, against="a tenth of it")
    assert (figure.value, figure.verdict) == (20.0, "ok")
    row = table([figure]).splitlines()[-1]
    assert row.split()[-4:] == ["10.00", "50", "ms", "ok"]
    assert Figure("search", "ms", (60.0,), (50.0,), 50, grows=True).verdict == "over"


def test_the_95th_percentile_counts_where_it_is_asked_for() -> None:
    samples = tuple(float(number) for number in range(1, 101))
    assert p95(samples) == pytest.approx(95.05)
    assert Figure("key", "ms", samples, (1.0,), 3, at="p95").value == pytest.approx(95.05)


def test_the_table_shows_floor_spread_ratio_bound_and_verdict() -> None:
    figures = [
        Figure("first frame", "ms", (300.0, 330.0, 310.0), (200.0,), 1.6, against="bare app"),
        Figure("idle: processor", "%", (0.5,), bound=1),
    ]
    head, rule, first, second = table(figures).splitlines()
    assert head.split()[:3] == ["figure", "against", "floor"]
    assert set(rule) == {"─", " "}
    for cell in ("bare app", "200 ms", "310 (300–330) ms", "1.55", "1.6", "ok"):
        assert cell in first
    assert second.endswith("ok")
    assert "1 %" in second


def test_the_json_has_every_sample_and_the_verdict() -> None:
    (row,) = json.loads(as_json([Figure("append", "ms", (2.0, 4.0), (2.0, 2.0), 1.4)]))
    assert row["measured"] == [2.0, 4.0]
    assert (row["value"], row["verdict"]) == (1.5, "over")
