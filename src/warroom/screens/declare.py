"""The screen for declaring an incident: what is broken, who is affected, and when the user learned of it."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from warroom.actions import Where, footer
from warroom.model import acts, times
from warroom.model.incident import Refused
from warroom.screens.keys import bindings
from warroom.screens.page import Page
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import NEWLINE, Notice, TextInput
from warroom.widgets.severity_panel import SeverityPanel, matrix_rows, severity_of
from warroom.workspace import Workspace


class DeclareScreen(Screen[None]):
    """Asks for the title and who is affected, and offers the other fields; then opens the new incident."""

    CSS_PATH = "declare.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("declare")
    PLACES: ClassVar[tuple[Where, ...]] = ("declare",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.page = Page(self, workspace)  # type: ignore[arg-type]
        self._saved: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        playbook = self._workspace.playbook
        rows = matrix_rows(playbook)
        with Vertical(id="page"):
            yield Static(Content.styled("Declare an incident", "bold"), id="heading")
            yield self._field("title", "What is broken", "what users see; for example: Checkout errors")
            yield Static(Content("Who is affected?"), classes="section")
            choices = Choices(rows, id="affected")
            choices.styles.height = len(rows)
            choices.cursor = -1
            yield choices
            yield self._field("learned", "Learned of it", "now; or 03:17, -10m")
            yield self._field("began", "It began", "when you learned of it; or 03:02, -25m")
            yield self._field("detected", "Detected by", "an alert, a user, monitoring (optional)")
            yield SeverityPanel(playbook, "enter in the list, or ctrl+g, declares it")
        yield Notice()
        yield KeyBar()

    def _field(self, id: str, label: str, placeholder: str) -> Horizontal:
        return Horizontal(
            Static(Content(label), classes="label"), TextInput(placeholder=placeholder, id=id), classes="row"
        )

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("declare"))
        saved = self.page.remembered("words:declare", dict[str, str]) or {}
        for field in self.query(TextInput):
            field.value = saved.get(field.id or "", "")
        self._saved = {name: text for name, text in saved.items() if text}
        self.query_one("#title", TextInput).focus()
        self.set_interval(1.0, self.save_drafts)

    def save_drafts(self) -> None:
        """Save what was typed, so that it is back after a crash."""
        typed = {field.id or "": field.text for field in self.query(TextInput) if field.value}
        if typed != self._saved and self.page.remember("words:declare", typed or None):
            self._saved = typed

    def _show_error(self, reason: str) -> None:
        self.page.say(reason, failed=True)

    @on(Input.Submitted)
    def _go_to_next(self, event: Input.Submitted) -> None:
        if event.input.id in ("title", "detected"):
            self.query_one("#affected").focus()
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
        self.query_one(SeverityPanel).set(severity_of(self._workspace.playbook, event.choice.id))

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
        draft = acts.lifecycle.declare(
            self._text("title"),
            panel.severity.level,
            now=now,
            began=at["began"],
            learned=at["learned"],
            detected_by=self._text("detected"),
        )
        try:
            session = self._workspace.declare(draft)
        except (Refused, StoreError) as error:
            self._show_error(str(error))
            if not self._text("title"):
                self.query_one("#title").focus()
            return
        for field in self.query(TextInput):
            field.value = ""
        self.save_drafts()
        self.page.console.show_session(session)

    def action_back(self) -> None:
        self.save_drafts()
        self.dismiss()
