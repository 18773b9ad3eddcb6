"""An asset as people write it."""


def asset_of(word: str) -> str:
    """Exchanges write assets in capitals; letters without case stay as they are."""
    return word.upper()
