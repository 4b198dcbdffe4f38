"""The console opens and works whatever mistake is in a company's own files."""

from __future__ import annotations

import pytest

from tests import company
from tests.company import Spoil
from tests.console import Console, choices, failed, message_shown, notice, press, screen_text, settled

PARTS: dict[str, dict[str, tuple[Spoil, str]]] = {
    "playbook.toml": company.BROKEN_PLAYBOOK,
    "wording.toml": company.BROKEN_WORDING,
    "templates/update.j2": company.BROKEN_MESSAGE,
    "templates/partner.j2": company.BROKEN_MESSAGE,
    "templates/documents/handoff.txt.j2": company.BROKEN_DOCUMENT,
}


@pytest.mark.parametrize("mistake", [*company.UNREADABLE, "everything"])
async def test_the_console_opens_and_works_with_every_own_file_broken(console: Console, mistake: str) -> None:
    (console.config / "templates" / "documents").mkdir(parents=True)
    for name, mistakes in PARTS.items():
        spoil, _ = mistakes.get(mistake) or next(reversed(mistakes.values()))
        spoil(console.config / name)
    console.half_told()
    async with console.opened() as pilot:
        assert "Checkout errors affecting users" in screen_text(pilot)
        assert "⚠ playbook.toml:" in screen_text(pilot)
        assert "4 more: warroom check" in screen_text(pilot)
        await press(pilot, "m")
        assert any(row.startswith("partner: broken") for row in choices(pilot))
        await press(pilot, "end", "enter")
        assert failed(pilot)
        assert "partner.j2" in notice(pilot)
        await press(pilot, "u")
        assert "Current status: Engineering is rolling back" in message_shown(pilot)
        await press(pilot, "escape", "escape", "H")
        assert "Hand-over of your role" in screen_text(pilot)
    assert {problem.file for problem in console.workspace.problems} == {str(console.config / name) for name in PARTS}
    assert list(console.workspace.broken_kinds) == ["partner"]


async def test_an_own_playbook_is_followed_while_the_console_is_open(console: Console) -> None:
    console.config.mkdir()
    own = console.config / "playbook.toml"
    console.half_told()
    async with console.opened() as pilot:
        for title, text in (
            ("Look and ask", company.PLAYBOOK.replace('title = "Assess"', 'title = "Look and ask"', 1)),
            ("Look and ask", "a mistake"),
            ("Assess", None),
        ):
            own.unlink(missing_ok=True) if text is None else own.write_text(text, "utf-8")
            pilot.app.reload_own_files()  # type: ignore[attr-defined]
            await settled(pilot)
            assert title in screen_text(pilot)
            assert ("warroom check" in screen_text(pilot)) is (text == "a mistake")
        await press(pilot, "space")
        assert "Assess" in screen_text(pilot)
