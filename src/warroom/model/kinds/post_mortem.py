"""The post-mortem: its sections, its state, and which lines of the log its timeline shows."""

from __future__ import annotations

from warroom.model import ids
from warroom.model.entries import BaseIncident, Body, Draft, Entry, Logged, Tone
from warroom.model.playbook import Playbook
from warroom.text.cleaning import clean_line

NOT_STARTED, DRAFT, REVIEW, DONE, WAIVED = "not started", "draft", "in review", "done", "waived"
STATES = (DRAFT, REVIEW, DONE, WAIVED)
"""The states that a post-mortem can be set to; before it is set, it is not started, or a draft once it is edited."""
PICKED, PINNED, LEFT_OUT = "picked", "pinned", "left out"
CHOICES = ("", PICKED, PINNED, LEFT_OUT)
"""Whether a line of the log is in the post-mortem's timeline; "" is as if nobody had chosen."""
MOST_CHARACTERS = 2_000_000
"""The most characters of one section; more is no text that people read."""


def _refusal(incident: BaseIncident) -> str | None:
    if incident.state == "cancelled":
        return "a cancelled incident has no post-mortem: log what was learned instead"
    return None


def _begin_post_mortem(incident: BaseIncident, at: int) -> None:
    """Move a resolved incident to the stage of the post-mortem: somebody has begun with it."""
    if incident.state == "resolved":
        incident.enter_stage(ids.STAGE_POST_MORTEM, at)


class SectionWritten(Body, frozen=True, tag="section"):
    """A section of the post-mortem as somebody wrote it; the whole text is the entry's text.

    `parents` are the keys of the versions it follows: two that follow the same version were written side by side, and
    both are kept. `live` gives the text back to the log: it is filled in from there again.
    """

    allowed_when_closed = True
    most_characters = MOST_CHARACTERS
    timeline_name = "section"

    section: str
    parents: tuple[str, ...] = ()
    live: bool = False

    def details(self) -> tuple[str, ...]:
        return (self.section.replace("_", " "),)

    def fold(self, incident: BaseIncident, logged: Logged[SectionWritten]) -> None:
        _begin_post_mortem(incident, logged.at)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if playbook.post_mortem.section(self.section) is None:
            known = ", ".join(row.id for row in playbook.post_mortem.sections)
            return f"the post-mortem has no section {self.section!r}; the sections are {known}"
        return _refusal(incident)

    def log_lines(self, entry: Entry, at: int, text: str, playbook: Playbook) -> list[tuple[int, str, str]]:
        return []  # the log is about the incident; what was written about it is the post-mortem


def write_section(section: str, words: str, parents: tuple[str, ...] = ()) -> Draft:
    """Write a section of the post-mortem; `parents` are the keys of the versions that the writer had before them."""
    return Draft(SectionWritten(section, parents), words.strip("\n"))


def give_back(section: str, parents: tuple[str, ...]) -> Draft:
    """Fill a section in from the log again; what was written stays in the journal."""
    return Draft(SectionWritten(section, parents, live=True), "filled in from the log again")


class PostMortemState(Body, frozen=True, tag="post-mortem"):
    """The post-mortem is a draft, in review by somebody, done, or waived with a reason."""

    timeline_name = "review"
    allowed_when_closed = True
    tone = Tone.ACTIVE

    state: str
    by: str = ""
    because: str = ""

    def fold(self, incident: BaseIncident, logged: Logged[PostMortemState]) -> None:
        _begin_post_mortem(incident, logged.at)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if self.state not in STATES:
            return f"a post-mortem can't be {self.state!r}; it is one of {', '.join(STATES)}"
        if self.state == WAIVED and not self.because.strip():
            return "waiving the post-mortem needs a reason, because people will ask why nothing was learned"
        if self.state == DONE and incident.state == "open":
            return "the incident is still open; resolve it before its post-mortem is done"
        return _refusal(incident)

    def log_line(self, text: str, playbook: Playbook) -> tuple[str, str]:
        return self.kind, text.removeprefix("Post-mortem ")


def set_state(state: str, by: str = "", because: str = "") -> Draft:
    """Set the state of the post-mortem: for a review who reviews it, for a waiver the reason."""
    by, because = clean_line(by).strip(), because.strip()
    words = f"Post-mortem {state}" + (f" by {by}" if by else "") + (f": {because}" if because else "")
    return Draft(PostMortemState(state, by, because), words)


class LineChosen(Body, frozen=True, tag="post-mortem-line"):
    """A line of the log is picked or pinned for the post-mortem's timeline, left out, or worded differently there.

    The log itself does not change. Empty `words` are those of the log; `how` is one of CHOICES.
    """

    allowed_when_closed = True
    timeline_name = "section"

    target: str
    how: str = ""
    words: str = ""

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        if self.how not in CHOICES:
            return f"a line can't be {self.how!r}; it is picked, pinned or left out"
        return _refusal(incident)

    def log_lines(self, entry: Entry, at: int, text: str, playbook: Playbook) -> list[tuple[int, str, str]]:
        return []


def choose_line(entry: Entry, how: str, words: str = "") -> Draft:
    """Pick or pin a line of the log for the post-mortem's timeline, leave it out, or give it other words there."""
    words = words.strip()
    text = f"{how or 'as before'}: {clean_line(entry.text)}" + (f" → {clean_line(words)}" if words else "")
    return Draft(LineChosen(entry.key, how, words), text)


def chosen_lines(incident: BaseIncident) -> dict[str, LineChosen]:
    """The last choice about each line of the log, by its key."""
    return {logged.body.target: logged.body for logged in incident.all(LineChosen)}


def versions(incident: BaseIncident, section: str) -> tuple[Logged[SectionWritten], ...]:
    """Every version of a section, in order."""
    return tuple(logged for logged in incident.all(SectionWritten) if logged.body.section == section)


def heads(incident: BaseIncident) -> dict[str, tuple[Logged[SectionWritten], ...]]:
    """The versions of each section that no later version follows: more than one if people wrote side by side."""
    found: dict[str, dict[str, Logged[SectionWritten]]] = {}
    for logged in incident.all(SectionWritten):
        open_ends = found.setdefault(logged.body.section, {})
        for key in logged.body.parents:
            open_ends.pop(key, None)
        open_ends[logged.key] = logged
    return {section: tuple(ends.values()) for section, ends in found.items()}
