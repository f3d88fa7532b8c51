"""The figures as a table for a person."""

from collections.abc import Iterator
from typing import Any

_TIMES = {
    "first_load": "first load of the page",
    "join_to_page": "joined -> own page",
    "idea_to_own_confirmation": "idea -> own confirmation",
    "idea_to_wall": "idea -> wall",
    "vote_to_own_confirmation": "dots -> own confirmation",
    "publish_to_own_confirmation": "published -> own confirmation",
    "ready_to_own_confirmation": "ready -> own confirmation",
    "step_to_headline": "step -> headline on every phone",
    "step_to_whole_screen": "step -> whole screen, everywhere",
    "step_to_desk": "step -> the desk itself",
    "back_after_a_drop": "back in the Wi-Fi -> live again",
    "reload_to_screen": "reload -> whole page",
}


def lines(document: dict[str, Any]) -> Iterator[str]:
    """The table of one measurement, with the baseline beside it where there is one."""
    ours, theirs = document["live"]["median"], document.get("baseline", {}).get("median", {})
    ratios = document.get("ratios", {})
    yield f"{document['phones']} phones, medians of {len(document['live']['runs'])}; seconds as p50 / p95 / longest"
    if theirs:
        yield f"baseline: {document['baseline_phones']} phones, pages that run again every 2 s"
    yield f"{'':36}{'ours':>24}{'baseline' if theirs else '':>24}{'p95 ratio' if theirs else '':>12}".rstrip()
    for name, label in _TIMES.items():
        if name in ours["seconds"] or name in theirs.get("seconds", {}):
            ratio = f"{ratios[name]:g} x" if name in ratios else ""
            yield f"{label:36}{_time(ours, name):>24}{_time(theirs, name):>24}{ratio:>12}".rstrip()
    for label, path, unit in _COSTS:
        yield f"{label:36}{_cost(ours, path, unit):>24}{_cost(theirs, path, unit):>24}".rstrip()
    yield from _trouble("", ours, document["live"]["runs"])
    yield from _trouble("baseline: ", theirs, document.get("baseline", {}).get("runs", []))


_COSTS = (
    ("server while people arrive, %", ("cpu_arriving", "server"), 1),
    ("server at rest, % of one core", ("cpu_idle", "server"), 1),
    ("server at work, % of one core", ("cpu_active", "server"), 1),
    ("of that behind the room (themes are read), %", ("cpu_active", "behind"), 1),
    ("this program at work, % of one core", ("cpu_active", "bench"), 1),
    ("others on this machine meanwhile, %", ("cpu_active", "others"), 1),
    ("how late this program was, p95, ms", ("bench_late", "p95"), 0.001),
    ("memory per phone, kB", ("memory_per_phone",), 1024),
    ("bytes per update", ("bytes_per_update",), 1),
)


def _time(values: dict[str, Any], name: str) -> str:
    taken = values.get("seconds", {}).get(name)
    return "" if taken is None else f"{taken['p50']:.2f} / {taken['p95']:.2f} / {taken['longest']:.2f}"


def _cost(values: dict[str, Any], path: tuple[str, ...], unit: float) -> str:
    for name in path:
        values = values.get(name, {})
    return "" if values == {} else f"{values / unit:.1f}"


def _trouble(whose: str, middle: dict[str, Any], runs: list[dict[str, Any]]) -> Iterator[str]:
    if not middle:
        return
    troubles = {"errors_in_all": "errors", "gave_up": "phones gave up", "not_on_the_wall": "ideas not on the wall"}
    yield whose + ", ".join(f"{middle[name]:g} {words}" for name, words in troubles.items())
    for run in runs:
        for what, times in (run["errors"] | run["counts"]).items():
            yield f"  {times} x {what}"
