"""The base of the console's own widgets: they give lines, and only the cells that changed go to the terminal."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content, Span
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from warroom.text.cleaning import clean, clean_line


def words(text: str, style: str = "") -> Content:
    """User text as one line of content: never markup, never a control sequence; see `cleaning`."""
    return Content.styled(clean_line(text), style) if style else Content(clean_line(text))


def fit(line: Content, width: int) -> Content:
    """A line no wider than the room there is, its end marked where it is cut."""
    return line if line.cell_length <= width else line.truncate(max(width, 1), ellipsis=True)


def spread(left: Content, right: Content, width: int) -> Content:
    """Left and right on one line; where there is no room for both the left one is cut."""
    room = width - right.cell_length
    if room < 8:
        return fit(left, width)
    left = fit(left, room - 1)
    return Content.assemble(left, " " * (room - left.cell_length), right)


def selected(line: Content, width: int) -> Content:
    """The line under the cursor, in one piece: colours turned inside out would be a patchwork."""
    return Content.styled(line.plain + " " * max(width - line.cell_length, 0), "reverse")


def wrapped(text: str, width: int) -> list[str]:
    """User text wrapped to a width, by words where it can."""
    lines: list[str] = []
    for paragraph in clean(text).expandtabs(4).split("\n"):
        lines.extend(line.plain for line in Content(paragraph).wrap(max(width, 2)) or [Content("")])
    return lines


_SCREENFULS = 4
"""So many screenfuls of rendered lines are kept."""


class LineWidget(Widget):
    """A widget that is a list of lines, made anew by `draw` and compared with what is on the screen."""

    DEFAULT_CSS = "Drawn { height: auto; }"

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: list[Content] = []
        self._entitled = ""
        self._drawn_size = (0, 0)
        self._strips: dict[tuple[str, tuple[Span, ...]], Strip] = {}
        """Rendered lines by what is in them, so that one that only moved is not rendered again."""

    def entitle(self, title: str) -> None:
        """Put a title on the border; `border_title` itself would send all of the widget again with it."""
        if title != self._entitled:
            self._entitled = title
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
        before, self._lines = self._lines, self._made(*size)
        if size != self._drawn_size or self.text_selection is not None:
            self._drawn_size = size
            self._strips.clear()
            self.refresh()
            return
        regions = []
        for y in range(size[1]):
            old = before[y] if y < len(before) else Content("")
            new = self._lines[y] if y < len(self._lines) else Content("")
            if not old.is_same(new):
                regions.append(_difference(old, new, y, size[0]))
        if regions:
            self.refresh(*regions)

    def _made(self, width: int, height: int) -> list[Content]:
        return [fit(line, width) for line in self.draw(width, height)[:height]]

    def render_line(self, y: int) -> Strip:
        size = (self.size.width, self.size.height)
        if size != self._drawn_size:
            self._lines, self._drawn_size = self._made(*size), size
            self._strips.clear()
        self._dirty_regions.clear()
        line = self._lines[y] if y < len(self._lines) else Content("")
        key = (line.plain, tuple(line.spans))
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _SCREENFULS * size[1]:
                self._strips.clear()
            base = self.visual_style
            # As `Visual.to_strips` would, less what a line that fits needs not: wrapping, alignment, links.
            rendered = line.render(base, "", parse_style=self._get_style)
            strip = Strip([Segment(text, style.rich_style) for text, style in rendered], line.cell_length)
            self._strips[key] = strip = strip.adjust_cell_length(size[0], base.rich_style)
        return strip

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        # What is drawn never scrolls: a new size of it is no reason to lay the whole screen out a second time.
        return super()._size_updated(size, virtual_size, container_size, layout=False)

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
