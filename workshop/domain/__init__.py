"""Rules of the room and frozen values; the standard library only."""
