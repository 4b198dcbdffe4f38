"""What became of every promise of a next update: kept, late, missed or still running."""

from __future__ import annotations

import pytest

from tests.unit.story import Story, message, moment
from warroom.model import acts


def told(*sent: tuple[float, float | None]) -> Story:
    """A story of messages: (sent at, promising the next one at)."""
    story = Story(2)
    for number, (minute, promise) in enumerate(sent, 1):
        story.tell(minute, message("initial" if number == 1 else "update", number, promise))
    return story


@pytest.mark.parametrize(
    ("answered", "state"), [(35, "kept"), (36, "kept"), (36.99, "kept"), (37, "late"), (80, "late")]
)
def test_a_promise_is_kept_to_the_end_of_the_minute_it_names(answered: float, state: str) -> None:
    (promise, _) = told((9, 36), (answered, 200)).promises(answered)
    assert (promise.made, promise.due, promise.answered) == (moment(9), moment(36), moment(answered))
    assert promise.state == state


@pytest.mark.parametrize(("minute", "state"), [(10, "running"), (36.5, "running"), (37, "missed"), (500, "missed")])
def test_a_promise_nothing_has_answered(minute: float, state: str) -> None:
    (promise,) = told((9, 36)).promises(minute)
    assert (promise.answered, promise.state) == (None, state)


def test_each_message_answers_the_one_before_whether_or_not_it_promises_anything() -> None:
    story = told((9, 36), (30, None), (40, 60), (90, None))
    assert [(promise.due, promise.state) for promise in story.promises(100)] == [
        (moment(36), "kept"),
        (moment(60), "late"),
    ]


def test_the_resolution_notice_answers_a_promise_and_resolving_alone_does_not() -> None:
    story = told((9, 36))
    story.tell(20, acts.lifecycle.resolve())
    assert [promise.state for promise in story.promises(40)] == ["missed"]
    story.tell(41, message("resolution"))
    assert [promise.state for promise in story.promises(42)] == ["late"]


def test_a_customer_message_answers_no_promise_to_stakeholders() -> None:
    story = told((9, 36))
    story.tell(20, message("customer"))
    assert [promise.state for promise in story.promises(40)] == ["missed"]


def test_a_message_logged_afterwards_counts_from_when_it_went_out() -> None:
    story = told((9, 36))
    late = message("update", 2)
    story.tell(50, acts.messages.send(late.body, "Status update", at=moment(34)))  # type: ignore[arg-type]
    assert [promise.state for promise in story.promises(50)] == ["kept"]


def test_a_message_taken_back_promised_nothing_and_answered_nothing() -> None:
    story = told((9, 36), (30, 60))
    story.tell(31, acts.corrections.retract(story.entries[-1], "it never left the outbox"))
    assert [(promise.due, promise.state) for promise in story.promises(40)] == [(moment(36), "missed")]


def test_closing_hides_no_broken_promise() -> None:
    story = told((9, 36))
    story.tell(20, acts.lifecycle.resolve())
    story.tell(21, acts.lifecycle.close())
    assert [promise.state for promise in story.promises(40)] == ["missed"]


def test_customers_are_promised_to_by_themselves_and_wait_even_after_the_resolution() -> None:
    story = told((9, 36))
    story.tell(20, message("customer", 1, 50))
    assert story.due("customer", 21) == 50
    assert [(promise.due, promise.state) for promise in story.promises(21)] == [
        (moment(36), "running"),
        (moment(50), "running"),
    ]
    story.tell(30, acts.lifecycle.resolve())
    story.tell(31, message("resolution"))
    assert "customer" in story.clocks(32)
    assert "customer message" in story.now(55).text
    story.tell(56, message("customer", 2))
    assert {"update", "customer"}.isdisjoint(story.clocks(57))
    assert [promise.state for promise in story.promises(57)] == ["kept", "late"]


def test_a_companys_own_kind_of_message_keeps_its_own_promise() -> None:
    story = told((9, 36))
    story.tell(10, message("partners", 1, 25))
    assert story.clocks(11)["promise:partners"].label == "Next partners"
    assert story.now(26).target == "partners"
    story.tell(27, message("partners", 2))
    assert "promise:partners" not in story.clocks(28)
    assert [promise.state for promise in story.promises(28)] == ["running", "late"]
