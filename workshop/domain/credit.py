"""Who is named beside an idea: one rule for every screen and every export.

The database knows the table and the author of each idea. What leaves the server is what the workshop's anonymity
level shows of it, and nothing else; a screen never receives a name that it then has to hide.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.domain.event import Anonymity


@dataclass(frozen=True, slots=True)
class Credit:
    """Where an idea comes from. What is not known, or not shown, is ``None``."""

    table: str | None = None
    author: str | None = None
    organisation: str | None = None

    @property
    def line(self) -> str:
        """The credit in words: the author and the organisation where they are shown, else the table, else nothing."""
        named = [part for part in (self.author, self.organisation) if part]
        return ", ".join(named) or self.table or ""


NOBODY = Credit()


def credit_at(level: Anonymity, credit: Credit) -> Credit:
    """Return what the level shows: anonymous nothing, a table tag the table, named everything."""
    if level is Anonymity.NAMED:
        return credit
    if level is Anonymity.TABLE_TAG:
        return Credit(table=credit.table)
    return NOBODY


def line_of(credits_shown: tuple[Credit, ...]) -> str:
    """Several credits in words, each once, in the order given."""
    return " · ".join(dict.fromkeys(credit.line for credit in credits_shown if credit.line))
