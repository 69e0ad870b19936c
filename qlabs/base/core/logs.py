import logging

# Only these facts of a request may be written to a log: never addresses, bodies, query strings or cookies.
ALLOWED = ("status_code",)


class Line(logging.Formatter):
    """One line a message, without exception text that could carry what people typed."""

    def format(self, record):
        facts = " ".join(f"{name}={getattr(record, name)}" for name in ALLOWED if hasattr(record, name))
        kind = f" {self._where(record)}" if record.exc_info else ""
        message = record.msg if record.exc_info else record.getMessage()
        return f"{self.formatTime(record)} {record.levelname} {record.name} {message}{kind} {facts}".rstrip()

    def _where(self, record):
        """The exception's class and the line that raised it; its text may hold personal data."""
        kind, _, trace = record.exc_info
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
        return f"[{kind.__name__ if kind else ''} at {place}]"
