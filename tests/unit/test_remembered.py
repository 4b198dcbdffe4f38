"""What a text became is worked out once, unless the text is long: that would be kept in memory for nothing."""

from __future__ import annotations

from warroom.text.remembered import remembered


def test_a_short_text_is_worked_out_once_for_the_same_arguments_and_a_long_one_each_time() -> None:
    asked: list[tuple[str, str]] = []

    @remembered
    def ended(text: str, mark: str) -> str:
        asked.append((text, mark))
        return text + mark

    long = "x" * 1_000
    assert [ended(text, mark) for text in ("Cards fail", long) for mark in (".", "!") for _ in range(2)] == [
        *["Cards fail."] * 2,
        *["Cards fail!"] * 2,
        *[f"{long}."] * 2,
        *[f"{long}!"] * 2,
    ]
    assert asked == [("Cards fail", "."), ("Cards fail", "!"), *[(long, ".")] * 2, *[(long, "!")] * 2]
