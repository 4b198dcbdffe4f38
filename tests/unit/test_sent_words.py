"""The remarks on words that were sent: those that the console had made, or would have made, before they went out."""

from __future__ import annotations

import pytest

from tests.unit.story import BOOK, Story, moment
from warroom.messages.compose import compose
from warroom.messages.sending import sent_record
from warroom.messages.sent_words import remarks_on
from warroom.model import acts
from warroom.model.drills import NOT_REAL
from warroom.model.entries import Draft
from warroom.model.kinds.messages import MessageSent
from warroom.model.practice.played import Remarked
from warroom.model.snapshot import Snapshot
from warroom.own_files import OwnFiles

FILES = OwnFiles(None)


@pytest.fixture
def drill() -> Story:
    story = Story()
    draft = acts.lifecycle.declare("Checkout errors", 2, now=moment(0), drill=True)
    story.entries.clear()
    story.tell(0, draft)
    return story


def remarks(story: Story, draft: Draft) -> list[Remarked]:
    snapshot = Snapshot(story.incident, BOOK, moment(10))
    return remarks_on(story.tell(10, draft), snapshot, FILES.kinds, FILES.rules)


def composed(story: Story, form: str, **fields: str) -> Draft:
    """A status update as the composer writes it."""
    kind, snapshot = FILES.kinds["update"], Snapshot(story.incident, BOOK, moment(10))
    message = compose(kind, fields, snapshot, author="Dana", form=form)
    return acts.messages.send(sent_record(message, fields), kind.label)


@pytest.mark.parametrize("form", ["plain", "email", "slack", "status"])
def test_own_words_are_remarked_on_in_every_form_and_the_mark_of_a_drill_is_not(drill: Story, form: str) -> None:
    fields = {"impact": "payment fails", "affected": "about 20 %", "next_update": "30m"}
    assert remarks(drill, composed(drill, form, **fields, status="Engineering is rolling back")) == []
    found = remarks(drill, composed(drill, form, **fields, status="It should be back in 20 minutes"))
    assert [(one.kind, one.words) for one in found] == [("promise", "back in 20 minutes")]
    assert "It should be back in 20 minutes" in found[0].sentence
    assert found[0].better
    assert "20 minutes" not in found[0].better


def test_words_from_elsewhere_are_remarked_on_as_they_stand(drill: Story) -> None:
    text = f"{NOT_REAL}\n\nMarcus broke the checkout. We will be back at 05:00."
    sent = MessageSent("customer", 1, "customers", "", text, "elsewhere")
    kinds = [one.kind for one in remarks(drill, acts.messages.send(sent, "Customer message"))]
    assert "promise" in kinds
    assert "blame" in kinds
    unknown = MessageSent("partners", 1, "partners", "", text, "elsewhere")
    assert "promise" in [one.kind for one in remarks(drill, acts.messages.send(unknown, "Partners"))]


def test_a_decision_that_answers_somebody_is_read_as_colleagues_read_it(drill: Story) -> None:
    [found] = remarks(drill, acts.decisions.decision("Tell the board it is fixed by 06:00"))
    assert (found.kind, found.sentence) == ("promise", "Tell the board it is fixed by 06:00")
    assert remarks(drill, acts.decisions.decision("Take the fallback", "failing payments cost more")) == []
