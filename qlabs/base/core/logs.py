import logging

# Only these facts of a request may be written to a log: never addresses, bodies, query strings or cookies.
ALLOWED = ("status_code",)


class Line(logging.Formatter):
    """One line a message; of an error only its class, its place and the page, never the text that people typed."""

    def format(self, record):
        message = f"error in {_view(record)} {_place(record)}" if record.exc_info else record.getMessage()
        facts = " ".join(f"{name}={getattr(record, name)}" for name in ALLOWED if hasattr(record, name))
        return f"{self.formatTime(record)} {record.levelname} {record.name} {message} {facts}".rstrip()


def _view(record):
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    return match.view_name if match else "-"


def _place(record):
    """The exception's class and the line that raised it; its text may hold personal data."""
    kind, _, trace = record.exc_info
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"[{kind.__name__ if kind else ''} at {place}]"
