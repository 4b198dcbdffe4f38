"""Keys, footer, palette, help and README come from one catalogue, which cannot lie: every row is looked at here."""

from __future__ import annotations

import inspect
from collections import Counter
from importlib import import_module
from typing import Any, cast

from textual.pilot import Pilot

from tests.console import LARGE, SMALL, Console, choices, footer, incident_screen, press, screen_text, settled, types
from tests.readme import README, key_tables
from warroom import actions
from warroom.actions import PLACES, SCREEN, WIDGET, Action, Where
from warroom.model import acts
from warroom.screens.help import HelpScreen
from warroom.widgets.choices import Choices

TAKEN = {f"ctrl+{letter}" for letter in "bahijmqs"} | {"shift+enter"}
"""What tmux, screen, a terminal or its flow control may keep for itself."""

WAYS: dict[Where, tuple[str, ...]] = {
    "incident": (),
    "compose": ("u", "escape"),
    "everywhere": (),
    "field": ("u",),
    "picks": ("u", "shift+tab"),
    "line": ("l",),
    "start": ("o",),
    "declare": ("n",),
    "severity": ("S",),
    "escalation": ("e",),
    "post_mortem": ("P",),
    "section": ("P", "enter"),
    "post_mortem_lines": ("P", "down", "down", "enter"),
    "question": ("P", "s", "r"),
    "recovery": ("R",),
    "entry": ("2", "end", "enter"),
    "text": ("p",),
    "search": ("slash",),
    "action_items": ("A",),
    "action_item": ("A", "enter"),
    "timeline_text": ("I",),
    "timeline_reading": ("I", "1", "ctrl+g"),
    "numbers": ("G",),
    "review": ("o", "P"),
    "people": ("at",),
    "readiness": ("o", "R"),
    "first_start": ("o", "R", "b", "enter", "enter", "enter", "enter"),
    "list": ("r",),
    "help": ("question_mark",),
}
"""The keys that lead from an open incident to each place."""
OF_A_DRILL: tuple[Where, ...] = ("briefing", "tour", "call", "drill_report")
"""The places of a drill: its own tests go there."""


def owner(where: Where) -> Any:
    """The class whose methods carry out the actions of a place."""
    return PLACES[where].load()


def doer(action: Action) -> Any:
    """What carries out a row, as `actions` says it is found."""
    if action.feature == SCREEN:
        return owner(cast("Where", action.opens))
    if action.where in ("incident", "compose"):
        return getattr(import_module(f"warroom.screens.incident.{action.feature}").Feature, action.id)
    return getattr(owner(action.where), f"action_{action.id}")


def test_every_row_resolves_to_what_does_it() -> None:
    for action in actions.ACTIONS:
        if action.feature == WIDGET:
            assert inspect.isclass(owner(action.where)), action.name
        else:
            assert callable(doer(action)), action.name


def test_every_feature_has_a_row() -> None:
    """A method of a feature that nobody can reach is a lie of the other kind."""
    reached = {(action.feature, action.id) for action in actions.at("incident", "compose")}
    for feature in {action.feature for action in actions.at("incident")} - {SCREEN}:
        made = import_module(f"warroom.screens.incident.{feature}").Feature
        assert [id for one, id in reached if one == feature and callable(getattr(made, id))]


def test_no_key_is_bound_twice_where_it_applies() -> None:
    for where in PLACES:
        here = actions.at(*dict.fromkeys((where, "everywhere")))
        keys = Counter(key for action in here for key in (action.key, *action.keys))
        assert [key for key, times in keys.items() if times > 1] == [], where


def test_ids_are_unique_and_every_action_explains_itself() -> None:
    assert len({action.name for action in actions.ACTIONS}) == len(actions.ACTIONS)
    assert len(actions.BY_ID) == len(actions.at("incident"))
    assert all(action.label and action.help and not action.help.endswith(".") for action in actions.ACTIONS)


def test_no_action_needs_a_key_that_may_never_arrive() -> None:
    alone = [action.id for action in actions.ACTIONS if {action.key, *action.keys} <= TAKEN]
    assert alone == []


async def test_every_key_acts_where_the_catalogue_says_and_the_footer_offers_it(console: Console) -> None:
    """On the screen itself: each key is bound there, to the action of its row; a widget's own keys are bound by it."""
    console.half_told().apply(acts.action_items.add("Alert on 5xx"))
    async with console.opened() as pilot:
        for where in (where for where in PLACES if where not in OF_A_DRILL):
            await press(pilot, *WAYS[where])
            assert_keys(pilot, where)
            if where not in ("help", "severity", "list", "question"):
                await press(pilot, "f1")
                heading = PLACES["incident" if where == "everywhere" else where].heading
                assert str(pilot.app.screen.query_one("#text").render()).startswith(f"{heading}\n"), where
                await press(pilot, "escape")
            await press(pilot, *["escape"] * len(pilot.app.screen_stack), "escape", "1")  # back to the first pane
            assert not incident_screen(pilot).composing, where
            assert len(pilot.app.screen_stack) == 1, where


