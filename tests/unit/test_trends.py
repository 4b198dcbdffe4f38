"""Better or worse, values in the order of time, and the small charts made of them."""

from __future__ import annotations

from datetime import UTC

from tests.unit.story import BOOK, Story, message, moment
from tests.unit.test_metrics import DAY, incident, metrics, minutes, resolved
from warroom.documents.figure_page import figure_lines
from warroom.documents.trend_words import figure_rows, headlines
from warroom.model import acts
from warroom.model.cases import cases
from warroom.model.figures import MEASURES, Figure, Promises, Report, Summary
from warroom.model.metrics import report_of
from warroom.model.times import MINUTE
from warroom.model.trends import in_order, of_promises, of_times, over_time
from warroom.terminal.characters import BLOCKS, PLAIN, charts

RESOLVE = len(MEASURES) - 1


def took(*values: int) -> Figure:
    return Figure(MEASURES[RESOLVE], Summary(minutes(*sorted(values))), ())


def promised(kept: int, late: int, missed: int = 0, running: int = 0) -> Promises:
    return Promises(kept + late + missed + running, running, kept, missed, Summary(minutes(*[5] * late)))


def test_medians_are_compared_if_both_are_of_five_or_more() -> None:
    before = took(60, 60, 60, 60, 60)
    for now, verdict in (
        (took(30, 40, 50, 60, 70), "better"),
        (took(30, 40, 70, 80, 90), "worse"),
        (took(30, 40, 66, 80, 90), "about the same"),  # a tenth more
        (took(30, 40, 67, 80, 90), "worse"),
        (took(1, 2, 3, 4), None),
    ):
        assert of_times(now, before) == verdict, now.summary.values
    assert of_times(took(3, 3, 3, 3, 3), took(2, 2, 2, 2, 2)) == "about the same", "a minute says nothing"
    assert of_times(before, None) is None


def test_shares_of_broken_promises_are_compared_and_one_promise_says_nothing() -> None:
    for now, before, verdict in (
        (promised(5, 5), promised(9, 1), "worse"),
        (promised(8, 0, 2), promised(5, 5), "better"),
        (promised(9, 1), promised(10, 0), "about the same"),
        (promised(4, 0, running=6), promised(10, 0), None),
        (promised(10, 0), None, None),
    ):
        assert of_promises(now, before) == verdict, (now, before)


def test_times_are_shown_one_by_one_or_as_medians_of_five_or_more() -> None:
    found = cases(
        [incident(resolved(10 + number), f"inc{number:02}", days=number) for number in range(23)],
        BOOK,
        moment(60 * DAY),
    )
    one_by_one = in_order(found, RESOLVE, 30)
    assert (one_by_one.values, one_by_one.each) == (minutes(*range(10, 33)), "an incident")
    few = in_order(found, RESOLVE, 12)
    assert few.each == "the median of 5 or 6"
    assert few.values == tuple(round(minute * MINUTE) for minute in (12, 17.5, 23.5, 29.5))
    assert in_order(found[:20], RESOLVE, 4).values == minutes(12, 17, 22, 27)
    assert in_order(found, MEASURES.index(next(one for one in MEASURES if one.id == "detect")), 12).values == ()


def test_moments_are_counted_in_whole_weeks_back_from_now() -> None:
    now, week = moment(0), 7 * DAY * MINUTE
    found = over_time([now, now - 1, now - week + 1, now - week, now - 3 * week - 1], now - 4 * week, now, 12)
    assert (found.values, found.each) == ((1, 0, 1, 3), "a week")
    found = over_time([now - 50 * week], now - 51 * week, now, 12)
    assert (len(found.values), found.each, sum(found.values)) == (9, "6 weeks", 1)
    assert len(over_time([], now - 5000 * week, now, 12).values) == 12


def test_bars_and_small_charts_show_whatever_is_more_than_nothing() -> None:
    assert BLOCKS.line([0, 1, 40, 100]) == "▁▂▄█"
    assert PLAIN.line([0, 1, 40, 100]) == "0149"
    assert (BLOCKS.line([]), BLOCKS.line([0, 0])) == ("", "▁▁")
    assert (BLOCKS.bar(1, 1000, 20), BLOCKS.bar(0, 9, 20), PLAIN.bar(9, 9, 3)) == ("█", "", "###")
    for env, expected in (
        ({"TERM": "xterm-256color", "LANG": "C.UTF-8"}, BLOCKS),
        ({"TERM": "xterm", "LC_ALL": "en_US.utf8"}, BLOCKS),
        ({"TERM": "tmux"}, BLOCKS),
        ({"TERM": "linux", "LANG": "C.UTF-8"}, PLAIN),
        ({"TERM": "vt100"}, PLAIN),
        ({"TERM": "xterm", "LANG": "C.UTF-8", "LC_ALL": "de_DE.ISO-8859-1"}, PLAIN),
    ):
        assert charts(env) is expected, env


def test_what_matters_most_is_told_with_its_numbers() -> None:
    late = resolved(30)
    late.tell(31, message("initial", promise=40))
    late.tell(52, message("update", 2))
    late.tell(60, acts.facts.fact(BOOK, "system", "checkout"))
    again = Story()
    again.tell(60, acts.facts.fact(BOOK, "system", "Checkout"))
    first, second, third = headlines(Report(metrics(late, again), ()))
    assert (first.verdict, first.text, first.tone) == ("", "30 min", "")
    assert (second.verdict, second.text, second.tone) == ("broken", "1 of 1 broken, up to 12 min late", "bad")
    assert (third.verdict, third.text) == ("again", "checkout 2 times")
    nothing = headlines(Report(metrics(), ()))
    assert [one.text for one in nothing] == ["nothing resolved", "none made", "no system or cause more than once"]
    assert [one.words for one in nothing] == [one.text for one in nothing]


def test_rows_compare_a_period_with_the_one_before() -> None:
    incidents = [incident(resolved(60), f"old{number}", days=number) for number in range(5)]
    incidents += [incident(resolved(30), f"new{number}", days=20 + number) for number in range(6)]
    now, since = moment(30 * DAY), moment(14 * DAY)
    found = cases(incidents, BOOK, now)
    report = report_of(found, now, UTC, since=since, by="severity")
    rows = {row.id: row for row in figure_rows(report, found[5:], since, now, UTC, 24)}
    resolve, counted = rows["resolve"], rows["incidents"]
    assert (resolve.n, resolve.now, resolve.before, resolve.verdict, resolve.tone) == (
        6, "30 min", "1 h", "better", "good",
    )  # fmt: skip
    assert (counted.n, counted.before, counted.verdict) == (6, "5", "more")
    assert (rows["promises"].now, rows["mitigate"].now, rows["postmortems"].now) == (
        "",
        "",
        "0 done, 6 not yet, 6 late",
    )
    assert headlines(report)[0].words == "better: median 30 min of 6; before: median 1 h of 5"
    lines = figure_lines(report, "resolve", "severity", 80, "#", "a note")
    assert lines[:4] == [
        "Time to resolve: began → resolved",
        "  a note",
        "  n 6  median 30 min",
        "  9 of 10 within 30 min · mean 30 min · 30 min to 30 min",
    ]
    assert figure_lines(report, "mitigate", "severity", 80, "#")[1] == "  6 left out: no time of mitigation"
    assert figure_lines(report, "escalations", "severity", 80, "#") == ["Escalations", "  none"], "said once"
