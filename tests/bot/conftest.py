"""A clean environment, an empty folder to stand in, and log settings that end with the test."""

import logging
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.environment import load_settings
from bot.logs import _REPEATING, _TALKATIVE
from bot.settings import Settings
from bot.start_problems import SettingsProblem

GOOD = {
    "TELEGRAM_TOKEN": "123456789:AAf4keTokenOfNobodyAtAll_0123456789",
    "EXCHANGE_API_KEY": "keyOfNobody0123456789",
    "EXCHANGE_API_SECRET": "secretOfNobody0123456789",
}

Load = Callable[..., Settings]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder and an environment without settings."""
    for name in list(os.environ):
        if name.upper().startswith(("TELEGRAM", "ALLOWED", "EXCHANGE", "ACCOUNTS", "LOG_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Load:
    """Loads the settings of an environment that is good but for what is given; None leaves one out."""

    def load_with(**changes: str | None) -> Settings:
        for name, value in {**GOOD, **changes}.items():
            if value is not None:
                monkeypatch.setenv(name, value)
        return load_settings()

    return load_with


@pytest.fixture
def faults(load: Load) -> Callable[..., tuple[str, ...]]:
    """The sentences that such an environment is refused with."""

    def faults_with(**changes: str | None) -> tuple[str, ...]:
        with pytest.raises(SettingsProblem) as refused:
            load(**changes)
        return refused.value.sentences

    return faults_with


@pytest.fixture
def fresh_logging() -> Iterator[None]:
    """Puts the process's log settings back after the test."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    hooks = sys.excepthook, threading.excepthook
    yield
    root.handlers = handlers
    root.setLevel(level)
    sys.excepthook, threading.excepthook = hooks
    logging.captureWarnings(False)
    for name in (*_TALKATIVE, *_REPEATING):
        logging.getLogger(name).setLevel(logging.NOTSET)
