"""The base of the console's own widgets: they give lines, and only the cells that changed go to the terminal."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content, Span
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from warroom.terminal.capabilities import available
from warroom.terminal.content import fit

_SCREENFULS = 4
"""So many screenfuls of rendered lines are kept."""
_EMPTY = Content("")


class LineWidget(Widget):
    """A widget that is a list of lines, made anew by `draw` and compared with what is on the screen.

    A line that `draw` gives again as the same object costs nothing.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Content] = []
        self._title = ""
        self._drawn_size = (0, 0)
        self._strips: dict[tuple[str, tuple[Span, ...]], Strip] = {}
        """Rendered lines by what is in them, so that one that only moved is not rendered again."""

    def set_title(self, title: str) -> None:
        """Put a title on the border, and draw no more than that again."""
        if title == self._title:
            return
        self._title = title
        if not available("quiet_titles"):
            self.border_title = Content(title)
            return
        # Setting `border_title` would draw and send all of the widget: 2.5 ms and 1,800 bytes a tick.
        self._border_title = Content(title)
        left, top = self.content_offset
        self.refresh(Region(-left, -top, self.outer_size.width, 1))

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines of the widget as it should look now, at most `height` of them."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw anew, and send to the terminal the cells that changed; cheap where nothing did."""
        size = (self.size.width, self.size.height)
        if not self.is_mounted or not all(size):
            return
        before, self._lines = self._lines, self._fitted_lines(*size)
        if size != self._drawn_size or self.text_selection is not None:
            self._drawn_size = size
            self._strips.clear()
            self.refresh()
            return
        regions = []
        for y in range(size[1]):
            old = before[y] if y < len(before) else _EMPTY
            new = self._lines[y] if y < len(self._lines) else _EMPTY
            if old is not new and not old.is_same(new):
                regions.append(_difference(old, new, y, size[0]))
        if regions:
            self.refresh(*regions)

    def _fitted_lines(self, width: int, height: int) -> list[Content]:
        return [fit(line, width) for line in self.draw(width, height)[:height]]

    def render_line(self, y: int) -> Strip:
        size = (self.size.width, self.size.height)
        if size != self._drawn_size:
            self._lines, self._drawn_size = self._fitted_lines(*size), size
            self._strips.clear()
        line = self._lines[y] if y < len(self._lines) else _EMPTY
        key = (line.plain, tuple(line.spans))
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _SCREENFULS * size[1]:
                self._strips.clear()
            base = self.visual_style
            # As `Visual.to_strips` would, less what a line that fits needs not: wrapping, alignment, links.
            rendered = line.render(base, "")
            strip = Strip([Segment(text, style.rich_style) for text, style in rendered], line.cell_length)
            self._strips[key] = strip = strip.adjust_cell_length(size[0], base.rich_style)
        return strip

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()
        self._drawn_size = (0, 0)

    def on_resize(self, event: events.Resize) -> None:
        self.redraw()

    def on_focus(self) -> None:
        self.redraw()

    def on_blur(self) -> None:
        self.redraw()


def _difference(old: Content, new: Content, y: int, width: int) -> Region:
    """The cells of a line that differ, as a region; all of it where styles are what changed."""
    if [(span.style) for span in old.spans] != [(span.style) for span in new.spans]:
        return Region(0, y, width, 1)
    before, after = old.plain, new.plain
    same = min(len(before), len(after))
    first = next((i for i in range(same) if before[i] != after[i]), same)
    last_before, last_after = len(before), len(after)
    if cell_len(before) == cell_len(after):
        while last_before > first and last_after > first and before[last_before - 1] == after[last_after - 1]:
            last_before -= 1
            last_after -= 1
        end = max(cell_len(before[:last_before]), cell_len(after[:last_after]))
    else:
        end = width
    start = cell_len(after[:first])
    return Region(start, y, max(end - start, 1), 1)
