"""Every built-in scenario can be played to its end by doing what it teaches, and then nobody complains."""

from __future__ import annotations

import pytest

from tests.unit.player import Player, judged
from tests.unit.story import Story
from warroom.own_files import OwnFiles

SCENARIOS = OwnFiles(None).scenarios


@pytest.mark.parametrize("id", SCENARIOS)
def test_whoever_does_what_it_teaches_gets_no_complaint(id: str) -> None:
    player = Player(SCENARIOS[id])
    player.play()
    found = judged(player)
    for part in found.parts:
        print(part.title, *(f"{'+-'[not one.held]} {found.moment(one)} {one.text}" for one in part.checks), sep="\n  ")
    assert len(player.stories) == player.scenario.incidents
    assert all(story.incident.over() for story in player.stories.values())
    assert [one.text for part in found.parts for one in part.checks if not one.held] == []
    assert all(found.began <= one.at <= found.ended for part in found.parts for one in part.checks)


def test_whoever_only_declares_it_hears_what_was_not_done() -> None:
    class Sleeper(Player):
        def act(self, minute: float, number: int, story: Story) -> None:
            pass

        def obey(self, minute: float) -> None:
            pass

    for scenario in SCENARIOS.values():
        player = Sleeper(scenario)
        player.play()
        missed = [one for part in judged(player).parts if part.id == "expected" for one in part.checks if not one.held]
        done_by_declaring = {row.text for row in scenario.expected if row.act == "declare"}
        done_by_declaring |= {row.text for row in scenario.expected if row.act == "severity" and not row.since}
        wanted = [row for row in scenario.expected if not row.never and row.text not in done_by_declaring]
        assert len(missed) == len(wanted), scenario.id
