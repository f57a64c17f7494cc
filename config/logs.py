"""Lines of the log: what a stranger sent, and a database that is away, are one each; a bug keeps its trace."""

import logging

from accounts.transactions import is_away

_OUR_FAULT = 500


class PlainLines(logging.Filter):
    """Drops the trace of what is no fault of the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, some of them shorter."""
        error = record.exc_info[1] if isinstance(record.exc_info, tuple) else None
        if error is None:
            return True
        if getattr(record, "status_code", _OUR_FAULT) < _OUR_FAULT:
            record.exc_info = None
        elif is_away(error):
            said = " ".join(str(error).split())
            record.msg, record.args = (
                f"{record.getMessage()}: the database does not answer ({said})".replace("%", "%%"),
                (),
            )
            record.exc_info = None
        return True
