"""What the site writes on its console: which page failed and where in the code; never an address or a value."""

from __future__ import annotations

import logging
import traceback


class Nameless(logging.Formatter):
    """Writes a request by its page's name, an exception by its kind and its place in the code."""

    def format(self, record: logging.LogRecord) -> str:
        request = getattr(record, "request", None)
        if request is None:
            said = record.getMessage()
        else:
            page = getattr(request, "resolver_match", None)
            said = f"{getattr(record, 'status_code', '')} {page.view_name if page else 'no such page'}".strip()
        line = f"{record.levelname} {record.name}: {said}"
        if record.exc_info:
            line += "\n" + self.formatException(record.exc_info)
        return line

    def formatException(self, ei: object) -> str:
        """The places that led to the exception, and its kind; its message may quote what somebody typed."""
        kind, _value, where = ei  # type: ignore[misc]
        return "".join(traceback.format_tb(where)) + (kind.__qualname__ if kind else "")
