"""The ways in which an exchange can answer badly, or not at all."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from sandbox.binance import faults
from sandbox.binance.faults import Fault

_PAGE = "<html><body>busy</body></html>"
_EMPTY_RESULTS = ("details", "transferResult", "userAssetDribblets", "fills")


@dataclass(frozen=True, slots=True)
class BadAnswer:
    """`fault(executed)`; `ways` says whether the work may have been done, not done, or either."""

    fault: Callable[[bool], Fault]
    ways: tuple[bool, ...] = (True, False)
    hangs: bool = False


def _page(status: int) -> BadAnswer:
    return BadAnswer(lambda done: faults.answer_text(_PAGE, status, execute=done))


def _bare(status: int) -> BadAnswer:
    return BadAnswer(lambda done: faults.answer_text("", status, execute=done))


def _code(code: int, text: str, status: int) -> BadAnswer:
    return BadAnswer(lambda done: faults.refuse(code, text, status, execute=done))


def _changed(change: Callable[[Any], Any]) -> BadAnswer:
    return BadAnswer(lambda _: faults.transform(change), (True,))


def everywhere(change: Callable[[str, Any], Any], fields: Callable[[], dict[str, Any]]) -> Any:
    """A transformation of every object: `change(name, value)` for its values, `fields()` added."""

    def walk(name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(key, inner) for key, inner in value.items()} | fields()
        if isinstance(value, list):
            return [walk(name, inner) for inner in value]
        return change(name, value)

    return lambda answer: walk("", answer)


def _as_number(_: str, value: Any) -> Any:
    """`"0.00001000"` becomes the JSON number 1e-05."""
    try:
        return float(Decimal(value)) if isinstance(value, str) else value
    except InvalidOperation:
        return value


def _without_rows(answer: Any) -> Any:
    if isinstance(answer, list):
        return []
    return {key: [] if key in _EMPTY_RESULTS else value for key, value in answer.items()}


def _empty(done: bool) -> Fault:
    if done:
        return faults.transform(_without_rows)
    return faults.answer_json(dict.fromkeys(_EMPTY_RESULTS, ()))


def first_token_only(answer: dict[str, Any]) -> dict[str, Any]:
    """A list that offers only its first token."""
    return {**answer, "details": answer["details"][:1]}


def last_token_missing(answer: dict[str, Any]) -> dict[str, Any]:
    """A log whose records lack their last token."""
    groups = [
        {**group, "userAssetDribbletDetails": group["userAssetDribbletDetails"][:-1]}
        for group in answer["userAssetDribblets"]
    ]
    return {**answer, "userAssetDribblets": groups}


def last_trade_missing(answer: list[Any]) -> list[Any]:
    """A list of trades that lacks the last one."""
    return answer[:-1]


BAD_ANSWERS: dict[str, BadAnswer] = {
    "connection dropped before the work": BadAnswer(
        lambda _: faults.drop(execute=False), ways=(False,)
    ),
    "connection dropped after the work": BadAnswer(
        lambda _: faults.drop(execute=True), ways=(True,)
    ),
    "no answer until the time-out": BadAnswer(lambda done: faults.hang(execute=done), hangs=True),
    "body cut in the middle": BadAnswer(lambda _: faults.cut(), ways=(True,)),
    "200 with a page of HTML": _page(200),
    "200 with nothing": _bare(200),
    "200 with `{}`": BadAnswer(lambda done: faults.answer_json({}, execute=done)),
    "500 with a page": _page(500),
    "500 with nothing": _bare(500),
    "502 with a page": _page(502),
    "502 with nothing": _bare(502),
    "503 with a page": _page(503),
    "503 with nothing": _bare(503),
    "504 with a page": _page(504),
    "504 with nothing": _bare(504),
    "-1006 (unexpected response)": _code(-1006, "Execution status unknown.", 500),
    "-1007 (time-out of the backend)": _code(-1007, "Timeout. Execution status unknown.", 504),
    "-5010 (transfer failed)": _code(-5010, "Asset transfer fail.", 400),
    "-5012 (transfer pending)": _code(-5012, "Asset transfer is in pending.", 400),
    "success with an empty result": BadAnswer(_empty),
    "unknown fields everywhere": _changed(
        everywhere(lambda _, value: value, lambda: {"somethingNew": [{"x": None}]})
    ),
    "amounts as JSON numbers (1e-05)": _changed(everywhere(_as_number, dict)),
}

#: A success that holds only some of it means something else for each request.
ONLY_SOME = "success with only some of it"
