"""Setting the state of the post-mortem, after asking once about what is still open in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from warroom.documents.post_mortem import open_points
from warroom.model import acts
from warroom.model.kinds.post_mortem import DONE, DRAFT, REVIEW, WAIVED
from warroom.model.post_mortem import PostMortem
from warroom.screens.ask import AskScreen
from warroom.screens.post_mortem.drafts import SectionDrafts
from warroom.screens.post_mortem.remarks import Remarks
from warroom.widgets.choices import Choice

if TYPE_CHECKING:
    from warroom.screens.incident.page import IncidentPage


async def set_state(
    page: IncidentPage, view: PostMortem, drafts: SectionDrafts, remarks: Remarks, after: Callable[[], None]
) -> None:
    """Ask for the state, for who reviews it or why it is waived, and set it."""
    rows = [
        Choice(DRAFT, "Draft", "still being written", key="d"),
        Choice(REVIEW, "In review", "somebody reads it", key="r"),
        Choice(DONE, "Done", "it is complete, and its clock stops", key="x"),
        Choice(WAIVED, "Waived", "there will be none, with a reason", key="w"),
    ]
    state = await page.pick("The post-mortem is", rows, marked=view.state)
    if state is None or (state in (REVIEW, DONE) and not await remarks.confirmed(view)):
        return
    found = open_points(view, page.incident, page.workspace.rules)
    titles = [section.row.title for section in view.sections if section.row.id in drafts]
    found = [*([f"not logged yet: {', '.join(titles)}"] if titles else []), *found]
    if state == DONE and found and not await _done_all_the_same(page, found):
        return
    if state not in (REVIEW, WAIVED):
        page.act(acts.post_mortem.set_state(state), after=after)
        return
    label = "In review by" if state == REVIEW else "Waived, because"
    hint = "" if state == REVIEW else "people will ask why nothing was learned"
    answer = await page.show(AskScreen(page, f"post-mortem:{state}", label, hint=hint))
    if answer is not None:
        by, because = (answer, "") if state == REVIEW else ("", answer)
        page.act(acts.post_mortem.set_state(state, by, because), after=after)


async def _done_all_the_same(page: IncidentPage, found: list[str]) -> bool:
    words = f"{'; '.join(found)}."
    words = words[:1].upper() + words[1:]
    rows = [Choice("back", "Not yet", about=words), Choice("done", "It is done all the same", about=words)]
    return await page.pick("Something is still open in it", rows) == "done"
