"""The stage that the incident is in, from detection to the post-mortem."""

from __future__ import annotations

from warroom.model import ids
from warroom.model.entries import BaseIncident, Body, Draft, Logged
from warroom.model.playbook import Playbook


class StageSet(Body, frozen=True, tag="stage"):
    """The user moved the incident to another stage, back only with a reason; `stage` is a stage id of the playbook."""

    stage: str
    because: str = ""

    def fold(self, incident: BaseIncident, logged: Logged[StageSet]) -> None:
        incident.enter_stage(self.stage, logged.at)

    def refusal(self, incident: BaseIncident, draft: Draft, playbook: Playbook, now: int) -> str | None:
        order = [row.id for row in playbook.stages]
        if self.stage not in order:
            return f"there is no stage {self.stage!r}; the stages are {', '.join(order)}"
        after_the_fix = order.index(self.stage) >= order.index(ids.STAGE_RECOVERY)
        if incident.state == "open" and after_the_fix:
            return "it is not resolved yet; resolve it before it moves on to recovery or the post-mortem"
        if incident.state == "resolved" and order.index(self.stage) < order.index(ids.STAGE_RESOLUTION):
            return "it is resolved; if it came back, reopen it with a reason"
        if goes_back(playbook, incident.stage, self.stage) and not self.because.strip():
            return "moving back to an earlier stage needs a reason, because people saw it move on"
        return None


def goes_back(playbook: Playbook, before: str, stage: str) -> bool:
    """Whether a stage comes before another one in the playbook."""
    order = [row.id for row in playbook.stages]
    return before in order and stage in order and order.index(stage) < order.index(before)


def set_stage(playbook: Playbook, stage: str, because: str = "", at: int | None = None) -> Draft:
    """Move the incident to another stage, back only with a reason; `at` is since when (ms UTC), if that is not now."""
    row, because = playbook.stage(stage), because.strip()
    text = f"Stage: {row.name if row else stage}" + (f" – {because}" if because else "")
    return Draft(StageSet(stage, because), text, at)
