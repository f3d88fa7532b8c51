"""The change feed: what changed in which workshop, told to everybody who shows it. Knows no storage and no screen."""

from workshop.live.admission import Admission
from workshop.live.feed import Feed, Subscription
from workshop.live.once import Once

__all__ = ["Admission", "Feed", "Once", "Subscription"]
