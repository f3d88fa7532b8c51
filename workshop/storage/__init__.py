"""The database: the only SQL of the product, on SQLite and PostgreSQL alike."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from workshop.storage.database import Database
from workshop.storage.revisions import announce, revision_of, revisions_of

__all__ = ["Database", "IntegrityError", "Session", "announce", "revision_of", "revisions_of"]
