"""Keys, palette and help come from one catalogue, and no act needs a key that a terminal or tmux may take."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

from tests.console import SMALL, Console, incident_screen, press, screen_text, settled, types
from warroom import actions
from warroom.app import WarroomApp
from warroom.screens.help import HelpScreen
from warroom.screens.incident import IncidentScreen
from warroom.screens.message_acts import MessageActs
from warroom.widgets.composer import Composer

TAKEN = {f"ctrl+{letter}" for letter in "bahijmqs"} | {"shift+enter"}
"""What tmux, screen, a terminal or its flow control may keep for itself."""


def test_every_action_has_a_method_where_it_applies() -> None:
    owners = {"incident": IncidentScreen, "everywhere": WarroomApp}
    missing = [
        action.id
        for action in actions.ACTIONS
        if action.scope != "compose"
        and not hasattr(owners[action.scope], f"action_{action.id}")
        # Textual's own palette opens by Textual's own name for it.
        and action.id != "palette"
    ]
    in_fields = {"edit"}  # the composer moves between its parts itself
    missing += [
        action.id
        for action in actions.scope("compose")
        if action.id not in in_fields and not hasattr(MessageActs, f"compose_{action.id}")
    ]
    assert missing == []


@pytest.mark.parametrize("scope", ["incident", "compose"])
def test_no_key_is_bound_twice_where_it_applies(scope: actions.Scope) -> None:
    here = actions.scope(scope, "everywhere")
    keys = Counter(key for action in here for key in (action.key, *action.keys))
    assert [key for key, times in keys.items() if times > 1] == []


def test_ids_are_unique_and_every_action_explains_itself() -> None:
    assert len(actions.BY_ID) == len(actions.ACTIONS)
    assert all(action.label and action.help and not action.help.endswith(".") for action in actions.ACTIONS)


def test_no_action_needs_a_key_that_may_never_arrive() -> None:
    alone = [action.id for action in actions.ACTIONS if {action.key, *action.keys} <= TAKEN]
    assert alone == []


def test_every_key_of_the_catalogue_is_bound() -> None:
    owners: list[tuple[type[DOMNode], actions.Scope]] = [
        (IncidentScreen, "incident"),
        (Composer, "compose"),
        (WarroomApp, "everywhere"),
    ]
    for owner, scope in owners:
        bound = {binding.key for binding in Binding.make_bindings(owner.BINDINGS)}
        wanted = {key for action in actions.scope(scope) for key in (action.key, *action.keys)}
        assert wanted - bound <= {actions.BY_ID["palette"].key}, owner


@pytest.mark.parametrize("size", [(120, 36), SMALL])
async def test_help_lists_every_action_and_goes_back(console: Console, size: tuple[int, int]) -> None:
    console.half_told()
    async with console.opened(size) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(pilot.app.screen, HelpScreen)
        words = " ".join(str(pilot.app.screen.query_one("#text").render()).split())
        for action in actions.ACTIONS:
            assert f"{action.key_name} {action.label} {action.help}" in words
        await press(pilot, "end")
        assert "In the log line, esc leaves" in screen_text(pilot)
        await press(pilot, "escape")
        assert incident_screen(pilot)


async def test_the_palette_finds_and_runs_an_action(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "ctrl+p")
        await types(pilot, "stage")
        await settled(pilot)
        assert "Stage (g)" in screen_text(pilot)
        await press(pilot, "enter")
        await settled(pilot)
        await press(pilot, "home", "enter")
        assert "DETECTION" in screen_text(pilot)


async def test_the_palette_offers_every_action_of_the_screen(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        offered = {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}
    wanted = {f"{action.label} ({action.key_name})" for action in actions.scope("incident", "everywhere")}
    assert wanted - offered <= {"Palette (ctrl+p)"}


async def test_the_footer_offers_only_keys_that_act_there(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        assert screen_text(pilot).rstrip().split("\n")[-1].endswith("? Help")
        await press(pilot, "l")
        assert "esc Leave, keep the words" in screen_text(pilot)
        await press(pilot, "escape", "u")
        last = screen_text(pilot).rstrip().split("\n")[-1]
        assert "y Copy" in last
        assert "esc Leave" in last


async def test_quitting_works_from_every_list(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "o", "Q")
        assert pilot.app._exit
