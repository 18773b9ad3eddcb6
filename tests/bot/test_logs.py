"""What reaches stderr, and what never does."""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Callable
from typing import Any, Literal
from urllib.parse import quote

import httpx
import pytest

from bot.logs import configure_logs

pytestmark = pytest.mark.usefixtures("fresh_logging")

Kind = Literal["text", "json"]
KINDS: tuple[Kind, ...] = ("text", "json")

TOKEN = "123456789:AAf4keTokenOfNobodyAtAll_0123456789"
PASSWORD = 'xQ"zJ/W\\rK é'
PEM = (
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIMadeUpForThisTestOnlyAndOfNoUseAtAll0123456\n"
    "-----END PRIVATE KEY-----"
)
BODY = PEM.splitlines()[1]
SECRETS = (TOKEN, "keyOfNobody", "keyOfNobodyAndMore", PASSWORD, PEM)

log = logging.getLogger("bot.test")

Capture = pytest.CaptureFixture[str]


def lines_of(capsys: Capture) -> str:
    return capsys.readouterr().err


def say_in_message() -> None:
    log.error("the secrets are " + " ".join(SECRETS))  # noqa: G003


def say_in_arguments() -> None:
    log.error("the secrets are %s %r", SECRETS[0], list(SECRETS))


def say_in_traceback() -> None:
    try:
        raise RuntimeError(" ".join(SECRETS)) from ValueError(repr(SECRETS[1:]))
    except RuntimeError:
        log.exception("failed")


def say_in_url() -> None:
    log.error(
        "GET https://host/x?%s", "&".join(f"s={quote(secret, safe='')}" for secret in SECRETS)
    )


def say_in_pieces_of_a_key() -> None:
    log.error("%s", PEM.splitlines())


def say_in_stack() -> None:
    log.error("%s", PEM.replace("\n", "\\n"), stack_info=True)


def say_in_warning() -> None:
    warnings.warn(f"careful with {TOKEN} {BODY}", RuntimeWarning, stacklevel=1)


def say_in_wrong_arguments() -> None:
    log.error("%d secrets", TOKEN)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "say",
    [
        say_in_message,
        say_in_arguments,
        say_in_traceback,
        say_in_url,
        say_in_pieces_of_a_key,
        say_in_stack,
        say_in_warning,
        say_in_wrong_arguments,
    ],
)
@pytest.mark.filterwarnings("always::RuntimeWarning")
def test_no_secret_reaches_the_log(say: Callable[[], None], kind: Kind, capsys: Capture) -> None:
    configure_logs("DEBUG", kind, SECRETS)
    say()
    written = lines_of(capsys)
    assert written
    leaks = ("AAf4keToken", "keyOfNobody", "AndMore", BODY, "xQ", "zJ", "rK")
    assert [leak for leak in leaks if leak in written] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "text",
    [
        "POST https://api.telegram.org/bot987654:Unknown-Token_Word/sendMessage",
        "POST https://api.telegram.org/bot987654%3AUnknown-Token_Word/sendMessage",
        "timestamp=1&signature=UnknownSign%2Fature%3D&x=1",
        "{'signature': 'Unknown/Sign='}",
        '{"signature": "Unknown/Sign="}',
        "key -----BEGIN RSA PRIVATE KEY-----\nUnknown\n-----END RSA PRIVATE KEY----- end",
        "key -----BEGIN EC PRIVATE KEY-----\nUnknown",
    ],
)
def test_what_looks_like_a_secret_is_taken_out_without_being_known(
    text: str, kind: Kind, capsys: Capture
) -> None:
    configure_logs("INFO", kind, ())
    log.info("before %s", text)
    written = lines_of(capsys)
    assert "before" in written
    assert "[redacted]" in written
    assert "Unknown" not in written


async def test_requests_are_told_at_debug_only_and_without_the_token(capsys: Capture) -> None:
    async def get() -> str:
        transport = httpx.MockTransport(lambda _: httpx.Response(200))
        async with httpx.AsyncClient(transport=transport) as client:
            await client.get(f"https://api.telegram.org/bot{TOKEN}/getMe")
        return lines_of(capsys)

    configure_logs("INFO", "text", ())
    assert await get() == ""
    configure_logs("DEBUG", "text", ())
    written = await get()
    assert "/getMe" in written
    assert TOKEN not in written


def test_a_text_line_has_time_level_place_and_message(capsys: Capture) -> None:
    configure_logs("INFO", "text", ())
    log.info("looked at %s", "main")
    log.debug("not told")
    time, _, rest = lines_of(capsys).partition(" ")
    assert time.endswith("Z")
    assert rest == "INFO bot.test: looked at main\n"


def test_a_json_line_is_one_object_whatever_happened(capsys: Capture) -> None:
    configure_logs("WARNING", "json", ("two\nlines",))
    try:
        raise KeyError("two\nlines")
    except KeyError:
        log.exception("first\nsecond “third”")
    (line,) = lines_of(capsys).splitlines()
    fields: dict[str, Any] = json.loads(line)
    assert fields["level"] == "ERROR"
    assert fields["logger"] == "bot.test"
    assert fields["message"] == "first\nsecond “third”"
    assert fields["exception"].startswith("Traceback")
    assert "KeyError" in fields["exception"]


@pytest.mark.parametrize("level", ["ERROR", "WARNING"])
def test_quiet_libraries_are_no_louder_than_the_rest(level: str, capsys: Capture) -> None:
    configure_logs(level, "text", ())
    logging.getLogger("httpx").info("not told")
    logging.getLogger("httpx").warning("told at WARNING")
    assert ("told at WARNING" in (written := lines_of(capsys))) == (level == "WARNING")
    assert "not told" not in written


def test_what_a_library_also_raises_is_not_logged_twice(capsys: Capture) -> None:
    configure_logs("INFO", "text", ())
    logging.getLogger("telegram.ext.AIORateLimiter").error("not told")
    logging.getLogger("telegram.ext.Application").error("told")
    written = lines_of(capsys)
    assert "not told" not in written
    assert "told" in written


def test_an_uncaught_exception_is_logged_without_the_token(capsys: Capture) -> None:
    configure_logs("INFO", "text", (TOKEN,))
    problem = RuntimeError(f"the token {TOKEN} was rejected")
    sys.excepthook(RuntimeError, problem, None)
    written = lines_of(capsys)
    assert "CRITICAL" in written
    assert "the token [redacted] was rejected" in written


def test_an_uncaught_exception_of_a_thread_is_logged_without_the_token(capsys: Capture) -> None:
    configure_logs("INFO", "text", (TOKEN,))

    def fail() -> None:
        raise RuntimeError(f"the token {TOKEN} was rejected")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join(timeout=20)
    assert "the token [redacted] was rejected" in lines_of(capsys)


def test_configuring_again_writes_each_line_once(capsys: Capture) -> None:
    configure_logs("INFO", "text", ())
    configure_logs("INFO", "text", ())
    log.info("once")
    assert lines_of(capsys).count("once") == 1
