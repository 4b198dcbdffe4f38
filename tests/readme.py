"""The README's generated tables; `python -m tests.readme` updates them."""

from __future__ import annotations

import re
from pathlib import Path

from warroom.actions import PLACES, Action, Where, at
from warroom.cli import names, short_help

README = Path(__file__).parents[1] / "README.md"


def key_tables() -> str:
    """Return the tables of all keys in the catalogue, one for each place."""
    return "\n\n".join(f"**{place.heading}**\n\n{_key_table(where)}" for where, place in PLACES.items())


def _key_table(where: Where) -> str:
    return _table(("Key", "", "What it does"), [(_keys(action), action.label, action.help) for action in at(where)])


def _keys(action: Action) -> str:
    return " ".join(f"`{key}`" for key in (action.key_name, *action.keys))


def command_table() -> str:
    """Return the table of all commands, each with its short help."""
    rows = [(f"`warroom {name}`", short_help(name)) for name in names()]
    return _table(("Command", "What it does"), [("`warroom`", "Open the console."), *rows])


def _table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [heads, ("---",) * len(heads), *(tuple(cell.replace("|", r"\|") for cell in row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


GENERATED = {"keys": key_tables, "commands": command_table}
"""The functions for the text between `<!-- NAME: begin -->` and `<!-- NAME: end -->`, by NAME."""


def with_fresh_tables(text: str) -> str:
    """The README with its generated parts as they should be. Raises ValueError for a part without its two markers."""
    for name, make in GENERATED.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        before, found, rest = text.partition(begin)
        _, closed, after = rest.partition(end)
        if not found or not closed:
            raise ValueError(f"README.md needs {begin.strip()} and {end}, each on a line of its own")
        text = f"{before}{begin}\n{make()}\n\n{end}{after}"
    return text


def after_marker(marker: str, text: str) -> str:
    """What follows `<!-- MARKER -->`, up to the next empty line after it. Raises ValueError if it isn't there once."""
    parts = text.split(f"<!-- {marker} -->\n")
    if len(parts) != 2:
        raise ValueError(f"README.md needs <!-- {marker} --> once")
    return parts[1].lstrip("\n").partition("\n\n")[0]


def code_blocks(language: str, text: str) -> list[str]:
    """The contents of all code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


if __name__ == "__main__":
    README.write_text(with_fresh_tables(README.read_text("utf-8")), "utf-8")
