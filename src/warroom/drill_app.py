"""The console on a drill's file: the console itself, with a strip on top, a menu, and what happens by the scenario."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen, Screen

from warroom.actions import key_of
from warroom.app import WarroomApp
from warroom.drill_reports import Reported, finish, reported
from warroom.drilling import Drill, look
from warroom.model import times
from warroom.model.drill_run import ALLOWANCE_MIN, SPEEDS, Asked, answered_by, asks
from warroom.model.incident import fold
from warroom.model.practice.asked import what_answered
from warroom.real_journal import RealJournal
from warroom.screens.drill.briefing import BriefingScreen
from warroom.screens.drill.call import CallScreen
from warroom.screens.drill.menu import DrillMenu, QuestionsScreen
from warroom.screens.drill.report import ReportScreen
from warroom.screens.drill.said import Unseen
from warroom.screens.page import Page, say_on_top
from warroom.store.errors import StoreError
from warroom.terminal.content import shortened
from warroom.text.cleaning import clean_line
from warroom.widgets.choices import Choice
from warroom.widgets.drill_strip import DrillStrip, Standing
from warroom.workspace import Workspace

_BEAT_S = 0.5
_ABOUT_THE_DRILL = (DrillMenu, QuestionsScreen, ReportScreen)
"""While one of these is open, the clock stands; during the briefing it has not begun."""
_REAL = 24
"""The cells for the title of what is real, while somebody waits for an answer too."""
_ELSEWHERE = "Another console keeps the time of this drill; {}, then t, takes it over."


class DrillApp(WarroomApp):
    """The app on one drill."""

    # What people ask is read in the timeline while it is answered in the composer.
    CSS = f"""{WarroomApp.CSS}
    IncidentScreen TimelinePane {{ min-height: 8; }}
    IncidentScreen.-narrow TimelinePane {{ min-height: 1; }}
    """

    def __init__(self, drill: Drill, *, incident: str | None = None) -> None:
        super().__init__(drill.workspace, incident=incident)
        self.drill = drill
        self.real: str | None = None
        """The id of the real incident that the user goes to, once this app has ended."""
        self._real_journal = RealJournal(Path(drill.kept.journal))
        self._rang: object = None
        self._unseen = Unseen(drill)
        self._looked = 0
        """When the beats looked at the clock last (ms UTC, by the drill's clock)."""
        self.standing = Standing()
        """What the strip shows."""

    # Screens

    def first_screen(self) -> Screen[object]:
        drill = self.drill
        drill.beat()
        self._real_journal.look()
        self.standing = self._stands()
        screen: Any
        if not drill.clock.reading.started:
            screen = BriefingScreen(drill)
        elif not drill.logs:
            screen = CallScreen(drill)
        else:
            screen = super().first_screen()
        self._with_strip(screen)
        return screen  # type: ignore[no-any-return]

    def push_screen(self, screen: Any, *arguments: Any, **options: Any) -> Any:
        """Push a screen, with the strip on top of it unless it is a box over another one."""
        pushed = super().push_screen(self._with_strip(screen), *arguments, **options)
        self._hold()
        return pushed

    def pop_screen(self) -> AwaitComplete:
        """Close the screen on top; the clock goes on if it stood for that."""
        popped = super().pop_screen()
        self._hold()
        return popped

    def _with_strip(self, screen: Any) -> Any:
        if isinstance(screen, Screen) and not isinstance(screen, ModalScreen):
            screen.compose_add_child(DrillStrip(self.standing))  # comes before what the screen composes itself
        return screen

    # What happens

    def on_mount(self) -> None:
        self.set_interval(_BEAT_S, self.beat)

    def beat(self) -> None:
        """Twice a second: save the time, write what has happened, and show how the drill stands."""
        self._hold()
        if self._unseen:
            self.call_after_refresh(self._look_at_what_was_said)
        self._unseen.add(self.drill.beat())
        self._real_journal.look()
        self._pause_at_the_end()
        self.show_drill()

    def _look_at_what_was_said(self) -> None:
        if self.screen_stack:
            self._unseen.look(self)
            self.show_drill()

    def _hold(self) -> None:
        """Let the clock stand while the drill itself is talked about, and when there is nothing more to do in it."""
        self.drill.clock.hold(self.stands())

    def stands(self) -> bool:
        """Whether the clock has to stand now, although nobody paused it."""
        return any(isinstance(screen, _ABOUT_THE_DRILL) for screen in self.screen_stack) or self.drill.is_done

    def _pause_at_the_end(self) -> None:
        """Pause once the planned time is over, and some more; the strip and the menu then ask whether to end it."""
        drill = self.drill
        before, self._looked = self._looked, drill.clock.now()
        if before < drill.run.time_is_up <= self._looked and before and drill.clock.reading.moves:
            self._set(going=False)
            self.bell()
            say_on_top(self, f"{self._time_is_up()}: {key_of('drill', 'everywhere')} ends it, or goes on", mark="▲")

    def _time_is_up(self) -> str:
        return f"The {self.drill.scenario.minutes} min and {ALLOWANCE_MIN} more are over, and the drill waits"

    def show_drill(self) -> None:
        """Show how the drill stands now."""
        if not self.screen_stack:
            return
        self.standing = self._stands()
        rings = self.drill.rings
        if rings is not None and rings is not self._rang:
            self.bell()
        self._rang = rings
        for screen in self.screen_stack:
            for strip in screen.children:
                if isinstance(strip, DrillStrip):
                    strip.show(self.standing)
            if isinstance(screen, CallScreen) and screen.is_mounted:
                screen.show_drill()

    def _stands(self) -> Standing:
        drill, real = self.drill, self._real_journal.open
        now = drill.clock.now()
        rings = drill.rings if drill.logs else None
        says, since = self._says(now)
        calm = says == drill.scenario.title
        title = shortened(clean_line(real[1]), _REAL if since else 80) if real else ""
        urgent = f"REAL and open: {title}" if real else drill.trouble
        done = self._done(briefly=bool(urgent))
        return Standing(
            time=times.clock(now, drill.workspace.tz),
            far=f"{min(int(drill.run.minute(now)), drill.scenario.minutes)} of {drill.scenario.minutes} min",
            speed=self._speed(),
            says=" · ".join(filter(None, (done, urgent, "" if done or (urgent and calm) else says))),
            since="" if done else since,
            calm=calm and not (done or urgent),
            new="" if done or not self.screen_stack else self._unseen.count(self.screen),
            rings=f"{drill.run.name_of(rings.by)}: {rings.says}" if rings else "",
        )

    def _speed(self) -> str:
        reading = self.drill.clock.reading
        if reading.ended is not None:
            return "ENDED"
        if reading.moves:
            return f"×{reading.speed:g}"
        if reading.going:
            return "OVER" if self.drill.is_done else "CLOCK STOPPED"
        return "PAUSED" if reading.started else "NOT STARTED"

    def _done(self, *, briefly: bool) -> str:
        """That there is nothing more to do but to end the drill; "" if there is."""
        drill, menu = self.drill, key_of("drill", "everywhere")
        reading = drill.clock.reading
        if reading.ended is not None or not reading.started or not drill.clock.keeps:
            return ""
        if drill.is_done:
            return f"All is over: {menu} ends it{'' if briefly else ' and shows the report'}"
        return "" if reading.going or not drill.time_is_up else f"Time is up: {menu} ends it, or goes on"

    def _says(self, now: int) -> tuple[str, str]:
        """What matters most at present, and since when it does, in words."""
        drill, menu = self.drill, key_of("drill", "everywhere")
        if drill.clock.reading.ended is not None:
            return f"{menu} shows the report", ""
        if not drill.clock.keeps:
            return "another console keeps the time", ""
        if waiting := drill.waiting:
            one = waiting[0]
            more = f" (+{len(waiting) - 1})" if len(waiting) > 1 else ""
            ago = f"LATE {times.span(now - one.due)}" if one.late(now) else f"{times.span(now - one.at)} ago"
            is_fresh = now - one.at < times.MINUTE  # which is worth no room
            return asks(one), f"{'' if is_fresh else ago}{more}".strip()
        return drill.scenario.title, ""

    def start_drill(self) -> None:
        """Start the clock, after the briefing."""
        if not self._set(started=True, going=True):
            return
        self.push_screen(CallScreen(self.drill))
        self.beat()

    def _set(self, **change: Any) -> bool:
        """Change the clock; returns whether this console keeps it. What can't be saved now is saved by a later beat."""
        if not self.drill.clock.keeps:
            self.drill.beat()
        if not self.drill.clock.keeps:
            say_on_top(self, self.drill.trouble or _ELSEWHERE.format(key_of("drill", "everywhere")), failed=True)
            return False
        with suppress(StoreError):
            self.drill.clock.set(**change)
        self.beat()
        return True

    # The menu

    def action_drill(self) -> None:
        """Open the drill's menu."""
        if isinstance(self.screen, DrillMenu):
            self.screen.action_back()
            return
        drill = self.drill
        asks = drill.clock.reading.ended is None and drill.time_is_up and not drill.clock.reading.going
        title = f"{self._time_is_up()}. End it?" if asks else f"Drill: {drill.scenario.title}"
        self.push_screen(DrillMenu(title, self._rows()), self._choose)

    def _rows(self) -> list[Choice]:
        drill, reading = self.drill, self.drill.clock.reading
        rows = []
        end = Choice("end", "End the drill and see the report", key="e")
        if (real := self._real_journal.open) is not None:
            rows.append(Choice("real", f"Go to what is real: {real[1]}", "the drill waits", key="r"))
        if drill.logs and drill.rings is not None:
            rows.append(Choice("declare", "Declare the incident that rings", key="n"))
        if reading.ended is None and not drill.clock.keeps:
            rows.append(Choice("take", "Take the time over", "another console keeps it now", key="t"))
        if reading.ended is None and reading.started:
            if drill.is_done or (drill.time_is_up and not reading.going):
                rows.append(end)
            stands = "stopped while this is open" if reading.going else ""
            rows.append(Choice("pause", "Pause" if reading.going else "Go on", stands, key="p"))
            for id, key, name, speed in (
                ("faster", "f", "Faster", self._speed_after(1)),
                ("slower", "s", "Slower", self._speed_after(-1)),
            ):
                if speed != reading.speed:
                    rows.append(Choice(id, f"{name}: ×{speed:g}", f"now ×{reading.speed:g}", key=key))
            if (at := drill.next_moment) is not None:
                left = times.span(max(at - drill.clock.now(), 0))
                rows.append(Choice("skip", "Skip to what happens next", f"in {left}", key="k"))
            if drill.logs:
                count = len(drill.waiting)
                waits = f"{count} wait" if count > 1 else "1 waits" if count else "none waits"
                rows.append(Choice("questions", "Read the questions", waits, key="a"))
            if end not in rows:
                rows.append(end)
        elif reading.started:
            rows.append(Choice("end", "See the report", key="e"))
        waits = "" if reading.ended is not None else "; the drill waits at this minute"
        rows.append(Choice("leave", f"Leave{waits}", key="l"))
        return rows

    def _speed_after(self, step: int) -> float:
        """The next speed in a direction; the present one if there is none."""
        now = self.drill.clock.reading.speed
        found = [speed for speed in SPEEDS if (speed - now) * step > 0]
        return (min(found) if step > 0 else max(found)) if found else now

    def _choose(self, id: str | None) -> None:
        clock = self.drill.clock
        match id:
            case "pause":
                self._set(going=not clock.reading.going)
            case "faster" | "slower":
                self._set(speed=self._speed_after(1 if id == "faster" else -1))
            case "skip":
                self._set(to=self.drill.next_moment)
            case "take":
                self._take_over()
            case "declare":
                self.show_declare()
            case "questions":
                self._read_questions()
            case "end":
                self._end()
            case "leave":
                self.leave()
            case "real":
                if self._real_journal.open is not None:
                    self.real = self._real_journal.open[0]
                    self.leave()

    def _take_over(self) -> None:
        try:
            self.drill.take_over()
        except StoreError as error:
            say_on_top(self, str(error), failed=True)
        self.beat()

    def _read_questions(self) -> None:
        tz, now = self.drill.workspace.tz, self.drill.clock.now()
        labels = {row.id: row.label for row in self.drill.workspace.playbook.audiences}
        parts = []
        for one in self.drill.asked():
            if one.answer is not None:
                what = what_answered(one.answer)
                state = f"{what[:1].upper()}{what[1:]} at {times.clock(one.answer.at, tz)}"
            else:
                state = f"{'LATE since' if one.late(now) else 'Due'} {times.clock(one.due, tz)}"
                state += f"; it waits for {answered_by(one.question, labels)}{self._answered_in(one)}"
            parts.append(f"{times.clock(one.at, tz)} {asks(one)}\n      {state}")
        if any(one.answer for one in self.drill.asked()):
            parts.append("Whether an answer says what was asked is yours to judge.")
        text = "\n\n".join(parts) or "Nobody has asked anything yet."
        pages = (getattr(screen, "page", None) for screen in reversed(self.screen_stack))
        page = next(page for page in pages if isinstance(page, Page))  # nobody asks before there is an incident
        self.push_screen(QuestionsScreen("Questions in this drill", text, page.copy))

    def _answered_in(self, one: Asked) -> str:
        """In which incident a question is to be answered, where there are several."""
        if len(self.drill.logs) < 2:
            return ""
        if one.question.anywhere:
            return ", in any incident"
        _, entries = self.drill.logs[one.question.incident - 1]
        return f", in {shortened(clean_line(fold(entries).title), 40)}"

    def _end(self) -> None:
        """End the drill, after asking if it is not over yet, and show the report."""
        reading = self.drill.clock.reading
        if reading.ended is not None or self.drill.is_done or self.drill.time_is_up:
            self._end_now("end")
            return
        rows = [
            Choice("stay", "No, go on", key="n"),
            Choice("end", "Yes, end it now", "it can't go on after that", key="y"),
        ]
        self.push_screen(DrillMenu(f"End the drill after {self.standing.far}?", rows), self._end_now)

    def _end_now(self, answer: str | None) -> None:
        if answer != "end" or (self.drill.clock.reading.ended is None and not self._set(ended=True)):
            return
        try:
            found, trouble = finished(self.drill)
        except StoreError as error:
            say_on_top(self, f"The drill is over, but there is no report: {error}", failed=True)
            return
        screen = ReportScreen(self.workspace, found)
        self.push_screen(screen, lambda _: self.leave())
        if trouble:
            words = f"Your journal does not have this run yet: {trouble}"
            screen.call_after_refresh(screen.page.say, words, failed=True)  # once it is there


def finished(drill: Drill) -> tuple[Reported, str]:
    """The report of a run that was ended, which the journal beside it keeps; and why it doesn't, "" if it does.

    Raises StoreError.
    """
    run = look(drill.workspace.database)
    if run is None:
        raise StoreError(f"{drill.workspace.database} can't be read at present.")
    workspace = drill.workspace
    real = Workspace(
        Path(drill.kept.journal),
        now=workspace.real_now,
        author=workspace.author,
        tz=workspace.tz,
        env=workspace.env,
        config=workspace.config,
    )
    try:
        real.open_journal(create=not run.kept.beside)
        return finish(run, real), ""
    except StoreError as error:
        return reported(run, real), str(error)
    finally:
        real.close()
