class Unreadable(Exception):
    """A file that cannot be read; `code` says why, and whoever asked turns it into words."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code = code
        self.facts = facts
