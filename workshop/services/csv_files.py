"""CSV files as people save them: with a byte order mark or without, divided by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from workshop.errors import Invalid

MOST_BYTES = 20_000_000


def rows(path: Path, *, wanted: Sequence[str]) -> Sequence[Mapping[str, str]]:
    """The rows of a file by the names in its first line, in small letters. One of the *wanted* columns must be there.

    :raises Invalid: with a sentence that says what is wrong with the file.
    """
    content = _content(path)
    header = content.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    table = csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)
    try:
        columns = [name.strip().casefold() for name in next(table, [])]
        if not set(wanted) & set(columns):
            raise Invalid(
                f"{path.name} has no column {' or '.join(f'“{name}”' for name in wanted)}; it has: "
                f"{', '.join(filter(None, columns)) or 'none'}. Name one of them in its first line."
            )
        if len(columns) == 1:  # then a comma is a comma, whether somebody put quotes around the text or not
            return [{columns[0]: delimiter.join(row)} for row in table]
        return [dict(zip(columns, row, strict=False)) for row in table]
    except csv.Error as error:
        raise Invalid(f"{path.name} is not a CSV file that can be read ({error}). Please save it again.") from None


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Invalid(f"{path.name} is larger than {MOST_BYTES // 1_000_000} MB. Take a part of it.")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(f"{path.name} is not UTF-8 text. Save it as “CSV UTF-8”.") from None
    except OSError as error:
        raise Invalid(f"{path} cannot be read ({error.strerror}). Check its name.") from None
