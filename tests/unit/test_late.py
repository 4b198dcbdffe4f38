"""A pattern that is compiled at its first use: until then nothing is read of it, then it is as any other."""

from __future__ import annotations

import re

import pytest

from warroom.text.late import late


def test_a_late_pattern_finds_what_a_pattern_finds() -> None:
    pattern = late(r"(?P<day>\d+)\.", re.ASCII)
    found = pattern.search("the 12. of May")
    assert found is not None
    assert found["day"] == "12"
    assert pattern.sub("x", "1. 2. ٣.") == "x x ٣."
    assert (pattern.groups, pattern.pattern) == (1, r"(?P<day>\d+)\.")


def test_nothing_is_compiled_before_it_is_used() -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("")