def assert_keys(pilot: Pilot[None], where: Where) -> None:
    screen = pilot.app.screen
    if where not in ("everywhere", "field", "picks", "line", "section", "post_mortem_lines"):
        assert isinstance(screen, owner(where)), where
    bound = screen.active_bindings
    for action in actions.at(where):
        for key in (action.key, *action.keys):
            if where in ("field", "line", "section", "timeline_text") or (
                where == "declare" and action.feature == WIDGET
            ):
                continue  # text fields and the focus see to these: test_composer, test_acts and test_declaring
            assert key in bound, (where, key)
            found = bound[key].binding
            if action.feature != WIDGET:
                assert found.id == action.name, (key, found)
    if where in ("everywhere", "severity", "list", "question"):
        return  # the last three are boxes over the screen, whose border says enter and esc
    offered = footer(pilot)
    assert [id for id in offered if id not in {action.id for action in actions.at(where, "everywhere")}] == [], where
    idle = {"entry": {"correct", "time", "kind", "take_back"}, "compose": {"better", "own_words", "dismiss"}}.get(
        where, set()
    )
    assert {action.id for action in actions.footer(where)} - idle <= set(offered), where


def test_the_readme_says_the_same() -> None:
    assert key_tables() in README.read_text("utf-8")


async def test_help_lists_every_action_and_has_a_second_page_of_mistakes_and_manners(console: Console) -> None:
    console.half_told()
    async with console.opened(LARGE) as pilot:
        for way in ("help", "palette", "help, smaller", "palette, smaller"):
            if way == "help, smaller":
                await pilot.resize_terminal(*SMALL)
                await settled(pilot)
            if way.startswith("help"):
                await press(pilot, "question_mark")
                assert isinstance(pilot.app.screen, HelpScreen)
                words = " ".join(str(pilot.app.screen.query_one("#text").render()).split())
                for action in actions.ACTIONS:
                    assert f"{action.key_name} {action.label} {action.help}" in words
                await press(pilot, "escape")
                assert incident_screen(pilot)
                await press(pilot, "question_mark", "m")
            else:
                await press(pilot, "ctrl+p")
                await types(pilot, "mistakes and")
                await settled(pilot)
                await press(pilot, "enter")
            words = str(pilot.app.screen.query_one("#text").render())
            assert words.startswith("Being technical\nDon't   Debug")
            assert "In the war room\nDo      Listen." in words
            assert screen_text(pilot).split("\n")[0].strip() == "Mistakes and manners"
            assert screen_text(pilot).split("\n")[-1].split() == ["m", "Keys", "esc", "Back"]
            await press(pilot, "m")
            assert screen_text(pilot).split("\n")[0].strip() == "Keys"
            await press(pilot, "escape")
            assert incident_screen(pilot)


async def test_the_palette_offers_every_action_of_the_screen_and_finds_and_runs_one(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "ctrl+p")
        offered = {row.id for row in pilot.app.screen.query_one(Choices).rows}
        wanted = {action.name for action in actions.at("incident", "everywhere") if action.id != "palette"}
        assert wanted <= offered
        assert "compose.sent" not in offered
        await press(pilot, "escape", "u", "ctrl+p")
        offered = {row.id for row in pilot.app.screen.query_one(Choices).rows}
        assert {action.name for action in actions.at("compose") if action.feature != WIDGET} <= offered
        await press(pilot, "escape", "escape", "escape", "ctrl+p")
        await types(pilot, "stage")
        await settled(pilot)
        assert choices(pilot)[0].split()[:2] == ["g", "Stage"]
        await press(pilot, "enter")
        await settled(pilot)
        await press(pilot, "home", "down", "down", "down", "enter")
        assert "RESOLUTION" in screen_text(pilot)
        # Quitting by name quits at once.
        await press(pilot, "ctrl+p")
        await types(pilot, "quit")
        await press(pilot, "enter")
        assert pilot.app.return_code == 0


async def test_the_palette_finds_words_of_the_description_after_those_of_the_name(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        await press(pilot, "ctrl+p", "pagedown", "end")
        found = pilot.app.screen.query_one(Choices)
        assert found.cursor == len(found.rows) - 1
        await press(pilot, "pageup", "home")
        assert found.cursor == 0
        await types(pilot, "TITLE")
        assert choices(pilot)[0].split()[1] == "Retitle"
        await press(pilot, "ctrl+u")
        await types(pilot, "false alarm")
        assert choices(pilot)[0].split()[:2] == ["X", "Cancel"]
        await types(pilot, "zzz")
        assert choices(pilot) == []
        assert "No action with these words" in screen_text(pilot)
        await press(pilot, "enter", "ctrl+p")
        assert incident_screen(pilot).session.incident.state == "open"


async def test_the_footer_offers_only_keys_that_act_there(console: Console) -> None:
    console.half_told()
    async with console.opened(SMALL) as pilot:
        assert screen_text(pilot).rstrip().split("\n")[-1].endswith("? Help  1 2 Panes")
        await press(pilot, "l")
        assert "esc Leave, keep the text" in screen_text(pilot)
        await press(pilot, "escape", "u", "escape")
        last = screen_text(pilot).rstrip().split("\n")[-1]
        assert "y Copy" in last
        assert "esc Leave" in last


async def test_quitting_works_from_every_list(console: Console) -> None:
    console.half_told()
    async with console.opened() as pilot:
        await press(pilot, "o")
        console.clock.advance(seconds=1)
        await press(pilot, "Q", "Q")
        assert pilot.app._exit
