"""How many files and connections this program may have open; a connection counts as a file."""

from __future__ import annotations

from contextlib import suppress

NEEDED = 4_096
"""For 1,000 phones: two connections each, a third while they send, and the files of the program."""
WANTED = 65_536


def most() -> int | None:
    """As many as this program may ask for; None where the system sets no limit."""
    with suppress(ImportError):  # not on Windows
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        return None if hard == resource.RLIM_INFINITY else hard
    return None


def ask_for_enough() -> None:
    """Ask for as many as a large room needs: a login shell starts with 1,024, which is 400 phones."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        allowed = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
        if soft != resource.RLIM_INFINITY and soft < allowed:
            resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
