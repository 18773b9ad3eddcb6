"""Texts and button data that somebody sends who looks for a way in."""

from collections.abc import Sequence
from random import Random

_OVERRIDE, _ISOLATE, _ZERO_WIDTH, _JOINER = "\u202e", "\u2066", "\u200b", "\u200d"

TEXTS: tuple[str, ...] = (
    "",
    " ",
    "\n" * 50,
    "/",
    "//",
    "/ dust",
    "/dust@",
    "/dust@dustpan_bot@dustpan_bot",
    "/" + "d" * 200,
    "/ＤＵＳＴ",
    f"/d{_ZERO_WIDTH}ust",
    f"{_ZERO_WIDTH}/dust",
    f"{_OVERRIDE}lla trevnoc/",
    f"{_ISOLATE}/convert all",
    _JOINER * 4096,
    "💣" * 2048,
    "a" * 4096,
    "&<>" * 1300,
    "<b>",
    "</b></code></pre>",
    "<a href='tg://user?id=1001'>Anna</a>",
    "&#0; &#x202e; &amp;lt;",
    "{0.__class__.__mro__} {word} {} %s %n %(x)s",
    "'; DROP TABLE conversion; --",
    "\x00\x07\x1b[2J\x7f",
    "../../etc/passwd",
    "é" * 1000 + "́" * 1000,
)

ARGUMENTS: tuple[str, ...] = (
    *TEXTS,
    "all all",
    "ALL",
    "ADA " * 1000,
    ",".join(f"T{number}" for number in range(800)),
    "threshold 1e999999999",
    "threshold -0.000000000000000000000000001",
    "threshold NaN",
    "threshold ٥",
    f"threshold {'9' * 4000}",
    f"cooldown {'9' * 4000}d",
    "cooldown 999999999999999999999d",
    "timezone ../../etc/passwd",
    "timezone /etc/localtime",
    "timezone \x00",
    f"timezone {'Europe/' * 500}",
    "timezone UTC+99999999999",
    "currency <b>EUR</b>",
    "report monthly 31 99:99",
    f"report weekly {'9' * 3000}",
    f"protect {_OVERRIDE}XRP",
    f"protect {' '.join(f'A{number}' for number in range(600))}",
    "protect <b>&amp;</b>",
    "unprotect {tokens}",
    "999999999999999999999999999d",
    "0.1h -5m",
    f"{'9' * 3000}h",
)


def command(random: Random, names: Sequence[str]) -> str:
    """A command with odd arguments, at times one for this bot by name, or for another."""
    to = random.choice(("", "", "@dustpan_bot", "@DUSTPAN_BOT", "@other_bot", "@dustpan_bot_"))
    return f"/{random.choice(names)}{to} {random.choice(ARGUMENTS)}"[:4096]


def forged(random: Random, real: Sequence[str]) -> str:
    """Data that no button of this bot holds, but that comes close to one."""
    while True:
        data = random.choice(_FORGERIES)(random, random.choice(real))
        if data not in real:
            return data


def _truncated(random: Random, data: str) -> str:
    return data[: random.randrange(len(data))]


def _longer(random: Random, data: str) -> str:
    return data + random.choice((":", ":x", "\x00", " ", _ZERO_WIDTH, "é" * 5000, ":0" * 20))


def _other_version(random: Random, data: str) -> str:
    return data[:2] + random.choice("0239٣") + data[3:]


def _other_id(random: Random, data: str) -> str:
    verb, _, _ = data.partition(":")
    value = random.choice(
        (f"{random.getrandbits(64):016x}", "main", "evil", "", "0", "%", "' OR 1")
    )
    return f"{verb}:{value}"


def _other_number(random: Random, data: str) -> str:
    head = data.rpartition(":")[0] or data
    number = random.choice(
        ("-1", "99999999999999999999", "9" * 5000, "٣", "1e3", "0x1", " 1", "1.5")
    )
    return f"{head}:{number}"


def _otherwise_written(random: Random, data: str) -> str:
    return random.choice((data.upper(), f" {data}", data[::-1], data.replace(":", ";")))


def _nothing_like_it(random: Random, data: str) -> str:
    return random.choice((*TEXTS, ":" * 64, "cs1:timezone:../../etc/passwd", "ss1:__class__"))


_FORGERIES = (
    _truncated,
    _longer,
    _other_version,
    _other_id,
    _other_number,
    _otherwise_written,
    _nothing_like_it,
)
