"""The screen for declaring an incident: what is broken, who is affected, and when the user learned of it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input, Static

from warroom.actions import Where, footer
from warroom.model import acts, times
from warroom.model.drills import DRILL
from warroom.model.entries import Draft
from warroom.model.getting_ready import STANDING
from warroom.model.incident import Refused
from warroom.model.similar import known_risks
from warroom.screens.keys import bindings
from warroom.screens.page import Page
from warroom.store.errors import Busy, StoreError
from warroom.terminal.content import safe_line, shortened
from warroom.widgets.choices import Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.severity_panel import SeverityPanel, basis_of, matrix_rows, severity_of
from warroom.widgets.text_input import NEWLINE, TextInput
from warroom.workspace import Workspace

_RETRY_S = 0.05
_STANDS_STILL_S = 0.3
_SIMILAR = 2
"""The most similar incidents that are shown."""
_WIDEST = 112
_UNTOLD_MS = 300
"""A declaration that waits for less than this is not told."""


class DeclareScreen(Screen[None]):
    """Asks for the title and who is affected, and offers the other fields; then opens the new incident."""

    CSS_PATH = "declare.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-lowest"), (23, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("declare")
    PLACES: ClassVar[tuple[Where, ...]] = ("declare",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.page = Page(self, workspace)  # type: ignore[arg-type]
        self._saved: dict[str, str] | None = None
        """The fields as they were saved last; None if they could not be read yet, and so must not be replaced."""
        self._look_later: Timer | None = None
        self._waiting: tuple[Draft, dict[str, str]] | None = None
        """The declaration that a lock is in the way of, with the fields it was made of."""
        self._waits_since = 0
        """Since when (ms UTC, on people's watches)."""

    def compose(self) -> ComposeResult:
        playbook = self._workspace.playbook
        rows = matrix_rows(playbook)
        yield Static(id="heading")  # above what is scrolled: that it is a drill stays in view
        with Vertical(id="page"):
            yield self._field("title", "What is broken", "what users see; for example: Checkout errors")
            yield Static(Content(""), id="similar")
            yield Static(Content("Who is affected?"), classes="section")
            choices = Choices(rows, id="affected")
            choices.styles.height = len(rows)
            choices.cursor = -1
            yield choices
            yield self._field("learned", "Learned of it", "now; or 03:17, -10m")
            yield self._field("began", "It began", "when you learned of it; or 03:02, -25m")
            yield self._field("detected", "Detected by", "an alert, a user, monitoring (optional)")
            yield SeverityPanel(playbook, "enter in the list, or ctrl+g, declares it")
            yield self._field("drill", "Drill", "no, it is real; type drill if you only practise")
        yield Notice()
        yield KeyBar()

    def _field(self, id: str, label: str, placeholder: str) -> Horizontal:
        field = TextInput(placeholder=placeholder, id=id)
        return Horizontal(Static(Content(label), classes="label"), field, id=f"{id}-row", classes="row")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("declare"))
        self.query_one("#drill-row").display = self._workspace.drill is None  # else it is one anyway
        self._show_drill()
        self._restore()
        self.query_one("#title", TextInput).focus()
        self.set_interval(1.0, self.save_drafts)
        self.set_interval(_RETRY_S, self.try_again)

    def _restore(self) -> None:
        """Fill in what was typed before, except where something was typed since."""
        try:
            saved = self._workspace.remembered("words:declare", dict[str, str]) or {}
        except StoreError:
            return  # the next second tries again
        for field in self.query(TextInput):
            field.value = field.value or saved.get(field.id or "", "")
        self._saved = {name: text for name, text in saved.items() if text}

    def _typed(self) -> dict[str, str]:
        return {field.id or "": field.text for field in self.query(TextInput) if field.value}

    def save_drafts(self) -> None:
        """Save what was typed, so that it is back after a crash."""
        if self._saved is None:
            self._restore()
        typed = self._typed()
        if self._saved is not None and typed != self._saved:
            self._saved = typed
            self.page.remember("words:declare", typed or None)
        if self._waiting is None:
            self.page.save_again()

    def unsaved_words(self) -> list[str]:
        """What was typed while the saved fields could not be read."""
        return [] if self._saved is not None else list(self._typed().values())

    def _show_error(self, reason: str) -> None:
        self.page.say(reason, failed=True)

    @property
    def _is_drill(self) -> bool:
        return self._workspace.drill is not None or self._text("drill").casefold() == DRILL.casefold()

    @on(Input.Changed, "#drill")
    def _show_drill(self) -> None:
        """Say on top whether it is a drill."""
        heading = Content.styled("Declare an incident", "bold")
        if self._is_drill:
            heading = Content.assemble(
                Content.styled(f" {DRILL} ", "bold $text-error reverse"),
                Content.styled(" Declare a drill: everything about it says so", "bold $text-error"),
            )
        self.query_one("#heading", Static).update(heading)
        self.set_class(self._is_drill, "-drill")
        if self.focused is not None:
            self.call_after_refresh(self.focused.scroll_visible)  # on a small terminal the heading takes a row

    @on(Input.Changed, "#title")
    def _title_changed(self) -> None:
        """Look for similar incidents once the title has stood still for a moment; without a title, all begins anew."""
        if not self._text("title"):
            self.query_one("#drill", TextInput).value = ""
        if self._look_later is not None:
            self._look_later.stop()
        self._look_later = self.set_timer(_STANDS_STILL_S, self.show_similar)

    def show_similar(self) -> None:
        """Show the risks that the title names and that were known before, and the earlier incidents that resemble it.

        Of these with why, and what resolved them.
        """
        line = self.query_one("#similar", Static)
        title = self._text("title")
        try:
            found = self._workspace.similar(title, most=_SIMILAR) if title else []
        except StoreError:
            found = []  # no file yet, or it can't be read at present: declaring it goes first
        standing = self._workspace.playbook.standing
        risks = known_risks(standing.risks, title)[: _SIMILAR if self.has_class("-high") else 1]
        line.display = bool(found or risks)
        room, tz, lines = max(min(self.size.width, _WIDEST) - 6, 20), self._workspace.tz, []
        for risk in risks:
            told = standing.marked(f"{STANDING}:risks", risk)
            lines.append(safe_line(shortened(f"Known risk: {told}", room), "$text-warning"))
        for one in found[: _SIMILAR if self.has_class("-high") else 1]:
            lines.append(safe_line(shortened(f"Similar: {one.id[:4]} {one.title} – {one.similar.why}", room)))
            lines.append(safe_line(shortened(f"         {one.in_words(tz)}", room), "$text-muted"))
        line.update(Content("\n").join(lines))

    @on(Input.Submitted)
    def _go_to_next(self, event: Input.Submitted) -> None:
        if event.input.id in ("title", "detected"):
            self.query_one("#affected").focus()
        elif event.input.id == "drill":  # the last field
            self.action_declare()
        else:
            self.focus_next()

    @on(Choices.Chosen)
    def _choose(self, event: Choices.Chosen) -> None:
        """Set the severity by a row; enter on the row that is chosen already declares."""
        if event.choice.id == event.choices.marked and not event.by_key:
            self.action_declare()
            return
        event.choices.marked = event.choice.id
        event.choices.redraw()
        playbook, id = self._workspace.playbook, event.choice.id
        self.query_one(SeverityPanel).set(severity_of(playbook, id), basis_of(playbook, id))
        self.page.say("")  # what was asked for is there

    @on(Choices.NothingChosen)
    @on(SeverityPanel.Confirmed)
    def _confirmed(self) -> None:
        self.action_declare()

    def action_raise_severity(self) -> None:
        self.query_one(SeverityPanel).move(-1)

    def action_lower_severity(self) -> None:
        self.query_one(SeverityPanel).move(1)

    def _text(self, id: str) -> str:
        return self.query_one(f"#{id}", TextInput).text.replace(NEWLINE, " ").strip()

    def action_declare(self) -> None:
        panel, now, tz = self.query_one(SeverityPanel), self._workspace.now(), self._workspace.tz
        if panel.severity is None:
            self._show_error("Who is affected? Choose a row by its number or with ↑ ↓; the severity follows from it.")
            self.query_one("#affected" if self._text("title") else "#title").focus()
            return
        at: dict[str, int | None] = {}
        for id in ("learned", "began"):
            try:
                at[id] = times.parse_past(self._text(id), now, tz) if self._text(id) else None
            except times.TimeError as error:
                self._show_error(str(error))
                self.query_one(f"#{id}").focus()
                return
        if self._text("drill") and not self._is_drill:
            self._show_error("Type drill if you only practise; leave that field empty if it is real.")
            self.query_one("#drill").focus()
            return
        draft = acts.lifecycle.declare(
            self._text("title"),
            panel.severity.level,
            now=now,
            began=at["began"],
            learned=at["learned"],
            detected_by=self._text("detected"),
            basis=panel.basis,
            drill=self._is_drill,
        )
        self._waiting, self._waits_since = (draft, self._typed()), self._workspace.real_now()
        self.try_again()

    def try_again(self) -> None:
        """Declare the incident, if a lock was in the way, unless the fields were changed since."""
        if self._waiting is None:
            return
        draft, typed = self._waiting
        if typed != self._typed() or not self.is_attached:
            self._waiting = None
            self._show_error("Not declared, because you went on typing: press ctrl+g when it is complete.")
            return
        try:
            session = self._workspace.declare(draft)
        except Busy:
            if self._workspace.real_now() - self._waits_since >= _UNTOLD_MS:
                self._show_error("Not declared yet: another process has the file locked. Trying again; esc stops that.")
            return
        except (Refused, StoreError) as error:
            self._waiting = None
            self._show_error(str(error))
            if not self._text("title"):
                self.query_one("#title").focus()
            return
        self._waiting = None
        for field in self.query(TextInput):
            field.value = ""
        self.save_drafts()
        self.page.console.show_session(session)

    def action_back(self) -> None:
        if self._waiting is not None:
            self._waiting = None
            self._show_error("Not declared. Press ctrl+g to declare it, or esc again to leave.")
            return
        self.save_drafts()
        self.dismiss()
