"""A disk that is really small and can be filled, where one may be mounted; elsewhere files that cannot grow."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class SmallDisk:
    """``folder`` lies on it."""

    folder: Path
    mounted: bool

    @contextmanager
    def full_but_for(self, size: int) -> Iterator[None]:
        """Take all space but so many bytes, until the block ends."""
        with _filled(self.folder / "filler", size) if self.mounted else files_of_at_most(size):
            yield


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A file system of 32 MB in a new folder, where this process may mount one."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, check=False, capture_output=True).returncode == 0
    try:
        yield SmallDisk(folder, mounted)
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """No file of this process can grow beyond the size: the system refuses the bytes, as a broken disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def _filled(filler: Path, leave: int) -> Iterator[None]:
    free = os.statvfs(filler.parent)
    filler.write_bytes(bytes(free.f_bavail * free.f_frsize - leave))
    try:
        yield
    finally:
        filler.unlink()
