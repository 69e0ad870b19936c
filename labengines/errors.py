"""The one kind of error that every engine raises."""


class EngineError(Exception):
    """Input that a method cannot work with.

    code: a short name, the same for ever, that a page turns into words.
    params: what the words need (names and numbers), never a secret.
    """

    code = "engine_error"

    def __init__(self, **params):
        super().__init__(self.code, params)
        self.params = params

    def __str__(self):
        facts = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code} ({facts})" if facts else self.code
