"""A notice of the outbox as a screen, made when it is delivered: the text is true at that moment."""

from typing import assert_never

from dust.conversion import Conversion, State
from dust.notices import (
    Addressed,
    Alert,
    AskOwner,
    AutoAnnounced,
    AutoSkipped,
    AutoStopped,
    Corrected,
    FeeTokenLow,
    Imported,
    KeyWarned,
    LeavesSoon,
    Outcome,
    PeriodReport,
    Settled,
    TroubleBegan,
    TroubleEnded,
)
from dust.ports import Cooldowns
from handlers.context import Deps
from handlers.screens import Screen
from handlers.texts import Texts, texts_for
from handlers.views.alert import render_alert
from handlers.views.auto_told import by_rule, render_announced, render_skipped, render_stopped
from handlers.views.delisting import render_leaves_soon
from handlers.views.fees import render_fee_token_low
from handlers.views.key import render_key_warned
from handlers.views.later_word import (
    render_ask_owner,
    render_corrected,
    render_imported,
    render_settled,
)
from handlers.views.outcome import render_outcome
from handlers.views.period_report import render_period_report
from handlers.views.problems import render_trouble, render_trouble_ended

_OfConversion = AutoAnnounced | Outcome | Settled | AskOwner | Corrected | Imported


class Announcer:
    """Turns notices into screens."""

    def __init__(self, deps: Deps, cooldowns: Cooldowns) -> None:
        self._deps = deps
        self._cooldowns = cooldowns

    async def screen(self, addressed: Addressed) -> Screen | None:
        """What to show; None where there is nothing left to tell."""
        notice = addressed.notice
        settings = await self._deps.preferences.get(addressed.chat_id)
        t = texts_for(settings, self._deps.clock.now())
        if isinstance(notice, AutoAnnounced | Outcome | Settled | AskOwner | Corrected | Imported):
            conversion = await self._deps.journal.get(notice.conversion_id)
            return None if conversion is None else await self._of(notice, conversion, t)
        exchange = self._deps.title(notice.account)
        match notice:
            case Alert():
                return render_alert(notice, exchange, t)
            case TroubleBegan():
                return render_trouble(notice, exchange, t)
            case TroubleEnded():
                return render_trouble_ended(notice, exchange, t)
            case KeyWarned():
                return render_key_warned(notice, exchange, t)
            case FeeTokenLow():
                return render_fee_token_low(notice, exchange, t)
            case AutoSkipped():
                return render_skipped(notice, exchange, t)
            case AutoStopped():
                refused = await self._deps.journal.get(notice.conversion_id)
                return render_stopped(notice, refused, exchange, t)
            case LeavesSoon():
                return render_leaves_soon(notice, exchange, t)
            case PeriodReport():
                summary = await self._deps.reports.summary(notice, addressed.chat_id)
                return render_period_report(summary, exchange, t)
            case _:
                assert_never(notice)

    async def _of(self, notice: _OfConversion, conversion: Conversion, t: Texts) -> Screen | None:
        exchange = self._deps.title(conversion.account)
        match notice:
            case AutoAnnounced():
                waits = conversion.state is State.QUOTED
                return render_announced(notice, conversion, exchange, t) if waits else None
            case Outcome() if await self._deps.journal.is_replaced(conversion):
                return None
            case Outcome():
                cooldown = await self._cooldowns.get(conversion.account)
                screen = render_outcome(conversion, exchange, cooldown, t)
                return by_rule(screen, t) if conversion.automatic else screen
            case Settled():
                return render_settled(conversion, exchange, t)
            case Corrected():
                return render_corrected(conversion, exchange, t)
            case Imported():
                return render_imported(conversion, exchange, t)
            case AskOwner():
                return render_ask_owner(conversion, exchange, t) if conversion.is_live else None
            case _:
                assert_never(notice)
