"""Everything a person can do to an incident, each as the draft of an entry, under the one name that callers know."""

from __future__ import annotations

from warroom.model.kinds.advice import dismiss as dismiss
from warroom.model.kinds.corrections import amend as amend
from warroom.model.kinds.corrections import retract as retract
from warroom.model.kinds.decisions import add_context as add_context
from warroom.model.kinds.decisions import decision as decision
from warroom.model.kinds.decisions import rule_on as rule_on
from warroom.model.kinds.escalation import answer_trigger as answer_trigger
from warroom.model.kinds.escalation import decline_escalation as decline_escalation
from warroom.model.kinds.escalation import skip_commander as skip_commander
from warroom.model.kinds.escalation import tell_commander as tell_commander
from warroom.model.kinds.facts import fact as fact
from warroom.model.kinds.items import answer_item as answer_item
from warroom.model.kinds.items import tick as tick
from warroom.model.kinds.lifecycle import close as close
from warroom.model.kinds.lifecycle import declare as declare
from warroom.model.kinds.lifecycle import reopen as reopen
from warroom.model.kinds.lifecycle import resolve as resolve
from warroom.model.kinds.lifecycle import retitle as retitle
from warroom.model.kinds.lifecycle import set_severity as set_severity
from warroom.model.kinds.lifecycle import set_stage as set_stage
from warroom.model.kinds.log import action as action
from warroom.model.kinds.log import note as note
from warroom.model.kinds.messages import send as send
from warroom.model.kinds.roles import assign as assign
from warroom.model.kinds.roles import step_back as step_back
from warroom.model.kinds.timers import finish_timer as finish_timer
from warroom.model.kinds.timers import snooze as snooze
from warroom.model.kinds.timers import start_timer as start_timer
