"""The list of incidents on the start screen, in columns: what is due next in each, and how late it is."""

from __future__ import annotations

from textual.content import Content

from warroom.terminal.content import fit, safe_line
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.clocks import STYLE
from warroom.widgets.headline import SEVERITY_STYLE

_GAP = "  "
_WANTED = {"right": 32, "state": 16, "": 12}
"""The cells that titles should have, by the column that is at the end: the date is left out first."""
_LABEL = 24


class IncidentRow(Choice, frozen=True):
    """One incident; `due` and `countdown` are its most urgent clock, `urgency` that clock's state."""

    severity: int = 4
    tag: str = ""
    title: str = ""
    state: str = ""
    due: str = ""
    countdown: str = ""
    urgency: str = "ok"


class IncidentRows(Choices):
    """Reference, severity, title, what is due next, in how long, and how the incident stands."""

    def line(self, row: Choice, width: int, *, at_cursor: bool) -> Content:
        if not isinstance(row, IncidentRow):
            return super().line(row, width, at_cursor=at_cursor)
        rows = [row for row in self.rows if isinstance(row, IncidentRow)]
        label = min(max(Content(row.due).cell_length for row in rows), _LABEL)
        count = max(len(row.countdown) for row in rows)
        tag = max(len(row.tag) for row in rows)
        front = 2 + len(row.id) + len(_GAP) + tag + len(_GAP)
        due = len(_GAP) + label + len(_GAP) + count if count else 0
        longest = max(Content(row.title).cell_length for row in rows)
        for right, wanted in _WANTED.items():
            end = max(len(getattr(row, right)) for row in rows) + len(_GAP) if right else 0
            over = front + min(longest, wanted) + due + end - width
            if over <= 0:
                break
        label -= max(over, 0)
        title = max(width - front - end - (len(_GAP) + label + len(_GAP) + count if count else 0), 1)
        style = STYLE[row.urgency]
        parts = [
            Content("▸ " if at_cursor else "  "),
            Content(row.id + _GAP),
            Content.assemble(Content.styled(row.tag, SEVERITY_STYLE.get(row.severity, "")), " " * (tag - len(row.tag))),
            Content(_GAP),
            _cell(safe_line(row.title), title),
        ]
        if count:
            parts += [Content(_GAP), _cell(safe_line(row.due, style), max(label, 1)), Content(_GAP)]
            parts += [Content(" " * (count - len(row.countdown))), Content.styled(row.countdown, style)]
            if not right and not row.countdown:  # how it stands is worth more than an empty cell
                room = label + len(_GAP) + count
                parts[-4:] = [_cell(safe_line(row.state, "$text-muted"), room)]
        if right:
            parts += [Content(_GAP), safe_line(getattr(row, right), "$text-muted")]
        return fit(Content("").join(parts), width)


def _cell(text: Content, width: int) -> Content:
    """Cut or fill a text to a width in cells."""
    text = fit(text, width)
    return Content.assemble(text, " " * max(width - text.cell_length, 0))
