"""A list to choose from: what its rows have no room for."""

from __future__ import annotations

from warroom.widgets.choices import Choice, Choices


def test_what_the_rows_do_not_show_all_of_follows_from_the_room() -> None:
    rows = [
        Choice("a", "Short", "beside it"),
        Choice("", "A heading", heading=True),
        Choice("b", "Longer text", "x" * 30),
    ]
    choices = Choices(rows, columns=True)
    assert choices.hidden(60) == {}
    assert choices.hidden(40) == {"b": "x" * 30}
    assert choices.hidden(20) == {"a": "beside it", "b": "x" * 30}, "too little room is left beside the longest text"
    assert choices.hidden(12) == {"a": "beside it", "b": "Longer text · " + "x" * 30}
