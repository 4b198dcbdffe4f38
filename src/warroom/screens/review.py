"""Post-mortems of past incidents to read: which you have read, when, and what you take from each."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from warroom.actions import Where, footer, key_of
from warroom.model import ids, times
from warroom.model.entries import Draft
from warroom.model.kinds.reviews import mark_read, mark_unread
from warroom.model.reviews import Order, ToRead, counted, to_read
from warroom.screens.ask import AskScreen
from warroom.screens.conversation import Conversation
from warroom.screens.keys import bindings
from warroom.screens.page import Page
from warroom.screens.read import ReadScreen
from warroom.store.errors import StoreError
from warroom.terminal.content import safe_line, spread
from warroom.terminal.screens import CellScreen
from warroom.text.cleaning import clean_line
from warroom.widgets.choices import Choice, Choices
from warroom.widgets.headline import SEVERITY_STYLE
from warroom.widgets.keybar import KeyBar
from warroom.widgets.logline import Notice
from warroom.workspace import Workspace

_EMPTY = "No post-mortem to read yet: none was written of an incident that is over"
_UNREADABLE = "The post-mortem can't be read at present"


class ReviewScreen(CellScreen[None]):
    """A row a post-mortem, those that are done first; reading one to its end asks what to take from it."""

    CSS_PATH = "review.tcss"
    AUTO_FOCUS = ""
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (20, "-low"), (30, "-high")]
    BINDINGS: ClassVar[list[BindingType]] = bindings("review")
    PLACES: ClassVar[tuple[Where, ...]] = ("review",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.page = Page(self, workspace)  # type: ignore[arg-type]
        self._talk = Conversation()
        self._order: Order = "newest"
        self._rows: list[ToRead] = []

    def compose(self) -> ComposeResult:
        yield Static(Content(""), id="heads")
        yield Choices(id="post-mortems", empty=_EMPTY)
        yield Static(Content(""), id="details")
        yield Notice()
        yield KeyBar()

    def on_mount(self) -> None:
        self.query_one(KeyBar).show(footer("review", "everywhere"))
        self._list.focus()
        self.beat()
        self.set_interval(1.0, self.beat)

    def on_resize(self) -> None:
        self.call_after_refresh(self._show)

    def beat(self) -> None:
        """Once a second: show what others have written."""
        self.page.save_again()
        if self.is_current:
            self._reload()

    # The list

    @property
    def _list(self) -> Choices:
        return self.query_one("#post-mortems", Choices)

    def _reload(self) -> None:
        found = self.page.reading(self._to_read)
        if found is not None:
            self._rows = found
            self._show()

    def _to_read(self) -> list[ToRead]:
        entries = self._workspace.register(ids.REGISTER_READINESS).read()
        return to_read(self._workspace.summaries(), entries, self._workspace.author, self._order)

    def _show(self) -> None:
        rows, playbook, tz = [], self._workspace.playbook, self._workspace.tz
        for row in self._rows:
            brief = row.brief
            state = "read" if row.read else "unread" if row.done else brief.post_mortem
            front = f"{'✓' if row.read else '·'} {times.day(brief.began, tz)}"
            right = " · ".join(filter(None, [clean_line(brief.system), state]))
            style = SEVERITY_STYLE.get(brief.severity, "")
            tag = playbook.severity(brief.severity).tag
            rows.append(Choice(brief.id, brief.title, right, front=front, tag=tag, tag_style=style))
        if rows != self._list.rows:
            self._list.show(rows)
        order = "newest first" if self._order == "newest" else "systems affected most often first"
        title = Content.styled("Post-mortems to read", "bold $text-primary")
        left = Content.assemble(title, f"  {counted(self._rows)}" if self._rows else "")
        hint = Content.styled(order if self._rows else "", "$text-muted")
        self.query_one("#heads", Static).update(spread(left, hint, max(self.size.width - 2, 20)))
        self._show_details()

    @property
    def current(self) -> ToRead | None:
        """The post-mortem under the cursor."""
        row = self._list.current()
        return next((one for one in self._rows if row is not None and one.brief.id == row.id), None)

    @on(Choices.Moved)
    def _show_details(self) -> None:
        row, details = self.current, self.query_one("#details", Static)
        lines = [] if row is None else _about(row, self._workspace)
        details.update(Content("\n").join(safe_line(text, style) for text, style in lines))

    # Acts

    @on(Choices.Chosen, "#post-mortems")
    def _chosen(self) -> None:
        if row := self.current:
            self._talk.start(self._read(row))

    async def _read(self, row: ToRead) -> None:
        """Show the post-mortem; when it is left, ask what to take from it, unless that is known."""
        from warroom.documents.registry import DOCUMENTS

        workspace = self._workspace
        try:
            text = "".join(workspace.document(DOCUMENTS["postmortem"], "txt", workspace.open(row.brief.id)))
        except StoreError as error:
            self.page.say(f"{_UNREADABLE}: {error}", failed=True)
            return
        await self.page.show(ReadScreen("", text, self.page.copy))
        if row.read is None:
            await self._mark(row)

    async def _mark(self, row: ToRead) -> None:
        """Ask what to take from it, which may be nothing, and mark it as read; leaving the question marks nothing."""
        hint = "What do you take from it? enter without an answer just marks it as read; esc leaves it unread"
        answer = await self.page.show(
            AskScreen(
                self.page,
                f"review:{row.brief.id}",
                "Mark as read",
                hint=hint,
                start=row.learned,
                take=lambda text: self._keep(mark_read(row.brief.id, text)),
            )
        )
        if answer is not None:
            self.page.say(f"Read: {clean_line(row.brief.title)}")

    def _keep(self, draft: Draft) -> str:
        """Keep a draft; returns why that can't be done, "" if it is."""
        try:
            self._workspace.register(ids.REGISTER_READINESS).append(lambda _: [draft], author=self._workspace.author)
        except StoreError as error:
            return str(error)
        self._reload()
        return ""

    def action_mark(self) -> None:
        """Mark it as read, or as not read after all."""
        if (row := self.current) is None:
            return
        if row.read is None:
            self._talk.start(self._mark(row))
            return
        if reason := self._keep(mark_unread(row.brief.id)):
            self.page.say(reason, failed=True)
        else:
            self.page.say(f"Not read: {clean_line(row.brief.title)}; {key_of('mark', 'review')} marks it again")

    def action_learned(self) -> None:
        if row := self.current:
            self._talk.start(self._mark(row))

    def action_order(self) -> None:
        self._order = "system" if self._order == "newest" else "newest"
        self._list.go_to_top()
        self._reload()

    def action_open_incident(self) -> None:
        if row := self.current:
            self.page.console.show_incident(row.brief.id)

    def action_back(self) -> None:
        self.dismiss(None)


def _about(row: ToRead, workspace: Workspace) -> list[tuple[str, str]]:
    """The lines about a post-mortem, each with its style."""
    from warroom.model.incident import fold
    from warroom.model.summary import what_resolved_it

    lines = [(clean_line(row.brief.title), "bold")]
    if row.read is not None:
        lines.append((f"You read it on {times.day(row.read.at, workspace.tz)}", "$text-success"))
        if row.learned:
            lines.append((f"You take from it: {row.learned}", "bold"))
    elif row.done:
        lines.append((f"Not read yet; {key_of('read', 'review')} reads it", "$text-muted"))
    else:
        lines.append((f"It is still being written ({row.brief.post_mortem})", "$text-warning"))
    if row.brief.system:
        counts = {0: "", 1: "; one more post-mortem is about it"}
        more = counts.get(row.others, f"; {row.others} more post-mortems are about it")
        lines.append((f"Affected: {clean_line(row.brief.system)}{more}", ""))
    try:
        resolved = what_resolved_it(fold(workspace.journal.state(row.brief.id)))
    except StoreError:
        resolved = ""  # the list says that the file can't be read
    if resolved:
        lines.append((f"Resolved: {resolved}", ""))
    return lines
