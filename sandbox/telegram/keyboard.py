"""Inline keyboards: what Telegram accepts, and the buttons people see."""

import json
from collections.abc import Iterator

from sandbox.telegram.errors import ApiError, bad_request
from sandbox.telegram.model import Button

Markup = dict[str, object]

MOST_BUTTONS = 100
MOST_DATA_BYTES = 64


def parse_markup(source: str | None) -> Markup | None:
    """A checked reply_markup; None if there is none or an inline keyboard without buttons."""
    if not source:
        return None
    markup = _decoded(source)
    if "inline_keyboard" not in markup:
        return markup
    rows = buttons_of(markup)
    if sum(len(row) for row in rows) > MOST_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check(button)
    return markup if any(rows) else None


def buttons_of(markup: Markup | None) -> list[list[Button]]:
    """The rows of an inline keyboard; none for any other markup."""
    rows = (markup or {}).get("inline_keyboard", [])
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" must be of type Array of Arrays')
    return [list(_row(row)) for row in rows]


def _row(row: list[object]) -> Iterator[Button]:
    for item in row:
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            raise _unparsable('Can\'t find field "text"')
        yield Button(item["text"], item.get("callback_data"), item.get("url"))


def _check(button: Button) -> None:
    if not button.text.strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.url is not None:
        _check_url(button.url)
    elif not button.data:
        raise _unparsable("Text buttons are unallowed in the inline keyboard")
    elif len(button.data.encode()) > MOST_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")


def _check_url(url: str) -> None:
    if not url.startswith(("http://", "https://", "tg://")):
        raise bad_request(
            f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol"
        )


def _decoded(source: str) -> Markup:
    try:
        markup = json.loads(source)
    except ValueError:
        raise bad_request("can't parse reply keyboard markup JSON object") from None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    return markup


def _unparsable(detail: str) -> ApiError:
    return bad_request(f"can't parse inline keyboard button: {detail}")
