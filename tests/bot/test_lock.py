"""A second process on the same database stops."""

import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.lock import only_instance
from bot.start_problems import AlreadyRunning, SettingsProblem

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from bot.lock import only_instance
with only_instance(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(database: Path) -> Iterator["subprocess.Popen[str]"]:
    """A process that holds the lock until its input ends or it is killed."""
    command = [sys.executable, "-c", HOLD, str(database)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT) as other:  # noqa: S603
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield other
        finally:
            other.kill()


def test_a_second_process_is_told_that_one_runs(folder: Path) -> None:
    database = folder / "data" / "dustpan.sqlite3"
    with (
        another_process(database),
        pytest.raises(AlreadyRunning) as refused,
        only_instance(database),
    ):
        pass
    assert f"already running with {database}" in refused.value.sentences[0]


def test_another_way_to_the_same_database_meets_the_same_lock(folder: Path) -> None:
    (folder / "link").symlink_to(folder)
    with (
        only_instance(folder / "db"),
        pytest.raises(AlreadyRunning),
        only_instance(Path("link/db")),
    ):
        pass


def test_another_database_may_run_beside(folder: Path) -> None:
    with another_process(folder / "one"), only_instance(folder / "two"):
        pass


def test_a_killed_process_leaves_no_lock(folder: Path) -> None:
    database = folder / "dustpan.sqlite3"
    with another_process(database) as other:
        other.kill()
        other.wait(timeout=20)
        with only_instance(database):
            pass


def test_the_lock_is_free_after_an_end_with_an_error(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_instance(folder / "db"):
        raise ZeroDivisionError
    with only_instance(folder / "db"):
        pass


def test_only_the_owner_can_open_lock_and_folder(folder: Path) -> None:
    with only_instance(folder / "data" / "db"):
        assert stat.S_IMODE((folder / "data").stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "data" / "db.lock").stat().st_mode) == 0o600


def test_a_place_that_can_not_be_written_is_a_sentence(folder: Path) -> None:
    (folder / "file").touch()
    with (
        pytest.raises(SettingsProblem, match="DATABASE_PATH names"),
        only_instance(folder / "file" / "db"),
    ):
        pass
