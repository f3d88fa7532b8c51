"""Errors that speak to the person who reads them: what happened, what to do.

Only `WorkshopError` is caught and shown. Anything else is a defect: it is logged and the screen shows one
neutral sentence. ``status`` is the HTTP status that the JSON routes answer with.
"""

from __future__ import annotations


class WorkshopError(Exception):
    """Base of every error that is meant to be read. The message is a whole sentence for the reader."""

    status = 400


class Invalid(WorkshopError):
    """What was typed or sent cannot be taken as it is; the sentence says what to change."""

    status = 422


class NotAllowed(WorkshopError):
    """This badge may not do this, or not in this step."""

    status = 403


class NotFound(WorkshopError):
    """The workshop, person, idea or link does not exist (any more)."""

    status = 404


class Conflict(WorkshopError):
    """Somebody else was faster; the sentence says what is true now."""

    status = 409


class TooMany(WorkshopError):
    """Too many tries in a short time; the sentence says when to try again."""

    status = 429


class Unavailable(WorkshopError):
    """The storage cannot take this now (full, read-only, locked, missing, foreign or newer file)."""

    status = 503
