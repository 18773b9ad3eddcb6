"""Pages: what is on one, and the row of buttons that leads to the others."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from handlers.callbacks import Tap
from handlers.screens import Button

T = TypeVar("T")


def page_count(items: int, size: int) -> int:
    """How many pages; an empty list has one."""
    return max(1, -(-items // size))


def page_of(items: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int]:
    """The items of a page and its number, which is brought into range: lists shrink."""
    page = min(max(page, 0), page_count(len(items), size) - 1)
    return items[page * size : (page + 1) * size], page


def paging_row(page: int, pages: int, turn: Callable[[int], Tap]) -> tuple[Button, ...]:
    """`‹ 1/3 ›`, going round at the ends; nothing for a single page."""
    if pages < 2:
        return ()
    return (
        Button("‹", turn((page - 1) % pages)),
        Button(f"{page + 1}/{pages}", turn(page)),
        Button("›", turn((page + 1) % pages)),
    )
