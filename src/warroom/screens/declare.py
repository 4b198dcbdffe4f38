"""Declaring an incident: what is broken, who is affected, and when the user learned of it."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Input, Static

from warroom.actions import Action
from warroom.desk import Desk
from warroom.model import acts, times
from warroom.model.incident import Refused
from warroom.model.playbook import Playbook, Severity
from warroom.store.errors import StoreError
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.drawn import Drawn, fit, words, wrapped
from warroom.widgets.headline import SEVERITY_STYLE
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import NEWLINE, Notice, Words


class Verdict(Drawn, can_focus=True):
    """The severity that follows, with what it demands; the keys 1 to 4 change it, enter declares."""

    BINDINGS = [Binding("enter", "declare", "Declare", show=False)]

    severity: Severity | None = None

    class Declared(Message):
        """Enter was pressed here, or the line was clicked."""

    def __init__(self, playbook: Playbook) -> None:
        super().__init__(id="verdict")
        self._playbook = playbook

    def set(self, level: int) -> None:
        """Take this severity."""
        self.severity = self._playbook.severity(level)
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in "1234":
            event.stop()
            self.set(int(event.character))

    def action_declare(self) -> None:
        self.post_message(self.Declared())

    def on_click(self) -> None:
        self.action_declare()

    def draw(self, width: int, height: int) -> list[Content]:
        row = self.severity
        if row is None:
            return [Content.styled("Who is affected? Choose above; the severity follows from it.", "$text-muted")]
        head = Content.assemble(
            Content.styled(row.tag, SEVERITY_STYLE[row.level] + " reverse"), f" {row.name}   ", words(row.definition)
        )
        head = fit(head, width)
        lines = [
            head,
            *(words(line, "$text-muted") for line in wrapped(f"Response: {row.response}", width)),
            *(
                words(line, "$text-muted")
                for line in wrapped(
                    f"Stakeholders: {row.stakeholders} · Customers: {row.customer} · Target: {row.target}", width
                )
            ),
        ]
        if self.has_focus:
            lines.append(Content.styled("▸ enter declares it · 1 2 3 4 change the severity", "bold reverse"))
        return lines


class DeclareScreen(Screen[None]):
    """The shortest way from a phone call to a running console."""

    CSS_PATH = "declare.tcss"
    BINDINGS = [
        Binding("escape", "leave", "Leave", show=False),
        Binding("ctrl+g", "declare", "Declare", show=False),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        playbook = self._desk.playbook
        rows = [
            Choice(f"matrix:{row.id}", row.label, f"SEV{row.severity}", key=str(number))
            for number, row in enumerate(playbook.matrix, 1)
        ] + [
            Choice(f"risk:{row.id}", f"{row.label}, whatever the count", f"SEV{row.severity}", key=str(number))
            for number, row in enumerate(playbook.risks, len(playbook.matrix) + 1)
        ]
        with Vertical(id="page"):
            yield Static(Content.styled("Declare an incident", "bold"), id="heading")
            yield self._field("title", "What is broken", "what users see, in a few words: Checkout errors")
            yield Static(Content("Who is affected?"), classes="section")
            choices = Choices(rows, id="affected")
            choices.styles.height = len(rows)
            yield choices
            yield self._field("learned", "Learned of it", "now; or 03:17, -10m")
            yield self._field("began", "It began", "when you learned of it; or 03:02, -25m")
            yield self._field("detected", "Detected by", "an alert, a user, monitoring; may stay empty")
            yield Verdict(playbook)
        yield Notice()
        yield KeyBar()

    def _field(self, id: str, label: str, placeholder: str) -> Horizontal:
        return Horizontal(Static(Content(label), classes="label"), Words(placeholder=placeholder, id=id), classes="row")

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(
            [
                Action("next", "tab", "Next field", ""),
                Action("choose", "enter", "Choose", ""),
                Action("declare", "ctrl+g", "Declare", ""),
                Action("leave", "escape", "Back", ""),
            ]
        )
        try:
            kept = self._desk.remembered("words:declare", dict[str, str]) or {}
        except StoreError as error:
            kept = {}
            self._say(str(error))
        for field in self.query(Words):
            field.value = kept.get(field.id or "", "")
        self._kept = {name: text for name, text in kept.items() if text}
        self.query_one("#title", Words).focus()
        self.set_interval(1.0, self.keep_words)

    def keep_words(self) -> None:
        """Keep what was typed, so that it outlives the process."""
        typed = {field.id or "": field.value for field in self.query(Words) if field.value}
        if typed == self._kept:
            return
        try:
            self._desk.remember("words:declare", typed or None)
            self._kept = typed
        except StoreError as error:
            self._say(str(error))

    def _say(self, text: str) -> None:
        self.query_one(Notice).say(text, failed=True)

    @on(Input.Submitted)
    def _on(self, event: Input.Submitted) -> None:
        if event.input.id == "title":
            self.query_one("#affected").focus()
        elif event.input.id == "detected":
            self.query_one(Verdict).focus()
        else:
            self.focus_next()

    @on(Choices.Chosen)
    def _affected(self, event: Choices.Chosen) -> None:
        group, _, id = event.choice.id.partition(":")
        rows = self._desk.playbook.matrix if group == "matrix" else self._desk.playbook.risks
        row = next(row for row in rows if row.id == id)
        event.choices.marked = event.choice.id
        event.choices.redraw()
        verdict = self.query_one(Verdict)
        verdict.set(row.severity)
        verdict.focus()

    @on(Verdict.Declared)
    def _verdict(self) -> None:
        self.action_declare()

    def _text(self, id: str) -> str:
        return self.query_one(f"#{id}", Words).value.replace(NEWLINE, " ").strip()

    def action_declare(self) -> None:
        verdict, now, tz = self.query_one(Verdict), self._desk.now(), self._desk.tz
        if verdict.severity is None:
            self._say("Who is affected? Choose a row; the severity follows from it.")
            self.query_one("#affected" if self._text("title") else "#title").focus()
            return
        at: dict[str, int | None] = {}
        for id in ("learned", "began"):
            try:
                at[id] = times.parse_past(self._text(id), now, tz) if self._text(id) else None
            except times.TimeError as error:
                self._say(str(error))
                self.query_one(f"#{id}").focus()
                return
        draft = acts.declare(
            self._text("title"),
            verdict.severity.level,
            now=now,
            began=at["began"],
            learned=at["learned"],
            detected_by=self._text("detected"),
        )
        try:
            session = self._desk.declare(draft)
        except (Refused, StoreError) as error:
            self._say(str(error))
            if not self._text("title"):
                self.query_one("#title").focus()
            return
        for field in self.query(Words):
            field.value = ""
        self.keep_words()
        self.app.show_session(session)  # type: ignore[attr-defined]

    def action_leave(self) -> None:
        self.keep_words()
        self.dismiss()
