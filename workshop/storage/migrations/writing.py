"""Write the next migration from the difference between the tables and the newest schema."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from sqlmodel import AutoString

from workshop.storage import engine, migrations
from workshop.storage.tables import UtcTime


def write_next(sentence: str) -> Path:
    """Write the migration that leads from the newest one to the tables as they are now; return its file."""
    return _write(sentence, len(written()) + 1, migrations.FOLDER)


def rewrite_first() -> Path:
    """Write 0001 anew, beside the later ones. Only while no database with it is in the hands of anybody."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "migrations"
        shutil.copytree(migrations.FOLDER, folder, ignore=shutil.ignore_patterns("v*.py"))
        return Path(shutil.copy(_write("The first schema", 1, folder), written()[0]))


def written() -> list[Path]:
    """The files of all migrations, in their order."""
    return sorted((migrations.FOLDER / "versions").glob("v*.py"))


def rendered(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Write our column types as plain ones: a migration must not change when the program does."""
    if kind == "type" and isinstance(item, UtcTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String(length={item.length})" if item.length else "sa.String()"
    return False


def _write(sentence: str, number: int, folder: Path) -> Path:
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "schema.db"
        file.touch()
        migrator = engine.sqlite_migrator(file, partial(engine.sqlite_connection, file))
        if number > 1:
            migrations.bring_to_head(migrator)
        with migrator.begin() as connection:
            settings = _formatted(migrations.config(connection, folder))
            script: Any = command.revision(settings, sentence, autogenerate=True, rev_id=f"{number:04d}")
        migrator.dispose()
    return _without_remarks(Path(script.path))


def _formatted(settings: Config) -> Config:
    hook = {"hooks": "ruff", "ruff.type": "module", "ruff.module": "ruff", "ruff.options": _RUFF}
    for key, value in hook.items():
        settings.set_section_option("post_write_hooks", key, value)
    return settings


def _without_remarks(file: Path) -> Path:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")
    return file


_RUFF = "format --quiet --line-length 120 REVISION_SCRIPT_FILENAME"
