"""Bars and small charts in characters, for terminals with and without block characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

_PLAIN_TERMS = ("linux", "vt", "ansi", "dumb", "xterm-mono")
"""How the names begin of terminals whose fonts hardly have block characters, such as the Linux console."""


class Charts(msgspec.Struct, frozen=True):
    """What charts are drawn with: `full` is a cell of a bar, `levels` are the heights of a value, the lowest for 0."""

    full: str
    levels: str

    def bar(self, value: float, most: float, room: int) -> str:
        """A bar in proportion, `room` cells at most; whatever is more than nothing can be seen."""
        return self.full * max(round(room * value / most), 1) if value > 0 and most > 0 else ""

    def line(self, values: Sequence[float]) -> str:
        """A cell for each value, as high as it is in proportion to the highest; only 0 has the lowest."""
        most, steps = max(values, default=0), len(self.levels) - 1
        return "".join(self.levels[max(round(steps * value / most), 1) if value > 0 else 0] for value in values)


BLOCKS = Charts("█", "▁▂▃▄▅▆▇█")
PLAIN = Charts("#", "0123456789")
"""With digits for heights: 9 is the highest."""


def charts(env: Mapping[str, str]) -> Charts:
    """What to draw charts with on the terminal of this environment."""
    locale = next((env[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if env.get(name)), "")
    other = bool(locale) and "utf" not in locale.lower().replace("-", "")
    return PLAIN if other or env.get("TERM", "").startswith(_PLAIN_TERMS) else BLOCKS
