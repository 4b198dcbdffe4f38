"""The screen of what to have ready before the next incident: what each item holds, who checked it, what is stale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content, Span
from textual.widgets import Static

from warroom.actions import Where
from warroom.model.getting_ready import ReadyField
from warroom.model.kinds import readiness as acts
from warroom.model.readiness import Ready, count
from warroom.screens.keys import bindings
from warroom.screens.list_screen import ListScreen
from warroom.screens.readiness import DRAFTS
from warroom.screens.readiness.about import about, criteria, messages
from warroom.screens.readiness.keeping import Keeping
from warroom.terminal.content import safe_line, spread
from warroom.widgets.choices import Choice, Choices
from warroom.workspace import Workspace

_TAGS = {
    "open": ("open ", "$text-muted"),
    "ready": ("ready", "$text-success"),
    "stale": ("stale", "bold $text-warning"),
}


_SHOW = "\x00show"
"""The row that shows something, among those of fields."""


class ReadinessScreen(ListScreen):
    """The items of the playbook under their three headings."""

    CSS_PATH = "readiness.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("readiness")
    PLACES: ClassVar[tuple[Where, ...]] = ("readiness",)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, DRAFTS)
        self._keeping = Keeping(self.page, self.reload)
        self._items: tuple[Ready, ...] = ()
        self._shown: dict[str, list[tuple[str, Sequence[Span]]]] = {}

    def compose(self) -> ComposeResult:
        yield Static(Content(""), id="heads")
        rows = Choices(id="items")
        rows.cursor = 1  # below the first heading
        yield rows
        yield Static(Content(""), id="details")
        yield from self.foot()

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_found)

    # The list

    @property
    def rows(self) -> Choices:
        return self.query_one(Choices)

    def read(self) -> bool:
        self._items = self.workspace.ready(check=False)
        return True

    def own_files_changed(self) -> None:
        """Show the items of the playbook as it is now."""
        self.reload()

    def show_found(self) -> None:
        """Show the items; the cursor stays on its item."""
        now, rows, last = self.workspace.now(), [], ""
        for item in self._items:
            if item.when != last:
                last = item.when
                rows.append(Choice(f"\x00{last}", f"{last[:1].upper()}{last[1:]}", heading=True))
            tag, style = _TAGS[item.state(now)]
            told = item.told(now).removeprefix(tag.strip()).lstrip(",: ")
            rows.append(Choice(item.row.id, item.row.text, told, tag=tag, tag_style=style))
        if rows != self.rows.rows:
            self.rows.show(rows)
            self.rows.pass_headings()
        found = count(self._items, now)
        left = Content.assemble(Content.styled("Before the next incident", "bold"), f"  ready: {found.words}")
        hint = "" if found.ready or found.stale else "begin with the first: enter"
        self._update("heads", [spread(left, Content.styled(hint, "$text-muted"), self.size.width - 2)])
        self.show_details()

    def _update(self, id: str, lines: list[Content]) -> None:
        """Show these lines, if they are others than before: an update does the layout of the screen again."""
        shown = [(line.plain, line.spans) for line in lines]
        if shown != self._shown.get(id):
            self._shown[id] = shown
            self.query_one(f"#{id}", Static).update(Content("\n").join(lines))

    def show_details(self) -> None:
        item, details = self.current, self.query_one("#details", Static)
        if item is None:
            self._update("details", [])
            return
        width, height = max(self.size.width - 2, 20), max(details.size.height, 3)
        lines = about(item, self.workspace.playbook, self.workspace.now(), self.workspace.tz, width)
        self._update("details", [safe_line(text, style) for text, style in lines[:height]])

    @property
    def current(self) -> Ready | None:
        """The item under the cursor."""
        row = self.rows.current()
        return next((item for item in self._items if row and item.row.id == row.id), None)

    # Acts

    def action_reviews(self) -> None:
        from warroom.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen(self.workspace))

    @on(Choices.Moved)
    def _moved_on(self) -> None:
        """Let what was told of the item before go."""
        if not self.page.notice.failed:
            self.page.let_notice_go()

    @on(Choices.Chosen, "#items")
    def _chosen(self) -> None:
        if item := self.current:
            self.conversation.start(self._edit(item))

    async def _edit(self, item: Ready) -> None:
        """Ask for what the item holds: of several fields for each empty one, else let the user choose until they leave.

        What is needed is asked for at once: what one types to it would go nowhere in a list to choose from.
        """
        fields = item.row.fields
        if not fields:
            await self._read(item)
        elif len(fields) == 1:
            await self._ask(item, fields[0])
        elif any(not field.optional and not item.values.get(field.id) for field in fields):
            empty = [field for field in fields if not item.values.get(field.id)]
            for number, one in enumerate(empty, 1):
                if await self._ask(item, one, f"{number} of {len(empty)} · enter skips · esc ends") is None:
                    return
                item = next((row for row in self._items if row.row.id == item.row.id), item)
        else:
            start = fields[0].id
            while True:
                id = await self.page.pick(item.row.text, self._field_rows(item), start=start)
                if id == _SHOW:
                    title, text = "The messages that warroom fills in", messages(self.workspace.kinds.values())
                    await self._read_text(title, text)
                    start = _SHOW
                    continue
                field = item.row.field(id or "")
                if field is None:
                    return
                await self._ask(item, field)
                item = next((row for row in self._items if row.row.id == item.row.id), item)
                start = next((row.id for row in item.missing), _after(fields, field))

    def _field_rows(self, item: Ready) -> list[Choice]:
        show = [Choice(_SHOW, "Show them", "the messages that warroom fills in")]
        return (show if item.row.done_by == "templates" else []) + [
            Choice(
                field.id,
                f"{field.label} (optional)" if field.optional else field.label,
                " · ".join(item.values.get(field.id, "").split("\n")) or "empty",
                about=field.hint,
            )
            for field in item.row.fields
        ]

    async def _ask(self, item: Ready, field: ReadyField, place: str = "") -> str | None:
        """Ask for one field, in the line or, for several lines, in a box; None if that was left.

        `place` says which of several it is. An empty answer where nothing was changes nothing.
        """
        present, id = item.values.get(field.id, ""), f"ready:{item.row.id}:{field.id}"
        if field.kind == "lines":
            from warroom.screens.ask import AskScreen

            def take(text: str) -> str:
                return self._keeping.kept(item, field, text) if text.strip() or present else ""

            ask = AskScreen(self.page, id, field.label, hint=field.hint, start=present, take=take, several=True)
            typed = await self.page.show(ask)
            if typed is not None and (typed.strip() or present):
                self.page.say(self._keeping.words(field, typed))
            return typed
        start = ", ".join(present.split("\n"))
        hint = " · ".join(filter(None, ("several with commas" if field.kind == "list" else "", place)))
        return await self.page.ask(
            "",
            id,
            field.label,
            placeholder=field.hint,
            hint=hint,
            start=start,
            take=lambda typed: self._keeping.keep(item, field, typed) if typed.strip() or present else True,
        )

    async def _read(self, item: Ready) -> None:
        """Show what an item is about that holds nothing."""
        if item.row.done_by == "review":
            self.page.say("If you have looked at the numbers, press c", mark="▸")  # read once one is back here
            self.page.console.action_numbers()
            return
        await self._read_text(item.row.text, criteria(item, self.workspace.playbook))
        self.page.say("If it is right, press c", mark="▸")

    async def _read_text(self, title: str, text: str) -> None:
        from warroom.screens.read import ReadScreen

        await self.page.show(ReadScreen(title, text, self.page.copy))

    def action_drills(self) -> None:
        self.page.console.action_drill()

    def action_begin(self) -> None:
        from warroom.screens.readiness.first_start import FirstStartScreen, steps

        if not steps(self.workspace, again=True):
            self.page.say("Everything that is needed right now is ready", mark="▸")
            return
        self.app.push_screen(FirstStartScreen(self.workspace, welcome=False), lambda _: self._back_here())

    def _back_here(self) -> None:
        """Take over what was typed and not answered, and show what is ready now."""
        self.page.restore()
        self.reload()

    def action_check(self) -> None:
        item = self.current
        if item is None:
            return
        if reason := item.not_to_check:
            self.page.say(reason, mark="▸")
            return
        self._keeping.write(item.row.id, lambda now: acts.check(item.row), f"Still right: {item.row.text}")

    def action_clear(self) -> None:
        item = self.current
        if item is not None and item.at is None:
            self.page.say("It is open already; enter says what it holds", mark="▸")
        elif item is not None:
            self.conversation.start(self._clear(item))

    async def _clear(self, item: Ready) -> None:
        def take(because: str) -> bool:
            if not because.strip():
                self.page.say("Say why, in a few words", failed=True)
                return False
            done = f"Not ready any more: {item.row.text}"
            if item.values:
                done += ". The file keeps what it held; for a secret: warroom ready redact"
            return self._keeping.write(item.row.id, lambda now: acts.clear(item.row, because), done)

        await self.page.ask("", f"clear:{item.row.id}", "Not ready any more, because", take=take)

    def action_good_for(self) -> None:
        item = self.current
        if item is None:
            return
        if reason := item.not_to_check:
            self.page.say(reason, mark="▸")
            return
        self.conversation.start(self._good_for(item))

    async def _good_for(self, item: Ready) -> None:
        def take(typed: str) -> bool:
            digits = typed.strip().removesuffix("days").removesuffix("day").removesuffix("d").strip()
            days = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else 0
            if not 1 <= days <= 3660:
                self.page.say(f"{typed.strip()!r} is no number of days from 1 to 3660", failed=True)
                return False
            done = f"Checked, and good for {days} days: {item.row.text}"
            return self._keeping.write(item.row.id, lambda now: acts.check(item.row, days), done)

        start, id = str(item.good_for_days), f"good-for:{item.row.id}"
        await self.page.ask("", id, "Good for how many days", start=start, offered=True, take=take)

    def undo(self) -> None:
        self._keeping.undo()

    def action_back(self) -> None:
        self.dismiss(None)


def _after(fields: list[ReadyField], field: ReadyField) -> str:
    at = fields.index(field) + 1
    return fields[at % len(fields)].id
