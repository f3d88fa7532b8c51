"""The log of a server: on standard error, one line per event, readable or JSON (``ROUNDTABLE_LOG``).

Python makes each of its records, ours and every library's, with our class; so no handler can print more than stands
there, whoever sets it up and when.
"""

from __future__ import annotations

import logging
import sys
import threading
import warnings
from typing import Any

from workshop.errors import WorkshopError
from workshop.settings import LogForm
from workshop.web.log_records import JsonRecord, Record, place

log = logging.getLogger(__name__)

FORMAT: dict[LogForm, str] = {"lines": "%(asctime)s %(levelname)-7s %(name)s: %(message)s", "json": "%(message)s"}
"""What a handler prints of a record. A record in JSON is a whole line already."""

_own = logging.StreamHandler()
_own.setLevel(logging.WARNING)


def begin(form: LogForm) -> None:
    """Make and print every record our way from now on. Once per process, before anything can go wrong."""
    logging.setLogRecordFactory(JsonRecord if form == "json" else Record)
    _own.setFormatter(logging.Formatter(FORMAT[form]))
    logging.getLogger().addHandler(_own)
    sys.excepthook = _the_program_ended
    sys.unraisablehook = lambda failed: log.error("an error came too late to be raised", exc_info=failed.exc_value)
    threading.excepthook = lambda failed: log.error("a thread ended", exc_info=failed.exc_value)
    warnings.showwarning = lambda _text, kind, file, line, *_: log.warning(
        "%s at %s:%d", kind.__name__, place(file), line
    )


def gather() -> None:
    """Print what libraries log: when a server has started, they have set up handlers of their own.

    A logger without one was silenced: a record of each request would be made, and thrown away.
    """
    if _own in logging.getLogger().handlers:
        for logger in logging.getLogger().manager.loggerDict.values():
            if isinstance(logger, logging.Logger) and logger.handlers:
                logger.handlers.clear()
                logger.propagate = True


def _the_program_ended(kind: type[BaseException], error: BaseException, at: Any) -> None:
    if isinstance(error, WorkshopError):  # about the settings or the database, for whoever started the server
        log.critical("%s", error)
    elif isinstance(error, Exception):
        log.critical("the program ended", exc_info=error)
    else:
        sys.__excepthook__(kind, error, at)
