"""The first start: a few questions about what is needed when something breaks, each of which can wait."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from warroom.actions import Where, footer
from warroom.model.getting_ready import ReadyField, ReadyItem, normal, refusal
from warroom.model.kinds import readiness as acts
from warroom.model.readiness import Ready
from warroom.screens.keys import bindings
from warroom.screens.page import Page, say_on_top
from warroom.screens.readiness import DRAFTS
from warroom.screens.readiness.about import criteria, goes_into, messages
from warroom.screens.readiness.keeping import Keeping
from warroom.store.errors import StoreError
from warroom.terminal.content import safe_line, wrapped
from warroom.terminal.screens import CellScreen
from warroom.text.counts import counted
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.widgets.text_input import NEWLINE, TextInput
from warroom.workspace import Workspace

SEEN = "first start"
"""The name under which it is remembered that somebody was asked."""
_WIDEST = 100


class _Step(NamedTuple):
    """One question: the item it is about, by number in its group, and the field; None asks whether it is right."""

    item: Ready
    number: int
    field: ReadyField | None

    @property
    def id(self) -> str:
        """The name of the draft of its answer."""
        return f"ready:{self.item.row.id}:{self.field.id if self.field else ''}"


def is_first(workspace: Workspace) -> bool:
    """Whether nobody has used this file yet, nor was asked here before. Raises StoreError."""
    if workspace.journal.last_seq() or workspace.drill is not None or workspace.remembered(SEEN, bool):
        return False
    return bool(steps(workspace))


def steps(workspace: Workspace, *, again: bool = False) -> list[_Step]:
    """What is asked: who it is, if only the login is known, and all that the first group needs and does not have yet.

    If it is asked `again`, the name that was given before can be changed, at the end. Raises StoreError.
    """
    items, now = workspace.ready(check=False), workspace.now()
    group = [item for item in items if item.when == items[0].when]
    found: list[_Step] = []
    about = f"So far the log and every message say {workspace.author}."
    row = ReadyItem(_NAME, "how you sign messages", about=about, fields=[_NAME_FIELD])
    name = _Step(Ready(row, "", 0), 0, _NAME_FIELD)
    if workspace.is_unsigned:
        found.append(name)
    for number, item in enumerate(group, 1):
        if item.state(now) != "ready" and not item.wrong:
            found += [_Step(item, number, field) for field in item.missing] or [_Step(item, number, None)]
    if again and name not in found and workspace.may_sign_otherwise:
        found.append(name)
    return found


_NAME = "name"
_NAME_FIELD = ReadyField(_NAME, "Your name", "first and last name, as people know you")


class FirstStartScreen(CellScreen[None]):
    """One question a step; enter without an answer goes on, esc leaves, and an incident can be declared at any time."""

    CSS_PATH = "first_start.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("first_start")
    PLACES: ClassVar[tuple[Where, ...]] = ("first_start",)

    def __init__(self, workspace: Workspace, *, welcome: bool = True) -> None:
        """With `welcome`, it is told first what this is."""
        super().__init__()
        self.workspace = workspace
        self.page = Page(self, workspace)  # type: ignore[arg-type]
        self._keeping = Keeping(self.page, lambda: None)
        self._steps: list[_Step] = []
        self._at = -1 if welcome else 0
        self._again = not welcome
        self._drafts: dict[str, str] = {}
        self._saved: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield Static(Content(""), id="heading")
        yield Static(Content(""), id="broken")
        with Vertical(id="body"):
            yield Static(Content(""), id="question")
            yield Horizontal(Static(Content(""), id="label"), TextInput(id="answer"), id="answer-row")
            yield Choices(id="choices")
            yield Static(Content(""), id="about")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("first_start", "everywhere"))
        try:
            self._steps = steps(self.workspace, again=self._again)
            self._drafts = dict(self.workspace.remembered(DRAFTS, dict[str, str]) or {})
        except StoreError as error:
            self.page.say(str(error), failed=True)
        self._saved = dict(self._drafts)
        self._show()
        self.set_interval(1.0, self.beat)

    def beat(self) -> None:
        """Once a second: save what is being typed."""
        self.save_drafts()
        self.page.save_again()

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_texts)

    @property
    def _step(self) -> _Step | None:
        return self._steps[self._at] if 0 <= self._at < len(self._steps) else None

    def _show(self) -> None:
        """Show the step that it is at, with what was typed there before."""
        step, field, choices = self._step, self.query_one(TextInput), self.query_one(Choices)
        asks = step is not None and step.field is not None
        self.query_one("#answer-row").display = asks
        choices.display = not asks
        self._show_texts()
        if asks and step is not None and step.field is not None:
            field.placeholder = step.field.hint
            field.set_text(self._drafts.get(step.id, "").replace("\n", NEWLINE))
            field.focus()
            return
        rows = [
            Choice("next", "Skip this for now"),
            Choice("right", "Yes, I have looked, and it is right", key="y"),
        ]
        if step is not None and step.item.row.done_by == "templates":
            rows.append(Choice("show", "Show them to me", key="v"))
        choices.cursor = 0
        shown = rows if step is not None else [Choice("next", "Begin"), Choice("leave", "Not now")]
        choices.styles.height = len(shown)
        choices.show(shown)
        choices.focus()

    def _show_texts(self) -> None:
        step, width = self._step, min(self.size.width, _WIDEST) - 4
        self.query_one("#heading", Static).update(Content.styled("Before the first incident", "bold"))
        key = Content.styled("ctrl+n", "bold $text-accent")
        self.query_one("#broken", Static).update(
            Content.assemble("Is something broken right now? ", key, " declares it at once; all of this can wait.")
        )
        if step is None:
            texts = [one.item.row.text for one in self._steps if one.field is None or one.field in one.item.missing[:1]]
            question = "What helps most when something breaks, in less than three minutes"
            self.query_one("#question", Static).update(Content.styled(question, "bold"))
            self.query_one("#about", Static).update(_lines(f"{'; '.join(texts)}.\n\n{_WELCOME}", width))
            return
        text = (
            f"{step.number} of {max(one.number for one in self._steps)}: {step.item.row.text}" if step.number else _WHO
        )
        self.query_one("#question", Static).update(safe_line(text, "bold"))
        if step.field is None:
            about = criteria(step.item, self.workspace.playbook)
        else:
            self.query_one("#label", Static).update(safe_line(f"{step.field.label}: ", "bold $text-accent"))
            into = goes_into(step.field, self.workspace.playbook)
            about = f"Goes into: {into}." if into else step.item.row.about
            about += f"\n{_SKIP}" if about else _SKIP
        self.query_one("#about", Static).update(_lines(about, width))

    # Answering

    @on(Input.Submitted)
    def _answered(self, event: Input.Submitted) -> None:
        event.stop()
        step, text = self._step, self.query_one(TextInput).text.replace(NEWLINE, "\n")
        if step is None or step.field is None:
            return
        if text.strip() and not self._kept(step.item, step.field, text):
            return
        self._drafts.pop(step.id, None)
        self.query_one(TextInput).set_text("")
        self._go_on(kept=bool(text.strip()))

    def _kept(self, item: Ready, field: ReadyField, text: str) -> bool:
        if field is not _NAME_FIELD:
            return self._keeping.keep(item, field, text)
        name = normal(field, text)
        reason = refusal(field, name)
        if not reason:
            self.workspace.sign_as(name)  # stored once the file lets it be, if another process has it locked now
        self.page.say(reason or f"The log and messages say {self.workspace.author} from now on", failed=bool(reason))
        return not reason

    @on(Choices.Chosen)
    def _chosen(self, event: Choices.Chosen) -> None:
        step, chosen = self._step, event.choice.id
        if chosen == "leave":
            self.action_back()
        elif chosen == "show":
            self._show_messages()
        elif step is None or chosen == "next":
            self._go_on()
        elif self._keeping.write(
            step.item.row.id, lambda now: acts.check(step.item.row), f"Looked at and right: {step.item.row.text}"
        ):
            self._go_on(kept=True)

    def _show_messages(self) -> None:
        from warroom.screens.read import ReadScreen

        text = messages(self.workspace.kinds.values())
        self.app.push_screen(ReadScreen("The messages that warroom fills in", text, self.page.copy))

    def _go_on(self, *, kept: bool = False) -> None:
        if not kept:
            self.page.say("")
        self._at += 1
        if self._step is None:
            self._leave()
        else:
            self._show()

    def save_drafts(self) -> None:
        """Keep what is typed and not answered for the screen of all items, which asks for it again."""
        step = self._step
        if step is not None and step.field is not None and self.is_mounted:
            self._drafts[step.id] = self.query_one(TextInput).text.replace(NEWLINE, "\n")
        drafts = {id: text for id, text in self._drafts.items() if text}
        if drafts != self._saved:
            self._saved = drafts
            self.page.remember(DRAFTS, drafts or None)

    # Leaving

    def _leave(self) -> None:
        """Say on the screen below how much was left, and where it is."""
        self.save_drafts()
        app, words = self.app, ""
        with suppress(StoreError):  # the screen below says so
            if left := len({one.item.row.id for one in steps(self.workspace)}):
                words = counted(left, "thing for right now is", "things for right now are")
        self.dismiss(None)
        if words:
            app.call_later(say_on_top, app, f"{words} left: R on the start screen, whenever you have time", mark="▸")

    def action_back(self) -> None:
        self._leave()

    def action_declare(self) -> None:
        self.save_drafts()
        console = self.page.console
        self.dismiss(None)
        console.show_declare()


_WHO = "How you sign messages"
_SKIP = "Don't know? Enter without an answer goes on."
_WELCOME = (
    "What you answer is filled into the next incident: its facts, roles and messages.\n\n"
    "Each question can be skipped with enter. esc leaves, and nobody asks again; "
    "R on the start screen comes back to it."
)


def _lines(text: str, width: int) -> Content:
    return Content("\n").join(safe_line(line, "$text-muted") for line in wrapped(text, width))
