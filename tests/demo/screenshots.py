"""`make screenshots`: the pictures of the README, taken from the running demo."""

from functools import partial
from pathlib import Path

from tests.demo.visitor import ROOT, Visitor, browsing, demo_running

PICTURES = ROOT / "docs" / "images"


def main() -> None:
    """Plays one conversion on a phone, then looks at the whole page on a desk."""
    PICTURES.mkdir(exist_ok=True)
    with demo_running() as address:
        with browsing(address, width=390, height=800, scale=2) as phone:
            _on_a_phone(phone)
        with browsing(address, dark=True) as desk:
            desk.write("/settings")
            desk.sees("Settings")
            _take(desk, "demo")


def _on_a_phone(visitor: Visitor) -> None:
    visitor.start()
    visitor.write("/dust")
    visitor.sees("You get about")
    _take(visitor, "dust")
    visitor.tap("Choose tokens")
    for token in ("DOGE", "ADA", "TRX", "LINK", "SOL", "AVAX"):
        visitor.tap(f"☐ {token}")
        visitor.until(partial(visitor.has_button, f"☑ {token}"), f"{token} was not ticked")
    visitor.tap("Review 6 tokens")
    visitor.sees("can't be undone")
    _take(visitor, "review")
    before = visitor.bnb()
    visitor.tap("✅ Confirm")
    visitor.sees("Received")
    visitor.until(lambda: visitor.bnb() != before, "the balance did not grow")
    _take(visitor, "outcome")
    visitor.write("/compare ATOM USDT")
    visitor.sees("into USDT")
    _take(visitor, "compare")
    visitor.write("/swap ATOM USDT")
    visitor.sees("This price holds")
    _take(visitor, "swap")
    visitor.write("/dust ATOM")
    visitor.sees("What would clear it")
    _take(visitor, "token")
    visitor.write("/auto")
    visitor.sees("Always spared")
    _take(visitor, "auto")


def _take(visitor: Visitor, name: str) -> None:
    path: Path = PICTURES / f"{name}.png"
    visitor.settle()
    visitor.picture(path)


if __name__ == "__main__":
    main()
