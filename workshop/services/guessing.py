"""Guessing room codes is slowed down per device and for the whole room, never per address: a room has one Wi-Fi.

The token in the QR code has 128 random bits, so whoever scans is never slowed down by somebody else's guesses.
"""

from __future__ import annotations

from datetime import timedelta

from workshop.errors import TooMany
from workshop.services import clock
from workshop.storage import Database
from workshop.storage import grants as rows

FREE_GUESSES = 10
FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=10)
ROOM_GUESSES = 300
ROOM_WINDOW = timedelta(minutes=1)
FORGIVEN_AFTER = timedelta(minutes=15)

_ROOM = "room"


def refuse(db: Database, device_hash: str) -> None:
    """Raise TooMany while this device, or the whole room, has guessed wrongly too often."""
    now = clock.now()
    with db.reading() as session:
        wrong, last_at = rows.guesses(session, f"device:{device_hash}")
        room_wrong, room_last_at = rows.guesses(session, _ROOM)
    if last_at is not None and wrong >= FREE_GUESSES:
        wait = min(FIRST_WAIT * 2 ** min(wrong - FREE_GUESSES, 10), LONGEST_WAIT)
        left = (last_at + wait - now).total_seconds()
        if left > 0:
            raise TooMany(f"Too many wrong codes. Wait {_words(left)}, or scan the QR code on the wall.")
    if room_last_at is not None and room_wrong >= ROOM_GUESSES and now - room_last_at < ROOM_WINDOW:
        raise TooMany("Too many wrong codes in this room. Scan the QR code on the wall, or try again in a minute.")


def count(db: Database, device_hash: str) -> None:
    """Remember a wrong code; a device is forgiven after a quiet quarter of an hour, the room after a minute."""
    now = clock.now()
    with db.writing() as session:
        rows.add_guess(session, f"device:{device_hash}", at=now, forget_after=FORGIVEN_AFTER)
        rows.add_guess(session, _ROOM, at=now, forget_after=ROOM_WINDOW)


def _words(seconds: float) -> str:
    return f"{round(seconds)} seconds" if seconds < 90 else f"{round(seconds / 60)} minutes"
