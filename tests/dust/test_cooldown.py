from datetime import UTC, datetime, timedelta

from dust.cooldown import ESTIMATED_LENGTH, LearnedFrom, after_conversion, after_refusal

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_after_a_success_with_nothing_learned_the_end_is_an_estimate_that_does_not_block() -> None:
    cooldown = after_conversion(None, "main", NOON, LearnedFrom.SUCCESS, NOON)
    assert cooldown.until == NOON + ESTIMATED_LENGTH
    assert cooldown.is_running(NOON)
    assert not cooldown.blocks(NOON)


def test_a_refusal_teaches_the_length_counted_from_the_last_conversion() -> None:
    success = after_conversion(None, "main", NOON, LearnedFrom.SUCCESS, NOON)
    refused = after_refusal(success, "main", HOUR, NOON + HOUR / 2)
    assert refused.until == NOON + HOUR
    assert refused.blocks(NOON + HOUR / 2)
    assert not refused.blocks(NOON + HOUR)


def test_what_was_learned_holds_for_the_next_success() -> None:
    refused = after_refusal(None, "main", HOUR, NOON)
    later = after_conversion(refused, "main", NOON + 5 * HOUR, LearnedFrom.SUCCESS, NOON + 5 * HOUR)
    assert later.until == NOON + 6 * HOUR
    assert later.blocks(NOON + 5 * HOUR)


def test_a_refusal_whose_named_length_would_be_over_is_counted_from_now() -> None:
    success = after_conversion(None, "main", NOON, LearnedFrom.SUCCESS, NOON)
    refused = after_refusal(success, "main", HOUR, NOON + 2 * HOUR)
    assert refused.until == NOON + 3 * HOUR


def test_an_older_conversion_never_shortens_a_newer_pause() -> None:
    newer = after_conversion(None, "main", NOON, LearnedFrom.SUCCESS, NOON)
    assert after_conversion(newer, "main", NOON - HOUR, LearnedFrom.LOG, NOON) == newer
