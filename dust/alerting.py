"""When a chat is told that its dust has added up."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

#: An alert is armed again when the worth has fallen below this share of the alert threshold.
REARM_SHARE = Decimal("0.8")


@dataclass(frozen=True, slots=True)
class AlertState:
    """What is remembered of one chat's alerts on one account."""

    account: str
    chat_id: int
    armed: bool = True
    last_alert_at: datetime | None = None


def judge(
    state: AlertState,
    *,
    worth: Decimal,
    threshold: Decimal,
    alert_cooldown: timedelta,
    snoozed_until: datetime | None,
    now: datetime,
) -> tuple[AlertState, bool]:
    """The new state, and whether to tell the chat now.

    A rise during the alert cooldown or a snooze leaves the alert armed, so that it is told when that ends,
    if the worth is still there.
    """
    if worth < threshold * REARM_SHARE:
        return replace(state, armed=True), False
    resting = state.last_alert_at is not None and now < state.last_alert_at + alert_cooldown
    snoozed = snoozed_until is not None and now < snoozed_until
    if worth < threshold or not state.armed or resting or snoozed:
        return state, False
    return replace(state, armed=False, last_alert_at=now), True
