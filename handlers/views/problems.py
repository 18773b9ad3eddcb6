"""Why something could not be shown or done now, and the next step."""

from dust.errors import (
    CredentialsRejected,
    DustError,
    ExchangeRefused,
    RateLimited,
    UnderMaintenance,
)
from dust.model import Trouble
from dust.notices import TroubleBegan, TroubleEnded
from dust.remedy import Remedy
from dust.review import Awaiting, Cooling, Hindrance
from handlers.callbacks import CheckNow, RefreshDust, TryNow
from handlers.screens import Button, Keyboard, Screen
from handlers.texts import Texts
from handlers.views.dust import awaited_line
from handlers.views.format import esc, fmt_duration, fmt_time, fmt_until
from handlers.views.key import key_cure
from handlers.views.refusal import reading_refused_text
from handlers.views.remedy_words import command_of, done_of
from handlers.views.standing import cooldown_line


def problem_text(error: DustError, exchange: str, t: Texts) -> str:
    """A sentence and the next step for an exchange that could not be read."""
    match error:
        case RateLimited(until=until):
            text = t.gettext("{exchange} asks for a pause. I ask again from {when}.").format(
                exchange=exchange, when=fmt_until(until, t)
            )
        case UnderMaintenance():
            text = t.gettext("{exchange} is under maintenance. Try again later.")
        case CredentialsRejected():
            text = key_cure(t)
        case ExchangeRefused():
            return "⚠️ " + reading_refused_text(error, exchange, t)
        case _:
            text = t.gettext(
                "{exchange} did not answer. Nothing was changed; try again in a moment."
            )
    return "⚠️ " + text.replace("{exchange}", exchange)


def render_problem(error: DustError, account: str, exchange: str, t: Texts) -> Screen:
    """The problem with a button to try again."""
    return Screen(
        problem_text(error, exchange, t),
        ((Button(t.gettext("Try again"), RefreshDust(account)),),),
    )


def render_problem_with(error: DustError, exchange: str, keyboard: Keyboard, t: Texts) -> Screen:
    """The problem above the buttons that were there: what was begun can go on."""
    return Screen(problem_text(error, exchange, t), keyboard)


def render_obstacle(obstacle: Cooling | Awaiting, account: str, t: Texts) -> Screen:
    """What keeps the account from converting."""
    if isinstance(obstacle, Awaiting):
        button = Button(t.gettext("Check now"), CheckNow(obstacle.conversion.id))
        return Screen(awaited_line(obstacle.conversion, t), ((button,),))
    text = cooldown_line(obstacle.cooldown, t)
    refresh = Button(t.gettext("Show my dust"), RefreshDust(account))
    if obstacle.cooldown.certain:
        return Screen(text, ((refresh,),))
    hint = t.gettext("That is an estimate. Trying earlier costs nothing: at worst it is refused.")
    return Screen(f"{text}\n{hint}", ((Button(t.gettext("Try now"), TryNow(account)), refresh),))


def hindrance_text(hindrance: Hindrance, t: Texts, remedy: Remedy = Remedy.DUST) -> str:
    """The answer to a tap on a review that can't be confirmed; plain text, at most 200 characters."""
    _ = t.gettext
    text = {
        Hindrance.GONE: outdated_text(t),
        Hindrance.NOT_YOURS: _("This review belongs to someone else. Send {command} for your own."),
        Hindrance.EXPIRED: _("This review has expired. Nothing was sent: send {command} again."),
        Hindrance.CANCELLED: _("This review was cancelled. Send {command} for a new one."),
        Hindrance.ALREADY: _("This was already confirmed. It is {done} only once."),
    }[hindrance]
    return text.format(command=command_of(remedy), done=done_of(remedy, t))


def outdated_text(t: Texts) -> str:
    """The answer to a button that this version did not make or no longer knows."""
    return t.gettext("This button is out of date, send /dust")


def render_failure(reference: str, t: Texts) -> Screen:
    """Something that nobody expected; the log has it under the same reference."""
    text = t.gettext(
        "⚠️ Something went wrong on my side (reference {reference}). Nothing is sent twice because "
        "of it; /history shows what was converted."
    )
    return Screen(text.format(reference=esc(reference)))


def render_trouble(notice: TroubleBegan, exchange: str, t: Texts) -> Screen:
    """One line when an account can't be watched."""
    since = fmt_time(notice.since, t)
    text = {
        Trouble.UNREACHABLE: t.gettext(
            "⚠️ {exchange} can't be reached since {since}. I keep trying and will tell you when it is back."
        ),
        Trouble.MAINTENANCE: t.gettext(
            "🛠 {exchange} is under maintenance since {since}. I will tell you when it is back."
        ),
        Trouble.RATE_LIMITED: t.gettext("⏸ {exchange} asked for a pause at {since}."),
        Trouble.KEY_REJECTED: "🔑 " + key_cure(t),
        Trouble.REFUSED: t.gettext("⚠️ {exchange} refuses to show the wallet since {since}."),
    }[notice.trouble]
    if notice.until is not None:
        text += " " + t.gettext("I ask again from {when}.").format(when=fmt_until(notice.until, t))
    return Screen(text.format(exchange=exchange, since=since))


def render_trouble_ended(notice: TroubleEnded, exchange: str, t: Texts) -> Screen:
    """One line when it is watched again."""
    if notice.trouble is Trouble.KEY_REJECTED:
        text = t.gettext("✅ {exchange} accepts the API key again. I am watching.")
    else:
        text = t.gettext("✅ {exchange} is back after {duration}. I am watching again.")
    return Screen(text.format(exchange=exchange, duration=fmt_duration(t.now - notice.since)))
