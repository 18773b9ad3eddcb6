"""`make docs`: writes docs/refusals.md from the exchange's table of codes and the chat's table of words."""

from datetime import UTC, datetime
from pathlib import Path

from dust.preferences import ChatSettings
from dust.remedy import Remedy
from exchanges.binance.code_table import ROWS, Evidence, Row
from handlers.texts import texts_for
from handlers.views.explanations import Explanation, explanations

PAGE = Path(__file__).resolve().parents[1] / "docs" / "refusals.md"

_HEAD = """# What the exchange's refusals mean

Every error code of Binance's that Dustpan knows, what the chat says, and the next step. Only a code that
*proves* that nothing was executed is called a refusal, and only for the requests named: with any other the
outcome stays unknown until it has been looked up, and the chat shows the exchange's own words. A code that is
not listed here is treated so too. No code proves anything with an HTTP status of 500 or above.

How well a meaning is known: *documented* on Binance's pages, *reported* by others who met it, or *assumed*.

This page is made from `exchanges/binance/code_table.py` and `handlers/views/explanations.py` (`make docs`); a
test keeps it true.

| code | if it says | Binance's name | known | proves that nothing was done by | the chat says | next step |
|---|---|---|---|---|---|---|
"""
_REQUESTS = {
    Remedy.DUST: "a conversion of dust",
    Remedy.SWAP: "a swap",
    Remedy.SALE: "a sale",
}
_PUT_IN = {
    "token": "*the token*",
    "exchange": "Binance",
    "message": "*its words*",
    "code": "*code*",
}


def page() -> str:
    """The whole page."""
    told = explanations(texts_for(ChatSettings(0), datetime(2026, 3, 1, tzinfo=UTC)))
    return _HEAD + "".join(_line(row, told[row.kind]) for row in ROWS)


def _line(row: Row, told: Explanation) -> str:
    cells = (
        "any" if row.number is None else str(row.number),
        f"“{row.text}”" if row.text else "",
        f"`{row.name}`" if row.evidence is Evidence.DOCUMENTED else row.name,
        row.evidence.value,
        _proof(row),
        _words(told.sentence),
        _words(told.step),
    )
    return f"| {' | '.join(cells)} |\n"


def _proof(row: Row) -> str:
    if row.proves == frozenset(Remedy):
        return "any request"
    return ", ".join(words for remedy, words in _REQUESTS.items() if remedy in row.proves) or "–"


def _words(text: str) -> str:
    return text.format(**_PUT_IN).replace("&amp;", "&")


if __name__ == "__main__":
    PAGE.write_text(page())
