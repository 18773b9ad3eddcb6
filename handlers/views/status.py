"""How an account is watched: the last and the next look, its key, its pause, what is awaited."""

from dataclasses import dataclass

from dust.key_health import KeyHealth
from dust.model import AccountWatch, Trouble
from dust.preferences import ChatSettings
from dust.review import Standing
from handlers.callbacks import CheckAccount, RefreshStatus
from handlers.screens import Button, Screen
from handlers.texts import Texts
from handlers.views.dust import awaited_line
from handlers.views.format import fmt_duration, fmt_time, fmt_until
from handlers.views.key import key_cure, warning_lines
from handlers.views.standing import cooldown_line


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """Everything that is stored of an account's health."""

    watch: AccountWatch
    key: KeyHealth
    standing: Standing


def render_status(
    status: AccountStatus, settings: ChatSettings, exchange: str, t: Texts, *, may_act: bool
) -> Screen:
    """A few short lines; `Check now` only for people who may act."""
    lines = [
        f"<b>{exchange}</b>",
        _watch_line(status.watch, exchange, t),
        _looks_line(status.watch, t),
        *_key_lines(status, t),
        *_conversion_lines(status.standing, t),
        *_chat_lines(settings, t),
    ]
    account = status.watch.account
    buttons = [Button(t.gettext("Refresh"), RefreshStatus(account))]
    if may_act:
        buttons.append(Button(t.gettext("Check now"), CheckAccount(account)))
    return Screen("\n".join(lines), (tuple(buttons),))


def _watch_line(watch: AccountWatch, exchange: str, t: Texts) -> str:
    _ = t.gettext
    if watch.trouble is None:
        if watch.failures:
            return _("🟡 The last look brought no answer.")
        return _("🟢 Watching.")
    text = {
        Trouble.UNREACHABLE: _("🔴 Can't be reached since {since}."),
        Trouble.MAINTENANCE: _("🔴 Under maintenance since {since}."),
        Trouble.RATE_LIMITED: _("🔴 Has asked for a pause, since {since}."),
        Trouble.KEY_REJECTED: _("🔴 Not watching since {since}.") + " " + key_cure(t),
        Trouble.REFUSED: _("🔴 Refuses to show the wallet since {since}."),
    }[watch.trouble]
    since = (
        _("an unknown time") if watch.trouble_since is None else fmt_time(watch.trouble_since, t)
    )
    return text.format(since=since, exchange=exchange)


def _looks_line(watch: AccountWatch, t: Texts) -> str:
    if watch.checked_at is None:
        last = t.gettext("👁 No successful look yet,")
    else:
        last = t.gettext("👁 Last successful look {time} ({duration} ago),").format(
            time=fmt_time(watch.checked_at, t), duration=fmt_duration(t.now - watch.checked_at)
        )
    if watch.next_check_at is None or watch.next_check_at <= t.now:
        return last + " " + t.gettext("the next one is due now.")
    when = fmt_until(watch.next_check_at, t)
    return last + " " + t.gettext("the next one {when}.").format(when=when)


def _key_lines(status: AccountStatus, t: Texts) -> list[str]:
    key = status.key
    if key.warnings:
        return [t.gettext("🔑 The API key needs a change:"), *warning_lines(key.warnings, t)]
    if status.watch.trouble is Trouble.KEY_REJECTED:
        return []
    if key.read_at is None:
        return [t.gettext("🔑 What the API key may do is not known yet.")]
    read = fmt_time(key.read_at, t)
    return [t.gettext("🔑 The API key is fine (read {time}).").format(time=read)]


def _conversion_lines(standing: Standing, t: Texts) -> list[str]:
    lines = [] if standing.live is None else [awaited_line(standing.live, t)]
    if standing.cooldown is None:
        return [*lines, t.gettext("⏱ No conversion cooldown.")]
    return [*lines, cooldown_line(standing.cooldown, t)]


def _chat_lines(settings: ChatSettings, t: Texts) -> list[str]:
    lines = []
    if settings.snoozed_until is not None and settings.is_snoozed(t.now):
        until = fmt_until(settings.snoozed_until, t)
        lines.append(t.gettext("💤 No alerts here until {when}.").format(when=until))
    if settings.silent:
        lines.append(t.gettext("🔕 My messages here are silent."))
    return lines
