"""How wide the columns of a table may be where there is not enough room for all of it."""

from __future__ import annotations

from collections.abc import Sequence

from warroom.text.width import width as cells

_GAP = "  "


class Columns:
    """Headings of columns; of each `least` cells are kept (0: all), and those at the `dropped` places go first.

    Those at the `strong` places are what people look for.
    """

    def __init__(
        self, heads: Sequence[str], least: Sequence[int], dropped: Sequence[int], strong: Sequence[int] = ()
    ) -> None:
        self.heads, self.least, self.dropped, self.strong = heads, least, dropped, strong

    def fitted(self, rows: Sequence[Sequence[str]], room: int) -> list[int]:
        """The cells of each column where there is so much room; 0 for those left out, or empty in all rows."""
        widest = [max((cells(row[at]) for row in rows), default=0) for at in range(len(self.heads))]
        widths = [max(wide, len(head)) if wide else 0 for wide, head in zip(widest, self.heads, strict=True)]
        for left_out in (None, *self.dropped):
            if left_out is not None:
                widths[left_out] = 0
            over = self._over(widths, room)
            while over > 0:
                spare = [
                    (wide - least, at) for at, (wide, least) in enumerate(zip(widths, self.least, strict=True)) if least
                ]
                most, at = max(spare)
                if most <= 0:
                    break
                widths[at] -= min(most, max(over // 2, 1))
                over = self._over(widths, room)
            if over <= 0:
                break
        return widths

    def _over(self, widths: list[int], room: int) -> int:
        return sum(wide + len(_GAP) for wide in widths if wide) - len(_GAP) - room
