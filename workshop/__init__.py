"""Roundtable: one co-creation session in a room, from the QR code on the wall to the report."""

__version__ = "0.1.0"
