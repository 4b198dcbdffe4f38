"""Sending only the cells that changed: a slow line at night gets a hundred bytes a second of clocks, not thousands."""

from __future__ import annotations

import re

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor

# A style set again after nothing but a move: the digits of several clocks mostly look the same.
_SAME_STYLE = re.compile(r"(?P<style>\x1b\[[\d;]+m)(?P<cells>[^\x1b]*)\x1b\[0m(?P<move>\x1b\[\d+;\d+H)(?P=style)")


class _Cells(ChopsUpdate):
    """Textual sends a changed span from the left edge of its widget on; this leaves out what stands left of it."""

    def render_segments(self, console: Console) -> str:
        sequences = []
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is None or x >= last or end <= first:
                    continue
                start = max(x, first)
                sequences.append(Control.move_to(start, y).segment.text)
                sequences.append(strip.crop(start - x, min(end, last) - x).render(console))
        return _SAME_STYLE.sub(r"\g<style>\g<cells>\g<move>", "".join(sequences))


class CellCompositor(Compositor):
    """Textual's compositor with such updates; a screen uses it by setting `_compositor` before anything is drawn."""

    def render_partial_update(self) -> ChopsUpdate | None:
        update = super().render_partial_update()
        return update and _Cells(update.chops, update.spans, update.chop_ends)
