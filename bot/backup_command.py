"""`python -m bot backup PATH`: needs DATABASE_PATH and no other setting."""

from pathlib import Path

from bot.environment import load_database_path
from bot.start_problems import SettingsProblem, StartProblem
from storage.errors import StorageError
from storage.operators_copy import copy_database


async def back_up(target: Path) -> str:
    """Makes the copy and gives the sentence that says so. Raises StartProblem; then there is no copy."""
    database = load_database_path()
    if not database.is_file():
        raise SettingsProblem(
            f"DATABASE_PATH names {database}, where there is no database: start this in the folder, "
            "and with the settings, of the bot."
        )
    try:
        await copy_database(database, target)
    except FileExistsError as problem:
        raise StartProblem(
            f"{problem.filename} exists already and is never overwritten: name another file."
        ) from None
    except StorageError as error:
        raise StartProblem(f"{database} was not copied: {error}") from None
    except OSError as problem:
        raise StartProblem(
            f"{target} can't be written ({problem.strerror}): name a file in a folder of yours."
        ) from None
    return f"{database} was copied to {target}."
