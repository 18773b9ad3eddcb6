"""What can go wrong with a request, as values to choose from."""

from datetime import timedelta

from sandbox.binance.errors import BinanceError
from sandbox.binance.reply import Reply, json_reply
from tests.property.wire import End, Strike, Work


def _error(code: int, status: int = 400, **headers: str) -> Reply:
    return json_reply(BinanceError(code, "made up").body(), status, headers)


_HTML = Reply(200, b"<html><body>Access denied</body></html>", "text/html")
_PAUSE = Reply(429, b'{"code":-1003,"msg":"Too many"}', headers={"Retry-After": "60"})
_BAN = Reply(418, b'{"code":-1003,"msg":"Banned"}', headers={"Retry-After": "300"})
_MAINTENANCE = _error(1, 503)

#: Within the time that the reconciler leaves a request to arrive and be carried out.
_DELAYS = tuple(timedelta(seconds=seconds) for seconds in (1, 20, 55, 85))

#: Answers that say nothing about whether the exchange has converted.
_VOID = (
    _error(-1007, 504),
    _error(-1006),
    Reply(500, b""),
    Reply(502, b"<html>Bad gateway</html>", "text/html"),
    Reply(200, b""),
    Reply(200, b"{}"),
    Reply(200, b'{"transferResult":[{"amount":"2'),
    _HTML,
)

#: Answers that are only given when nothing was converted.
_REFUSALS = (_error(-5002), _error(-1021), _error(-2015, 401), _PAUSE, _BAN, _MAINTENANCE)

#: How a request to convert can go wrong.
CONVERT = (
    *(Strike(work, End.LOST) for work in (Work.NOW, Work.NEVER)),
    *(Strike(Work.LATE, End.LOST, delay=delay) for delay in _DELAYS),
    *(Strike(work, reply=reply) for work in (Work.NOW, Work.NEVER) for reply in _VOID),
    *(Strike(Work.LATE, reply=_VOID[0], delay=delay) for delay in _DELAYS),
    *(Strike(Work.NEVER, reply=reply) for reply in _REFUSALS),
)

#: How a request is left alone until the process dies.
HANG = (
    Strike(Work.NOW, End.HUNG),
    Strike(Work.NEVER, End.HUNG),
    *(Strike(Work.LATE, End.HUNG, delay=delay) for delay in _DELAYS),
)

#: How a reading can go wrong.
READ = (
    Strike(Work.NEVER, End.LOST),
    *(Strike(Work.NEVER, reply=reply) for reply in (Reply(500, b""), _PAUSE, _MAINTENANCE)),
)
