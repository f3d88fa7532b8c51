"""Where a database is: the URL that a person wrote, understood once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from workshop.errors import Unavailable

Dialect = Literal["sqlite", "postgresql"]

_KNOWN: dict[str, Dialect] = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql",
    "postgresql": "postgresql",
    "postgresql+psycopg": "postgresql",
}


@dataclass(frozen=True, slots=True)
class Address:
    """A database URL with the driver that we use; ``file`` is set on SQLite only."""

    dialect: Dialect
    url: URL
    file: Path | None

    def __str__(self) -> str:
        """The URL without its password, fit for a log line."""
        return self.url.render_as_string(hide_password=True)


def read(text: str) -> Address:
    """Understand ``sqlite:///var/x.db`` and ``postgresql://...``; anything else is refused with a sentence."""
    try:
        url = make_url(text.strip())
    except ArgumentError as error:
        raise Unavailable(f"The database address cannot be read. {_EXAMPLES}") from error
    dialect = _KNOWN.get(url.drivername)
    if dialect is None:
        raise Unavailable(f"Databases of the kind “{url.drivername}” are not supported. {_EXAMPLES}")
    if dialect == "postgresql":
        return Address("postgresql", url.set(drivername="postgresql+psycopg"), None)
    if url.database in (None, "", ":memory:") or url.host or url.query:
        raise Unavailable(f"The SQLite address must name a file on a local disk and nothing else. {_EXAMPLES}")
    file = Path(str(url.database)).expanduser().absolute()
    return Address("sqlite", url.set(database=str(file)), file)


_EXAMPLES = "Write it like sqlite:///var/roundtable.db or postgresql://user:password@host/name."
