"""The ids of the playbook that the code refers to; all other ids are known to the playbook only."""

from __future__ import annotations

from typing import Final

ROLE_COMMANDER: Final = "ic"
ROLE_ON_CALL: Final = "on-call"
ROLE_EXPERT: Final = "expert"

MESSAGE_INITIAL: Final = "initial"
MESSAGE_UPDATE: Final = "update"
MESSAGE_CUSTOMER: Final = "customer"
MESSAGE_RESOLUTION: Final = "resolution"
MESSAGE_ESCALATION: Final = "escalation"

CLOCK_ACKNOWLEDGEMENT: Final = "acknowledgement"
CLOCK_CUSTOMER: Final = "customer"
CLOCK_UPDATE: Final = "update"
CLOCK_PHASE: Final = "phase"
CLOCK_RESOLUTION: Final = "resolution"
CLOCK_EVENT: Final = "event"
"""The clock of a scheduled event, in addition to the playbook's five."""
CLOCK_POST_MORTEM: Final = "post-mortem"
CLOCK_RECOVERY: Final = "recovery:"
"""What is due after the fix has clocks of its own; those of recovery are this prefix and the horizon's number."""

FACT_SYSTEM: Final = "system"
FACT_EVENT: Final = "event"
FACT_ETA: Final = "eta"
FACT_REVENUE: Final = "revenue_per_hour"
FACT_RUNBOOK: Final = "runbook"
FACT_CUSTOMERS: Final = "customers"
FACT_TICKETS: Final = "tickets"
FACT_BREACH: Final = "breach"
FACT_DATA_LOSS: Final = "data_loss"

STAGE_DETECTION: Final = "detection"
STAGE_TRIAGE: Final = "triage"
STAGE_RESPONSE: Final = "response"
STAGE_RESOLUTION: Final = "resolution"
STAGE_RECOVERY: Final = "recovery"
STAGE_POST_MORTEM: Final = "post-mortem"

TRIGGER_SEV1: Final = "sev1"
TRIGGER_OVER_2H: Final = "over_2h"
TRIGGER_BREACH: Final = "breach"
TRIGGER_MAJOR_CUSTOMERS: Final = "major_customers"

ACTION_UPDATE: Final = "update"
"""The action that opens a message."""
ACTION_CLOSE: Final = "close"
"""The action that resolves an incident, closes a resolved one and reopens a closed one."""
ACTION_SWITCH: Final = "switch"
"""The action that opens another incident."""

RULE_OVERDUE: Final = "overdue"
RULE_ACKNOWLEDGE: Final = "acknowledge"
RULE_UPDATE_SOON: Final = "update_soon"
RULE_OWN_CLOCK: Final = "own_clock"
RULE_RESOLUTION_NOTICE: Final = "resolution_notice"
RULE_PHASE_ITEM: Final = "phase_item"
RULE_CUSTOMER_NOTICE: Final = "customer_notice"
RULE_ESCALATION_MESSAGE: Final = "escalation_message"
RULE_NEEDED_FACT: Final = "needed_fact"
RULE_TRIGGER: Final = "trigger"
RULE_NO_COMMANDER: Final = "no_commander"
RULE_CUSTOMER: Final = "customer"
RULE_CARE: Final = "care"
RULE_RECOVERY: Final = "recovery"
RULE_POST_MORTEM: Final = "post_mortem"
RULE_ACTION_ITEM: Final = "action_item"
RULE_CLOSE: Final = "close"
RULE_STAND_BY: Final = "stand_by"
"""The rules of the NOW line; the last one applies when no other does."""

MISTAKE_SILENT: Final = "silent"
MISTAKE_EMOTIONAL: Final = "emotional"
MISTAKE_POST_MORTEM: Final = "post-mortem"

REGISTER_PEOPLE: Final = "people"
REGISTER_READINESS: Final = "readiness"
REGISTERS: Final = (REGISTER_PEOPLE, REGISTER_READINESS)
"""What is kept between incidents is entries too: these stand where others have their incident's reference.

An incident's reference is made of other letters and digits, so none is ever called so.
"""
