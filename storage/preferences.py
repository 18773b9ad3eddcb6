"""What each chat has chosen."""

from datetime import time

from dust.money import Money
from dust.preferences import ChatSettings, Period, ReportSchedule
from storage.codec import from_json
from storage.db import Database, Row
from storage.rows import amount_in, amount_out, maybe_time_in, maybe_time_out, span_in, span_out

_GET = """
SELECT *, (SELECT json_group_array(asset) FROM protected_token AS token
           WHERE token.chat_id = chat_settings.chat_id) AS protected
FROM chat_settings WHERE chat_id = ?
"""

_SAVE = """
INSERT INTO chat_settings (chat_id, currency, threshold, threshold_currency, alert_cooldown,
    report_period, report_at, report_day, zone, silent, snoozed_until, ceiling, ceiling_currency)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
ON CONFLICT (chat_id) DO UPDATE SET currency = ?2, threshold = ?3, threshold_currency = ?4,
    alert_cooldown = ?5, report_period = ?6, report_at = ?7, report_day = ?8, zone = ?9,
    silent = ?10, snoozed_until = ?11, ceiling = ?12, ceiling_currency = ?13
"""


class SqlitePreferences:
    """`dust.ports.Preferences`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat_id: int) -> ChatSettings:
        """The chat's settings; defaults where it has chosen nothing."""
        row = await self._database.one(_GET, chat_id)
        return ChatSettings(chat_id) if row is None else _settings(row)

    async def save(self, settings: ChatSettings) -> None:
        """Remembers them, protected tokens included."""
        chat_id = settings.chat_id
        async with self._database.transaction() as transaction:
            await transaction.run(_SAVE, chat_id, *_columns(settings))
            await transaction.run("DELETE FROM protected_token WHERE chat_id = ?", chat_id)
            for asset in settings.protected:
                await transaction.run("INSERT INTO protected_token VALUES (?, ?)", chat_id, asset)


def _columns(settings: ChatSettings) -> tuple[str | int | None, ...]:
    report, ceiling = settings.report, settings.ceiling
    return (
        settings.currency,
        amount_out(settings.threshold.amount),
        settings.threshold.currency,
        span_out(settings.alert_cooldown),
        report.period if report else None,
        report.at.isoformat() if report else None,
        report.day if report else None,
        settings.zone,
        settings.silent,
        maybe_time_out(settings.snoozed_until),
        amount_out(ceiling.amount) if ceiling else None,
        ceiling.currency if ceiling else None,
    )


def _settings(row: Row) -> ChatSettings:
    return ChatSettings(
        chat_id=row["chat_id"],
        currency=row["currency"],
        threshold=Money(amount_in(row["threshold"]), row["threshold_currency"]),
        ceiling=_ceiling(row),
        alert_cooldown=span_in(row["alert_cooldown"]),
        report=_schedule(row),
        zone=row["zone"],
        silent=bool(row["silent"]),
        snoozed_until=maybe_time_in(row["snoozed_until"]),
        protected=from_json(frozenset[str], row["protected"]),
    )


def _ceiling(row: Row) -> Money | None:
    if row["ceiling"] is None:
        return None
    return Money(amount_in(row["ceiling"]), row["ceiling_currency"])


def _schedule(row: Row) -> ReportSchedule | None:
    if row["report_period"] is None:
        return None
    at = time.fromisoformat(row["report_at"])
    return ReportSchedule(Period(row["report_period"]), at, row["report_day"])
