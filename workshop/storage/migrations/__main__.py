"""``python -m workshop.storage.migrations "Sentence"`` writes the next migration; ``--first`` writes 0001 anew."""

from __future__ import annotations

import sys

from workshop.storage.migrations import writing


def main(words: list[str]) -> int:
    """Write a migration and say where it is."""
    if words == ["--first"]:
        print(writing.rewrite_first())  # noqa: T201
    elif len(words) == 1 and not words[0].startswith("-"):
        print(writing.write_next(words[0]))  # noqa: T201
    else:
        print(__doc__, file=sys.stderr)  # noqa: T201
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
