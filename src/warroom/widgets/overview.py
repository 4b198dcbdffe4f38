"""The third column of a wide terminal: what applies, who does what, what is known, what was decided."""

from __future__ import annotations

from textual.content import Content

from warroom.actions import key_of
from warroom.model.snapshot import Snapshot
from warroom.terminal.content import safe_line, shortened, wrapped
from warroom.terminal.line_widget import LineWidget

_WIDEST_LABEL = 24
_MOST_ROWS = 3
"""A value takes at most this many rows."""
_MARK = 2


class Overview(LineWidget):
    """Triggers that apply or are not answered, roles, facts and decisions; to look at, so it never has the focus."""

    BORDER_TITLE = "At a glance"

    view: Snapshot | None = None
    _parts: tuple[object, ...] = ()

    def show(self, view: Snapshot) -> None:
        """Show a new snapshot; draws only if something in it has changed, not when only time has passed."""
        parts = (view.incident, view.playbook, view.escalation.triggers)
        if parts != self._parts:
            self._parts, self.view = parts, view
            self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        if self.view is None:
            return []
        lines = self._triggers(width)
        for section in (self._roles(width), self._facts(width)):
            lines += [*([Content("")] if lines else []), *section]
        return [*lines, Content(""), *self._decisions(width, height - len(lines) - 1)][:height]

    def _triggers(self, width: int) -> list[Content]:
        """Return none once the incident is over: escalating is then no question."""
        assert self.view is not None
        if self.view.incident.over():
            return []
        lines = [_heading("Escalate", "escalate")]
        for trigger in sorted(self.view.escalation.triggers, key=lambda trigger: not trigger.applies):
            if trigger.applies is not False:
                mark, style = ("●", "bold $text-warning") if trigger.applies else ("?", "$text-accent")
                text = trigger.text if trigger.applies or not trigger.ask else trigger.ask
                lines += _marked(mark, text, style, width)
                if trigger.applies:
                    lines += _marked(" ", trigger.why, "$text-muted", width)
        return lines if len(lines) > 1 else [*lines, Content.styled("No trigger applies", "$text-muted")]

    def _roles(self, width: int) -> list[Content]:
        assert self.view is not None
        incident = self.view.incident
        held = [(role.name, ", ".join(incident.holders(role.id))) for role in self.view.playbook.roles]
        rows = [(name, holders or "vacant", bool(holders)) for name, holders in held]
        return [_heading("Roles", "roles"), *_table(rows, width)]

    def _facts(self, width: int) -> list[Content]:
        """Return the facts that are known with their values, what was kept ready, and in one sentence the others."""
        assert self.view is not None
        incident, facts = self.view.incident, self.view.playbook.facts
        usual = {fact.id: self.view.playbook.usual(fact.id) for fact in facts}
        known = [(fact.label, incident.fact(fact.id), True) for fact in facts if incident.fact(fact.id)]
        known += [
            (fact.label, usual[fact.id], False) for fact in facts if usual[fact.id] and not incident.fact(fact.id)
        ]
        unknown = ", ".join(fact.label for fact in facts if not (incident.fact(fact.id) or usual[fact.id]))
        lines = [_heading("Facts", "facts"), *_table(known, width)]
        if unknown:
            lines += [safe_line(line, "$text-muted") for line in wrapped(f"Not known: {unknown}", width)]
        return lines

    def _decisions(self, width: int, room: int) -> list[Content]:
        """Return the newest decisions that there is room for, and how many earlier ones there are."""
        assert self.view is not None
        heading, decisions = _heading("Decisions", "decisions"), self.view.decisions
        if not decisions:
            return [heading, Content.styled("None yet", "$text-muted")]
        blocks: list[list[Content]] = []
        for decision in reversed(decisions):
            style = "strike $text-muted" if decision.outcome == "reversed" else ""
            block = _marked(f"{decision.number}.", decision.logged.text, style, width)
            if decision.outcome:
                block += _marked("", decision.outcome, "$text-muted", width)
            if blocks and sum(map(len, blocks)) + len(block) + 2 > room:
                break
            blocks.append(block)
        earlier = len(decisions) - len(blocks)
        more = [Content.styled(f"{earlier} earlier: {key_of('decisions')} shows all", "$text-muted")] if earlier else []
        return [heading, *more, *(line for block in reversed(blocks) for line in block)]


def _heading(text: str, action: str) -> Content:
    return Content.assemble(Content.styled(f"{text} ", "bold"), Content.styled(key_of(action), "bold $text-accent"))


def _marked(mark: str, text: str, style: str, width: int) -> list[Content]:
    """Wrap a text beside its mark."""
    indent = max(len(mark) + 1, _MARK)
    lines = _rows(text, width - indent)
    return [
        Content.assemble(Content.styled((mark if number == 0 else "").ljust(indent), style), safe_line(line, style))
        for number, line in enumerate(lines)
    ]


def _table(rows: list[tuple[str, str, bool]], width: int) -> list[Content]:
    """Return labels in one column and values, wrapped, in the other; a value that is only a word for none is muted."""
    column = min(max((len(label) for label, _, _ in rows), default=0), _WIDEST_LABEL)
    lines = []
    for label, value, known in rows:
        for number, line in enumerate(_rows(value, width - column - 2)):
            left = safe_line(shortened(label, column) if number == 0 else "", "$text-muted")
            pad = " " * (column + 2 - left.cell_length)
            lines.append(Content.assemble(left, pad, safe_line(line, "" if known else "$text-muted")))
    return lines


def _rows(text: str, width: int) -> list[str]:
    """Wrap a text into a few rows; of a longer one, the last row ends with an ellipsis."""
    lines = wrapped(" ".join(text.split()), width)
    if len(lines) <= _MOST_ROWS:
        return lines
    return [*lines[: _MOST_ROWS - 1], shortened(" ".join(lines[_MOST_ROWS - 1 :]), width)]
