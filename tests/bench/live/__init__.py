"""A room of phones, a wall and a desk, played against the real app: `python -m tests.bench.live` (docs/live.md)."""
