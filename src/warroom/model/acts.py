"""Everything a person can do to an incident, each as a draft: `acts.log.note(…)`, `acts.roles.assign(…)`.

The functions are defined in `model/kinds/`; this module only gives callers one place to import them from.
"""

from __future__ import annotations

from warroom.model.kinds import action_items as action_items
from warroom.model.kinds import advice as advice
from warroom.model.kinds import corrections as corrections
from warroom.model.kinds import decisions as decisions
from warroom.model.kinds import escalation as escalation
from warroom.model.kinds import facts as facts
from warroom.model.kinds import imports as imports
from warroom.model.kinds import items as items
from warroom.model.kinds import lifecycle as lifecycle
from warroom.model.kinds import links as links
from warroom.model.kinds import log as log
from warroom.model.kinds import messages as messages
from warroom.model.kinds import milestones as milestones
from warroom.model.kinds import pins as pins
from warroom.model.kinds import post_mortem as post_mortem
from warroom.model.kinds import recovery as recovery
from warroom.model.kinds import roles as roles
from warroom.model.kinds import severity as severity
from warroom.model.kinds import stages as stages
from warroom.model.kinds import timers as timers
from warroom.model.kinds import times as times
