"""What a process costs, read from /proc: time on a core, and memory."""

import asyncio
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Meter:
    """The cost of the server's processes, of this one and of the rest of the machine, since the meter was made."""

    pids: tuple[int, ...]
    at: float = field(default_factory=time.perf_counter)
    server: float = field(init=False)
    behind: float = field(init=False)
    bench: float = field(init=False)
    machine: float = field(init=False)

    def __post_init__(self) -> None:
        self.server, self.behind, self.bench, self.machine = self._seconds()

    def cpu(self) -> dict[str, float]:
        """Percent of one core. What ``others`` use is missing where both cores are busy: then times are too long.

        ``behind`` is the part of the server's threads that come after all others: they read ideas for the themes.
        """
        passed = time.perf_counter() - self.at
        server, behind, bench, machine = self._seconds()
        used = {"server": server - self.server, "bench": bench - self.bench}
        used["others"] = max(0.0, machine - self.machine - sum(used.values()))
        used["behind"] = behind - self.behind
        return {name: round(100 * seconds / passed, 1) for name, seconds in used.items()}

    def spent(self) -> float:
        """Milliseconds that the server's processes have computed, but for what comes behind the room."""
        server, behind, *_ = self._seconds()
        return 1000 * (server - self.server - behind + self.behind)

    def memory(self) -> int:
        """Bytes that the server's processes hold in memory."""
        return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE for pid in self.pids)

    def _seconds(self) -> tuple[float, float, float, float]:
        server = sum(ticks for pid in self.pids for ticks, _ in _spent(Path(f"/proc/{pid}"))) / _TICKS
        threads = (thread for pid in self.pids for thread in Path(f"/proc/{pid}/task").iterdir())
        behind = sum(ticks for thread in threads for ticks, nice in _spent(thread) if nice > 0) / _TICKS
        user, nice, system, _idle, _waiting, irq, softirq = map(int, Path("/proc/stat").read_text().split()[1:8])
        return server, behind, time.process_time(), (user + nice + system + irq + softirq) / _TICKS


def _spent(what: Path) -> list[tuple[int, int]]:
    """Ticks that a process or thread has computed, and its niceness; nothing once it has ended."""
    with suppress(OSError):
        fields = (what / "stat").read_text().rsplit(")", 1)[1].split()
        return [(int(fields[11]) + int(fields[12]), int(fields[16]))]
    return []


async def calm(pids: tuple[int, ...], *, seconds: float = 60) -> None:
    """Wait until the server has nothing to do but what it does all the time, though not for ever."""
    until, before = time.perf_counter() + seconds, 100.0
    while time.perf_counter() < until:
        meter = Meter(pids)
        await asyncio.sleep(1.5)
        used = meter.cpu()
        now = used["server"] - used["behind"]
        if now <= 5 or abs(now - before) < 0.1 * now:
            return
        before = now


class Lag:
    """How late the bench itself is: what it measures is late by that as well."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._running = asyncio.create_task(self._watch())

    def stop(self) -> list[float]:
        """Give all that was measured."""
        self._running.cancel()
        return self.seconds

    async def _watch(self) -> None:
        while True:
            at = time.perf_counter()
            await asyncio.sleep(0.02)
            self.seconds.append(max(0.0, time.perf_counter() - at - 0.02))
