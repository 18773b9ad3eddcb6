"""The text of a message as the sending and editing methods take it."""

from sandbox.telegram.errors import bad_request
from sandbox.telegram.html import RichText, parse_html, plain
from sandbox.telegram.params import Params

MOST_TEXT = 4096
MOST_CAPTION = 1024


def read_text(params: Params, field: str) -> RichText:
    """The text with its formatting; ApiError 400 if it can't be parsed."""
    source = params.text(field)
    mode = params.text("parse_mode").lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    if mode == "html":
        return parse_html(source)
    return _with_entities(plain(source), params)


def _with_entities(rich: RichText, params: Params) -> RichText:
    given = params.json("entities")
    return RichText(rich.text, tuple(given)) if isinstance(given, list) else rich
