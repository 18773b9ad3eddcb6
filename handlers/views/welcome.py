"""Greetings, help, and what a stranger hears."""

from collections.abc import Sequence

from handlers.screens import Screen
from handlers.texts import Texts
from handlers.views.format import esc

#: What can be typed in place of buttons.
_EXAMPLES = (
    "/dust ADA",
    "/dust all",
    "/convert ADA TRX",
    "/convert all",
    "/convert all to USDC",
    "/swap ADA 10 USDT",
    "/sell ADA 10 USDC",
    "/settings threshold 5",
    "/settings protect BTC",
)


def render_help(commands: Sequence[tuple[str, str]], t: Texts, *, welcome: bool = False) -> Screen:
    """Every command with what it does; `welcome` greets first."""
    head = t.gettext(
        "👋 <b>Dustpan</b> watches your spot wallet for balances too small to sell, tells you when they "
        "add up, and converts them when you say so."
    )
    intro = head if welcome else t.gettext("<b>What you can send</b>")
    lines = "\n".join(f"/{esc(name)} – {esc(text)}" for name, text in commands)
    return Screen("\n\n".join((intro, lines, _typed(t), _promise(t))))


def _typed(t: Texts) -> str:
    lines = (f"<code>{example}</code>" for example in _EXAMPLES)
    return "\n".join((t.gettext("Typing works too:"), *lines))


def _promise(t: Texts) -> str:
    return t.gettext("Nothing is converted before you tap <b>Confirm</b> or switch on /auto.")


def render_stranger(chat_id: int, t: Texts) -> Screen:
    """All that a chat learns that is not allowed."""
    text = t.gettext(
        "This bot is private. The owner must allow this chat first.\nYour chat id: <code>{id}</code>"
    )
    return Screen(text.format(id=chat_id))


def render_paired(t: Texts) -> Screen:
    """After the pairing code was right."""
    return Screen(t.gettext("🤝 Paired. This chat is the owner of the bot now."))


def render_unknown_command(t: Texts) -> Screen:
    """After a command that does not exist, or anything else than a command."""
    return Screen(t.gettext("I don't know that one. /help shows what I understand."))


def render_not_allowed(t: Texts) -> Screen:
    """To a member of a group who may look but not act."""
    return Screen(not_allowed_text(t))


def not_allowed_text(t: Texts) -> str:
    """The same as the answer to a tap."""
    return t.gettext(
        "You may look, but only the owner's people may convert or change settings here."
    )
