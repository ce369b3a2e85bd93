"""One JSON object a line, for those who collect logs. No personal data: no user, no address, no query string, no values of a form."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

# what a record may say besides its message: numbers of the request, never who sent it
KEPT = ("status_code", "task", "tick")


def say(record: logging.LogRecord) -> str:
    """Return the message; Django's security log quotes what the client sent (a host name), so there it is only what kind it was."""
    return record.name.rpartition(".")[2] if record.name.startswith("django.security") else record.getMessage()


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": say(record),
        }
        line |= {name: getattr(record, name) for name in KEPT if isinstance(getattr(record, name, None), str | int)}
        if record.exc_info:
            # where and what kind, not the message: a database's error quotes the row
            kind = record.exc_info[0]
            line["error"] = kind.__name__ if kind else ""
            trace = record.exc_info[2]
            places = []
            while trace is not None:
                places.append(f"{trace.tb_frame.f_code.co_filename.rpartition('/')[2]}:{trace.tb_lineno}")
                trace = trace.tb_next
            line["trace"] = places[-12:]
        return json.dumps(line, ensure_ascii=False)
