"""Spreading ideas over readers so that all have about the same to read.

Each idea needs some readers out of those that may have it: a semi-matching. It is filled greedily, least loaded reader
first, and then evened out along cost-reducing paths (a reader gives an idea to another one, who gives one to a third)
until there is none. No other assignment has more even loads then, by any measure that punishes uneven ones: N. Harvey,
R. Ladner, L. Lovász, T. Tamir, Semi-matchings for bipartite graphs and load balancing, Journal of Algorithms 59 (2006),
53-78. Among equally even ones, exchanges look for a better fit. Readers and ideas are places in lists; the same input
gives the same result.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

Cost = Callable[[int, int], int]
"""How badly an idea fits a reader; 0 is best."""

MOST_LOOKS = 200_000
"""Exchanges that are looked at for a better fit: a room of 100 ideas is searched through, a huge one in part."""


def spread(
    needed: Sequence[int],
    allowed: Sequence[AbstractSet[int]],
    loads: Sequence[int],
    waiting: Sequence[AbstractSet[int]],
    cost: Cost,
) -> list[set[int]]:
    """Give each idea its readers: as many of ``allowed`` as it has ``needed``, or all of them where these are too few.

    ``loads`` is what each reader has already and keeps; ``waiting`` is who has an idea now and may lose it again.
    """
    if not any(needed) and not any(waiting):
        return [set() for _ in needed]
    dealing = _Dealing(allowed, [set(readers) & set(may) for readers, may in zip(waiting, allowed, strict=True)], cost)
    dealing.load = list(loads)
    for readers in dealing.taken:
        for reader in readers:
            dealing.load[reader] += 1
    for idea, number in enumerate(needed):
        dealing.drop_surplus(idea, number)
    dealing.fill(needed)
    dealing.even_out()
    dealing.fit()
    return dealing.taken


@dataclass
class _Dealing:
    """``taken`` are the readers of each idea."""

    allowed: Sequence[AbstractSet[int]]
    taken: list[set[int]]
    cost: Cost
    load: list[int] = field(default_factory=list)

    def drop_surplus(self, idea: int, needed: int) -> None:
        while len(self.taken[idea]) > needed:
            self._move(idea, max(self.taken[idea], key=lambda reader: (self.load[reader], self.cost(idea, reader))))

    def fill(self, needed: Sequence[int]) -> None:
        """Whoever has the least takes the next idea; ideas with the smallest choice come first."""
        order = sorted(range(len(needed)), key=lambda idea: (len(self.allowed[idea]) - needed[idea], idea))
        for wanted in range(1, max(needed, default=0) + 1):
            for idea in order:
                free = self.allowed[idea] - self.taken[idea]
                if len(self.taken[idea]) < min(wanted, needed[idea]) and free:
                    self._move(idea, to=min(free, key=lambda reader, idea=idea: self._preference(idea, reader)))  # type: ignore[misc]

    def even_out(self) -> None:
        """Follow cost-reducing paths until there is none."""
        while path := self._path():
            for idea, giver, taker in path:
                self._move(idea, giver, to=taker)

    def fit(self) -> None:
        """Exchange what makes the fit better and leaves the loads as even as they are, until nothing does."""
        left, better = MOST_LOOKS, True
        while better:
            better = False
            pairs = self._pairs()
            for idea, giver in sorted(pairs, key=lambda pair: (-self.cost(*pair), pair)):
                left -= len(pairs)
                if left < 0 or not self.cost(idea, giver):
                    break
                exchange = self._exchange(idea, giver) if giver in self.taken[idea] else None
                for each, one, another in exchange or ():
                    self._move(each, one, to=another)
                better = better or exchange is not None

    def _path(self) -> list[tuple[int, int, int]] | None:
        lightest = min(self.load, default=0)
        for start in sorted(range(len(self.load)), key=lambda reader: (-self.load[reader], reader)):
            if self.load[start] < lightest + 2:
                return None
            if path := self._path_from(start):
                return path
        return None

    def _path_from(self, start: int) -> list[tuple[int, int, int]] | None:
        """The shortest way to pass something on, from one who has much to one who has less by two or more."""
        came: dict[int, tuple[int, int]] = {}
        has = self._by_reader()
        queue = deque([start])
        while queue:
            giver = queue.popleft()
            for idea in has[giver]:
                for taker in sorted(self.allowed[idea] - self.taken[idea] - came.keys() - {start}):
                    came[taker] = (idea, giver)
                    if self.load[taker] <= self.load[start] - 2:
                        return _way(came, taker, start)
                    queue.append(taker)
        return None

    def _exchange(self, idea: int, giver: int) -> list[tuple[int, int, int]] | None:
        """Whom else an idea fits better: somebody with less, or somebody who gives another one for it."""
        here = self.cost(idea, giver)
        for taker in sorted(self.allowed[idea] - self.taken[idea]):
            if self.load[taker] == self.load[giver] - 1 and self.cost(idea, taker) < here:
                return [(idea, giver, taker)]
        for other, taker in self._pairs():
            if self._may_exchange(idea, giver, other, taker):
                now, then = here + self.cost(other, taker), self.cost(idea, taker) + self.cost(other, giver)
                if then < now:
                    return [(idea, giver, taker), (other, taker, giver)]
        return None

    def _pairs(self) -> list[tuple[int, int]]:
        return [(idea, reader) for idea, readers in enumerate(self.taken) for reader in sorted(readers)]

    def _may_exchange(self, idea: int, giver: int, other: int, taker: int) -> bool:
        return (
            taker in self.allowed[idea]
            and taker not in self.taken[idea]
            and giver in self.allowed[other]
            and giver not in self.taken[other]
        )

    def _preference(self, idea: int, reader: int) -> tuple[int, int, int]:
        """The least loaded, then the best fit, then one after the other, so that nobody is always the first."""
        return self.load[reader], self.cost(idea, reader), (reader - idea) % len(self.load)

    def _by_reader(self) -> list[list[int]]:
        has: list[list[int]] = [[] for _ in self.load]
        for idea, readers in enumerate(self.taken):
            for reader in readers:
                has[reader].append(idea)
        return has

    def _move(self, idea: int, giver: int | None = None, *, to: int | None = None) -> None:
        if giver is not None:
            self.taken[idea].discard(giver)
            self.load[giver] -= 1
        if to is not None:
            self.taken[idea].add(to)
            self.load[to] += 1


def _way(came: dict[int, tuple[int, int]], taker: int, start: int) -> list[tuple[int, int, int]]:
    way = []
    while taker != start:
        idea, giver = came[taker]
        way.append((idea, giver, taker))
        taker = giver
    return way
