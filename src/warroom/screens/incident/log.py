"""Logging what happened and what was done."""

from __future__ import annotations

from warroom.model import acts, times
from warroom.model.log_lines import count_lines, read_lines
from warroom.screens.incident.page import Feature as Base
from warroom.widgets.logline import LOG
from warroom.widgets.text_input import NEWLINE


class Feature(Base):
    """Logging notes and actions."""

    def log(self) -> None:
        if not self.page.refuse_if_closed():
            self.page.say("")
            self.page.line.ask()

    def write(self, text: str) -> bool:
        """Log a note, back-dated if it starts with a time; False if it could not be logged, or not yet.

        With several lines, the user is asked first whether they are one entry or several.
        """
        if count_lines(text) > 1:
            self.page.start(self._ask_how(text))
            return False
        return self._write(text)

    def _write(self, text: str) -> bool:
        dated = self.page.split_time(text)
        if dated is None or self._lacks_words(dated):
            return False
        if not dated[1].strip():
            return True
        return self.page.act(acts.log.note(dated[1], dated[0]), words=_words(text))

    def _lacks_words(self, dated: tuple[int | None, str]) -> bool:
        """Whether there is only a time, with a notice."""
        at, text = dated
        if at is None or text.strip():
            return False
        self.page.say(f"Say after the time what happened at {self.page.clock(at)}", failed=True)
        return True

    async def _ask_how(self, text: str) -> None:
        """Ask whether pasted lines are one entry or several, log them, and empty the line; or leave them in it."""
        from warroom.screens.lines import LinesScreen

        page, count = self.page, count_lines(text)
        try:
            lines, problem = read_lines(text, page.workspace.now(), page.workspace.tz), ""
        except times.TimeError as error:
            lines, problem = [], str(error)
        chosen = await page.show(LinesScreen(lines, count, problem, page.workspace.tz))
        if chosen == "lines" and problem:
            page.say(f"Nothing was logged; {problem}", failed=True)
        elif chosen == "lines":
            if page.act(*(line.draft() for line in lines), done=f"Logged {count} entries", words=_words(text)):
                page.line.clear()
        elif chosen == "one" and self._write(text):
            page.line.clear()

    async def did(self) -> None:
        def take(text: str) -> bool:
            dated = self.page.split_time(text)
            if dated is None or self._lacks_words(dated):
                return False
            return not dated[1].strip() or self.page.act(acts.log.action(dated[1], at=dated[0]))

        await self.page.ask(
            "did", "Action", placeholder="what was done, and by whom", hint="start with -5m to back-date", take=take
        )


def _words(text: str) -> dict[str, str]:
    """What comes back into the log line if a text that had to wait can't be logged."""
    return {LOG.id: text.replace("\n", NEWLINE)}
