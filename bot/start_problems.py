"""Why Dustpan does not start, in sentences for the person who starts it."""


class StartProblem(Exception):
    """Something a person must put right first: say every sentence and end with exit code 2.

    The sentences name the variable and the cure, and hold no secret.
    """

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class SettingsProblem(StartProblem):
    """Settings are missing or wrong: one sentence for each fault."""


class AlreadyRunning(StartProblem):
    """Another process works with the same database or bot."""
