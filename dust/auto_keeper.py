"""The one door through which people change a rule, so that no change overwrites another."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dust.auto_rule import AutoRule, AutoTerms, RuleState
from dust.conversion import State
from dust.ports import AutoRules, Clock, ConversionJournal, ExchangeAccount, Preferences

Change = Callable[[AutoRule], AutoRule]


class RuleKeeper:
    """Every change is made to what is stored at that moment. A rule that is no longer on has no run left
    that waits."""

    def __init__(
        self,
        accounts: Mapping[str, ExchangeAccount],
        rules: AutoRules,
        journal: ConversionJournal,
        preferences: Preferences,
        clock: Clock,
    ) -> None:
        self._accounts = accounts
        self._rules = rules
        self._journal = journal
        self._preferences = preferences
        self._clock = clock

    async def known(self, account: str) -> bool:
        """Whether anybody has ever made a rule for the account."""
        return await self._rules.get(account) is not None

    async def get(self, account: str, chat_id: int) -> AutoRule:
        """The account's rule, or a draft with the chat's alert threshold as its minimum."""
        return await self._rules.get(account) or await self._draft(account, chat_id)

    async def revise(
        self, account: str, chat_id: int, change: Callable[[AutoTerms], AutoTerms]
    ) -> AutoRule:
        """Other terms; a consent is for what was shown, so that they wait for a new one."""

        def make(rule: AutoRule) -> AutoRule:
            terms = change(rule.terms)
            if terms == rule.terms:
                return rule
            return replace(rule, terms=replace(terms, state=RuleState.DRAFT))

        return await self._change(account, chat_id, make)

    async def switch_on(self, account: str, chat_id: int, user_id: int, mark: str) -> bool:
        """The consent of this person, in this chat, to the terms with this mark; False if they are others
        by now."""

        def make(rule: AutoRule) -> AutoRule:
            if rule.terms.mark() != mark or (rule.is_on and rule.chat_id == chat_id):
                return rule
            terms = replace(rule.terms, state=RuleState.ON, user_id=user_id)
            run = replace(rule.run, refusals=0, why=None)
            return replace(rule, chat_id=chat_id, terms=terms, run=run)

        rule = await self._change(account, chat_id, make)
        return rule.is_on and rule.terms.mark() == mark

    async def switch_off(self, account: str, chat_id: int) -> None:
        """No run begins any more, and one that waits is taken back."""

        def make(rule: AutoRule) -> AutoRule:
            return replace(rule, terms=replace(rule.terms, state=RuleState.OFF))

        await self._change(account, chat_id, make)

    async def stop_run(self, conversion_id: str) -> bool:
        """Takes an announced run back; whether nothing was or will be sent of it."""
        conversion = await self._journal.get(conversion_id)
        if conversion is None or not conversion.automatic:
            return False
        user_id, now = conversion.user_id or 0, self._clock.now()
        await self._journal.cancel(conversion_id, user_id=user_id, now=now)
        rule = await self._rules.get(conversion.account)
        ended = await self._journal.get(conversion_id)
        stopped = ended is not None and ended.state in (State.CANCELLED, State.EXPIRED)
        if stopped and rule is not None and rule.run.conversion_id == conversion_id:
            await self._rules.change(rule, rule.without_run())
        return stopped

    async def _change(self, account: str, chat_id: int, make: Change) -> AutoRule:
        while True:
            stored = await self._rules.get(account)
            new = make(stored or await self._draft(account, chat_id))
            if new == stored or await self._rules.change(stored, new):
                break
        if new.run.conversion_id and not new.is_on:
            await self.stop_run(new.run.conversion_id)
        return new

    async def _draft(self, account: str, chat_id: int) -> AutoRule:
        settings = await self._preferences.get(chat_id)
        target = self._accounts[account].capabilities.target
        return AutoRule(account, chat_id, AutoTerms(settings.threshold, target=target))
