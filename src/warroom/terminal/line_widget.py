"""The base class of the console's widgets, which are lists of lines; only changed cells are sent to the terminal."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content, Span
from textual.geometry import Region, Size, Spacing
from textual.strip import Strip
from textual.widget import Widget

from warroom.terminal.capabilities import available
from warroom.terminal.content import fit

_SCREENFULS = 4
"""How many screenfuls of rendered lines are cached."""
_MOST_SPANS = 8
"""If more lines change than this, as in scrolling, they are drawn whole: finding the differences would take longer."""
_EMPTY = Content("")


_Key = tuple[str, tuple[Span, ...]]


class LineWidget(Widget):
    """A widget that is a list of lines; `draw` makes them again, and they are compared with those on the screen.

    A line costs nothing if `draw` returns the same object again.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Content] = []
        self._title = ""
        self._drawn_size = (0, 0)
        self._strips: dict[_Key, Strip] = {}
        """Rendered lines by content, so that a line that only moved is not rendered again."""
        self._sides = (Strip([]), Strip([]))
        self._style_checked = False
        self._look: tuple[object, ...] = ()
        self._framed: dict[_Key, Strip] = {}
        """The same lines with border and padding at both sides."""

    def set_title(self, title: str) -> None:
        """Set the border's title, and draw only the border's top line again."""
        if title == self._title:
            return
        self._title = title
        if not available("quiet_titles"):
            self.border_title = Content(title)
            return
        # Setting `border_title` would draw and send the whole widget.
        self._border_title = Content(title)
        left, top = self.content_offset
        self.refresh(Region(-left, -top, self.outer_size.width, 1))

    def draw(self, width: int, height: int) -> list[Content]:
        """Return the lines that the widget should show now, at most `height` of them."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw again, and send the changed cells to the terminal; cheap if nothing has changed."""
        size = self.size  # looked up once: Textual searches its map of the screen each time
        if not self.is_mounted or not all(size):
            return
        before, grown = self._lines, size != self._drawn_size
        self._draw_lines(size)
        if grown or self.text_selection is not None:
            self.refresh()
            return
        changed = []
        for y in range(size[1]):
            old = before[y] if y < len(before) else _EMPTY
            new = self._lines[y] if y < len(self._lines) else _EMPTY
            if old is not new and not old.is_same(new):
                changed.append((y, old, new))
        if len(changed) > _MOST_SPANS:
            first, last = changed[0][0], changed[-1][0]
            self.refresh(Region(0, first, size[0], last - first + 1))
        elif changed:
            self.refresh(*(_difference(old, new, y, size[0]) for y, old, new in changed))

    def _fitted_lines(self, width: int, height: int) -> list[Content]:
        return [fit(line, width) for line in self.draw(width, height)[:height]]

    def render_line(self, y: int) -> Strip:
        self._keep_to_style()
        self._keep_to_size()
        return self._rendered(self._line_at(y))

    def _rendered(self, line: Content) -> Strip:
        key = (line.plain, tuple(line.spans))
        strip = self._strips.get(key)
        if strip is None:
            width, height = self._drawn_size
            if len(self._strips) > _SCREENFULS * height:
                self._strips.clear()
            base = self.visual_style
            # Like `Visual.to_strips`, but without wrapping, alignment and links, which these lines don't need.
            rendered = line.render(base, "")
            strip = Strip([Segment(text, style.rich_style) for text, style in rendered], line.cell_length)
            self._strips[key] = strip = strip.adjust_cell_length(width, base.rich_style)
        return strip

    def render_lines(self, crop: Region) -> list[Strip]:
        self._keep_to_style()
        self._keep_to_size()
        # A framed line is its content between the same sides as any other line: ten times faster than Textual's way.
        frame = self.gutter, self.outer_size
        return [self._framed_line(y, *frame).crop(crop.x, crop.right) for y in crop.line_range]

    def _framed_line(self, y: int, gutter: Spacing, outer: Size) -> Strip:
        top, right, bottom, left = gutter
        width, height = outer
        if not top <= y < height - bottom:
            return super().render_lines(Region(0, y, width, 1))[0]
        line = self._line_at(y - top)
        key = (line.plain, tuple(line.spans))
        row = self._framed.get(key)
        if row is None:
            if len(self._framed) > _SCREENFULS * height:
                self._framed.clear()
            if not self._framed:
                row = super().render_lines(Region(0, y, width, 1))[0]
                self._sides = row.crop(0, left), row.crop(width - right, width)
            else:
                content = self._rendered(line)
                for filter in self.get_line_filters():
                    content = content.apply_filter(filter, self.background_colors[1])
                row = Strip.join([self._sides[0], content, self._sides[1]])
            self._framed[key] = row
        return row

    def _keep_to_size(self) -> None:
        """Draw the lines anew if the widget has another size by now."""
        size = self.size
        if size != self._drawn_size:
            self._draw_lines(size)

    def _line_at(self, y: int) -> Content:
        return self._lines[y] if 0 <= y < len(self._lines) else _EMPTY

    def _draw_lines(self, size: tuple[int, int]) -> None:
        if size[0] != self._drawn_size[0]:
            self._strips.clear()
            self._framed.clear()
        self._lines, self._drawn_size = self._fitted_lines(*size), size

    def _keep_to_style(self) -> None:
        """Clear the rendered lines if the style has changed; a recomputed style is mostly the same."""
        if not self._style_checked:
            self._style_checked = True
            look = (self.app.theme, self.visual_style, self.background_colors)
            if look != self._look:
                self._look = look
                self._strips.clear()
            self._framed.clear()  # the border may have changed

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._style_checked = False

    def on_resize(self, event: events.Resize) -> None:
        self.redraw()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.redraw()


def _difference(old: Content, new: Content, y: int, width: int) -> Region:
    """Return the region of a line's cells that differ; the whole line if its styles differ."""
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
