"""How the console looks; the picture of the half-told incident is also the README's."""

from __future__ import annotations

from tests.console import Console
from tests.snapshot.conftest import Looks


def test_incident_120x36(console: Console, looks_the_same: Looks) -> None:
    console.half_told()
    assert looks_the_same()
