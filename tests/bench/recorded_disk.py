"""A disk as a program left it at any moment of its life, and as a power cut would leave it.

`recorded_disk.c` writes down what the program does to its files. Here it is done again, step by step, with what the
system promises and no more: bytes that were synchronised are there; of everything after that any sector may be there
or not, in any order; a name is there when its folder was synchronised, else as many of the last changes of names as
chance wants.
"""

from __future__ import annotations

import random
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_ENTRY = struct.Struct("<c3xIIIQq")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that the program did. ``what`` is one of Write, Truncate, Begins or Ends to synchronise, Rename, …"""

    what: str
    inode: int
    path: str
    other: str
    at: int
    data: bytes


@dataclass
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Event] = field(default_factory=list)
    syncing: list[int] = field(default_factory=list)


class RecordedDisk:
    """Replays a record from its beginning."""

    def __init__(self) -> None:
        self._files: dict[int, _File] = {}
        self._names: dict[str, int] = {}
        self._durable_names: dict[str, int] = {}
        self._pending_names: list[Event] = []
        self._syncing_folders: dict[str, list[int]] = {}

    def take(self, event: Event) -> None:
        """Do what the program did next."""
        if event.what in "RLU":
            self._rename(event)
        elif event.what in "BE" and event.inode not in self._files and event.path not in self._names:
            self._sync_folder(event)
        else:
            self._change(event)

    def after_a_power_cut(self, chance: random.Random) -> dict[str, bytes]:
        """The files that are found when the power is back."""
        likely = chance.choice((0.0, 0.5, 1.0, chance.random()))
        names = dict(self._durable_names)
        for event in self._pending_names[: chance.randint(0, len(self._pending_names))]:
            _apply_name(names, event)
        return {path: self._content(inode, chance, likely) for path, inode in names.items()}

    def whole(self) -> dict[str, bytes]:
        """The files as the program left them, without a power cut."""
        return {path: self._content(inode, random.Random(0), 1.0) for path, inode in self._names.items()}

    def _change(self, event: Event) -> None:
        if self._names.get(event.path) != event.inode:
            if event.path.endswith(" (deleted)"):
                return
            self._files[event.inode] = _File()
            self._rename(Event("C", event.inode, event.path, "", 0, b""))
        file = self._files[event.inode]
        if event.what == "B":
            file.syncing.append(len(file.pending))
        elif event.what == "E":
            done = file.syncing.pop(0)
            for change in file.pending[:done]:
                _apply(file.durable, change, range(0, len(change.data), SECTOR))
            del file.pending[:done]
            file.syncing = [max(0, begun - done) for begun in file.syncing]
        else:
            file.pending.append(event)

    def _rename(self, event: Event) -> None:
        _apply_name(self._names, event)
        self._pending_names.append(event)

    def _sync_folder(self, event: Event) -> None:
        begun = self._syncing_folders.setdefault(event.path, [])
        if event.what == "B":
            begun.append(len(self._pending_names))
            return
        done, kept = begun.pop(0), []
        for number, change in enumerate(self._pending_names):
            if number < done and str(Path(change.path).parent) == event.path:
                _apply_name(self._durable_names, change)
            else:
                kept.append(change)
        self._pending_names = kept
        begun.clear()

    def _content(self, inode: int, chance: random.Random, likely: float) -> bytes:
        file = self._files.get(inode, _File())
        content = bytearray(file.durable)
        for change in file.pending:
            if change.what == "T" and chance.random() >= likely:
                continue
            sectors = range(0, len(change.data), SECTOR)
            _apply(content, change, [sector for sector in sectors if chance.random() < likely])
        return bytes(content)


def compiled(folder: Path) -> Path:
    """The library that records, built by gcc."""
    library = folder / "recorded_disk.so"
    source = Path(__file__).with_suffix(".c")
    subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"], check=True)
    return library


def read(record: Path) -> Iterator[Event]:
    """What was written down, in order."""
    with record.open("rb") as file:
        while head := file.read(_ENTRY.size):
            what, path, other, size, inode, at = _ENTRY.unpack(head)
            names = file.read(path).decode(), file.read(other).decode()
            yield Event(what.decode(), inode, *names, at, file.read(size))


def _apply(content: bytearray, change: Event, sectors: range | list[int]) -> None:
    if change.what == "T":
        del content[change.at :]
        content.extend(bytes(change.at - len(content)))
        return
    for sector in sectors:
        part = change.data[sector : sector + SECTOR]
        begin = change.at + sector
        content.extend(bytes(max(0, begin - len(content))))
        content[begin : begin + len(part)] = part


def _apply_name(names: dict[str, int], event: Event) -> None:
    if event.what == "C":
        names[event.path] = event.inode
    elif event.what == "L":
        names[event.other] = event.inode
    elif event.what == "R":
        names[event.other] = names.pop(event.path, event.inode)
    else:
        names.pop(event.path, None)
