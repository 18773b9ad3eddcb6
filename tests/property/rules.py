"""What a rule for automatic conversion may do, written down a second time, from the README's sentences."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dust.conversion import Conversion, Quote
from dust.notices import Addressed, AutoAnnounced, AutoSkipped


@dataclass(frozen=True)
class Consent:
    """Somebody's, to terms that were shown; another one is another object."""

    chat: int
    user: int
    every: timedelta
    announce: timedelta
    spared: frozenset[str]


@dataclass(frozen=True)
class Run:
    """One use of a window, under the consent of that moment."""

    began: datetime
    quote: Quote
    consent: Consent


@dataclass
class Conduct:
    """`consent` is the one in force. `runs` by their conversion. `taken_back`: runs that people ended."""

    consent: Consent | None = None
    runs: dict[str, Run] = field(default_factory=dict)
    taken_back: set[str] = field(default_factory=set)

    def replace(self, consent: Consent | None) -> None:
        """Another consent, or none: what waited under the old one is over."""
        self.consent = consent
        self.taken_back |= self.runs.keys()

    def begun(self, one: Conversion) -> None:
        """A run was seen for the first time."""
        consent = self.consent
        assert consent is not None, f"begun without a consent: {one}"
        assert (one.chat_id, one.user_id) == (consent.chat, consent.user), f"whose is {one}?"
        assert not consent.spared & set(one.quote.assets), f"not spared: {one}"
        last = max((run.began for run in self.runs.values()), default=None)
        assert last is None or one.created_at - last >= consent.every, f"the same window: {one}"
        self.runs[one.id] = Run(one.created_at, one.quote, consent)

    def sent(self, one: Conversion, at: datetime, protected: set[str], waiting: set[str]) -> None:
        """Its request has reached the exchange. `waiting`: runs whose announcement nobody has been given."""
        run = self.runs[one.id]
        assert run.consent is self.consent, f"sent after the consent had ended: {one}"
        assert at - run.began >= run.consent.announce, f"sent before its time: {one}"
        assert one.id not in waiting, f"sent before it was told: {one}"
        assert not protected & set(one.quote.assets), f"protected: {one}"

    def is_accounted_for(self, conversion_id: str, notices: list[Addressed]) -> bool:
        """Whether a run that led to no request was taken back, or the chat was told that it was skipped."""
        return conversion_id in self.taken_back or any(
            isinstance(each.notice, AutoSkipped) and each.notice.conversion_id == conversion_id
            for each in notices
        )


def announced(notice: Addressed) -> str | None:
    """The run that a notice announces."""
    return notice.notice.conversion_id if isinstance(notice.notice, AutoAnnounced) else None
