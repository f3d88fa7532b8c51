"""Play a room against the app and print how fast and how dear it was; docs/live.md says what the figures mean."""

import argparse
import json
import tempfile
from pathlib import Path

import uvloop

from tests.bench.live.cast import live_round
from tests.bench.live.server import own_server
from tests.bench.live.work import Pace


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phones", type=int, default=100)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--arrivals", type=float, default=10)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, own_server(Path(folder)) as server:
        pace = Pace(seconds=options.seconds, arrivals=options.arrivals)
        print(json.dumps(uvloop.run(live_round(server, options.phones, pace)), indent=2))


if __name__ == "__main__":
    main()
