"""The tree as git sees it, for tests that read files instead of running them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """Every tracked file that is still there. The tree may belong to somebody else than the person who tests."""
    command = ["git", "-c", f"safe.directory={ROOT}", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = tuple(ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def python_files(*folders: str) -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and _top(path) in folders]


def texts(*, but: frozenset[str] = frozenset()) -> Iterator[tuple[str, str]]:
    """Name and text of every tracked file that is text, the named ones left out."""
    for path in tracked():
        name = str(path.relative_to(ROOT))
        if name in but:
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def imports(path: Path) -> set[str]:
    """Full names of everything that a Python file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def _top(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]
