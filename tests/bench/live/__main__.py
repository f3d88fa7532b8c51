"""Play a room against the app, and print how fast it was and what it cost; docs/live.md says what the figures mean."""

import argparse
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from typing import Any

import uvloop

from tests.bench.live import baseline, server, table
from tests.bench.live.cast import casts
from tests.bench.live.costs import costs
from tests.bench.live.figures import Figures
from tests.bench.live.place import helm
from tests.bench.live.play import Cast, play
from tests.bench.live.rounds import ratios, repeated
from tests.bench.live.server import Server
from tests.bench.live.soak import soak
from tests.bench.live.work import Pace

Values = dict[str, Any]


def main() -> None:
    chosen = _options()
    document = _soaked(chosen) if chosen.soak else _costs(chosen) if chosen.costs else _measured(chosen)
    if chosen.json or chosen.soak or chosen.costs:
        print(json.dumps(document, indent=2))
    else:
        print("\n".join(table.lines(document)))


def _measured(chosen: argparse.Namespace) -> Values:
    """Our rounds, then as many of the baseline."""
    document: Values = {
        "phones": chosen.phones,
        "pace": vars(_pace(chosen)),
        "live": repeated(chosen.runs, "ours", partial(_round, chosen)),
    }
    compared = min(chosen.phones, 100) if chosen.baseline_phones is None else chosen.baseline_phones
    if compared:
        document["baseline_phones"] = compared
        document["baseline"] = repeated(chosen.runs, "baseline", partial(_baseline_round, chosen, compared))
        document["ratios"] = ratios(document["live"]["median"], document["baseline"]["median"])
    return document


def _round(chosen: argparse.Namespace) -> Values:
    with _crowd(chosen) as (crowd, pids):
        return uvloop.run(play(crowd, pids, _pace(chosen)))


def _baseline_round(chosen: argparse.Namespace, phones: int) -> Values:
    with server.baseline() as where:
        return uvloop.run(play(baseline.casts(where, phones, Figures()), where.pids, _pace(chosen)))


def _soaked(chosen: argparse.Namespace) -> Values:
    with _crowd(chosen) as (crowd, pids):
        return {"phones": chosen.phones, **uvloop.run(soak(crowd, pids, _pace(chosen), chosen.soak))}


def _costs(chosen: argparse.Namespace) -> Values:
    with _server(chosen) as where:
        return {"phones": chosen.phones, "milliseconds": uvloop.run(costs(where, chosen.phones))}


@contextmanager
def _crowd(chosen: argparse.Namespace) -> Iterator[tuple[list[Cast], tuple[int, ...]]]:
    """Everybody who plays, and the processes of the server that they will meet."""
    with ExitStack() as running:
        where = running.enter_context(_server(chosen))
        crowd = casts(where, chosen.phones, Figures(), watchers=chosen.watchers, board=chosen.board)
        for cast in crowd if chosen.elsewhere else ():
            cast.desk.elsewhere = running.enter_context(helm(where.database_url, cast.room.place))
        yield crowd, where.pids


def _server(chosen: argparse.Namespace) -> AbstractContextManager[Server]:
    if chosen.address:
        return nullcontext(Server(chosen.address, chosen.database, tuple(map(int, chosen.pids.split(",")))))
    return server.replicas(chosen.replicas) if chosen.replicas else server.one_process()


def _pace(chosen: argparse.Namespace) -> Pace:
    return Pace(
        seconds=chosen.seconds,
        arrivals=chosen.arrivals,
        idle=chosen.idle,
        ideas=chosen.ideas,
        published=chosen.published,
        votes=chosen.votes,
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.live", description=__doc__)
    parser.add_argument("--phones", type=int, default=100, help="how many people join")
    parser.add_argument("--watchers", type=int, default=0, help="how many more only open a stream")
    parser.add_argument("--runs", type=int, default=1, help="rounds; medians are printed")
    parser.add_argument("--seconds", type=float, default=60, help="how long the room works in a round")
    parser.add_argument("--arrivals", type=float, default=5, help="people who arrive in a second")
    parser.add_argument("--ideas", type=float, default=1, help="ideas of a phone in a minute of writing")
    parser.add_argument(
        "--published", type=float, default=0.3, help="ideas of a phone that go on the board in a minute"
    )
    parser.add_argument("--votes", type=float, default=2, help="votes of a phone in a minute of voting")
    parser.add_argument("--board", type=int, default=0, help="ideas that stand on the board before anybody comes")
    parser.add_argument("--idle", type=float, default=12, help="seconds in which nobody does anything")
    parser.add_argument(
        "--baseline-phones", type=int, help="phones of the baseline, 0 for none; else as many, at most 100"
    )
    parser.add_argument("--soak", type=float, metavar="MINUTES", help="play for so long without a pause instead")
    parser.add_argument("--costs", action="store_true", help="what each act costs the server in such a room instead")
    parser.add_argument("--elsewhere", action="store_true", help="steps are opened by another process than the server")
    parser.add_argument("--json", action="store_true", help="print all figures as one document")
    parser.add_argument("--replicas", type=int, default=0, help="so many processes on PostgreSQL behind nginx")
    there = parser.add_argument_group("a server that runs already")
    there.add_argument("--address", help="where it answers, for example http://127.0.0.1:8501")
    there.add_argument("--database", help="its database URL: a workshop is made there for every round")
    there.add_argument("--pids", default="", help="its processes, divided by commas")
    chosen = parser.parse_args()
    if chosen.address and not (chosen.database and chosen.pids):
        parser.error("--address needs --database and --pids")
    return chosen


if __name__ == "__main__":
    main()
