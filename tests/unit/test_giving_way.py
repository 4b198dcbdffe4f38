"""Python's switch between threads, which is one for the whole process."""

from __future__ import annotations

import sys

import pytest

from warroom.screens.giving_way import giving_way


def test_threads_that_load_at_once_give_way_until_the_last_one_has_ended() -> None:
    usual = sys.getswitchinterval()
    with giving_way():
        with pytest.raises(ValueError, match="broken"), giving_way():
            raise ValueError("broken")
        assert sys.getswitchinterval() < usual
    assert sys.getswitchinterval() == pytest.approx(usual)
