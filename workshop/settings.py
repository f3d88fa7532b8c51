"""Settings: read once from the environment, then frozen. `docs/settings.md` explains each of them."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from workshop.errors import Invalid

# Addresses of the documentation ranges (RFC 5737, RFC 3849): to "connect" a datagram socket sends nothing,
# it only asks the system which of our addresses it would send from.
_FAR_AWAY = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))

LogForm = Literal["lines", "json"]

_SHORTEST_TOKEN = 16

_NAME = re.compile(r"\.?[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?")

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What differs between a laptop in a room and a server behind a proxy.

    ``public_url`` is what people scan: without a slash at the end, empty means this machine's address on the local
    network. ``allowed_hosts`` are further host names that the guard accepts (exact, or ``.suffix``). With
    ``metrics_token`` a monitor on another machine may read the numbers.
    """

    database_url: str
    port: int
    address: str
    public_url: str
    allowed_hosts: tuple[str, ...]
    behind_proxy: bool
    metrics_token: str = field(repr=False)
    log: LogForm
    event_file: Path
    var_folder: Path

    @property
    def key_file(self) -> Path:
        """Where the key that signs cookies is kept; replicas share it."""
        return self.var_folder / "signing.key"

    @property
    def backup_folder(self) -> Path:
        """Where backups of the database are written, and erased again when their days are over."""
        return self.var_folder / "backups"

    @property
    def join_url(self) -> str:
        """The address that phones in the room can reach."""
        return self.public_url or f"http://{lan_address()}:{self.port}"

    @property
    def public_host(self) -> str:
        """The host name in ``public_url``, which the guard must let in; empty when there is none."""
        return urlsplit(self.public_url).hostname or ""

    @property
    def answered_hosts(self) -> tuple[str, ...]:
        """The host names besides this machine's own that the guard lets in."""
        return (*self.allowed_hosts, self.public_host) if self.public_host else self.allowed_hosts


def read(environment: Mapping[str, str]) -> Settings:
    """Read the settings; every mistake is a sentence that names the variable and what is allowed."""
    var_folder = Path(environment.get("ROUNDTABLE_VAR") or PROJECT / "var")
    return Settings(
        database_url=environment.get("DATABASE_URL") or f"sqlite:///{var_folder / 'roundtable.db'}",
        port=_port(environment.get("PORT") or "8501"),
        address=environment.get("ROUNDTABLE_ADDRESS") or "0.0.0.0",  # noqa: S104  phones in the room must reach it
        public_url=_url(environment.get("ROUNDTABLE_PUBLIC_URL") or ""),
        allowed_hosts=_hosts(environment.get("ROUNDTABLE_HOSTS") or ""),
        behind_proxy=_switch("ROUNDTABLE_BEHIND_PROXY", environment.get("ROUNDTABLE_BEHIND_PROXY") or "no"),
        metrics_token=_token("ROUNDTABLE_METRICS_TOKEN", environment.get("ROUNDTABLE_METRICS_TOKEN") or ""),
        log=_log(environment.get("ROUNDTABLE_LOG") or "lines"),
        event_file=Path(environment.get("ROUNDTABLE_EVENT") or PROJECT / "data" / "events" / "eu-us-2018.toml"),
        var_folder=var_folder,
    )


@cache
def current() -> Settings:
    """The settings of this process."""
    return read(os.environ)


@cache
def lan_address() -> str:
    """The address that phones in the room reach this machine at; the loopback address when it is in no network."""
    return next((address for address in lan_addresses() if ":" not in address), "127.0.0.1")


def lan_addresses() -> tuple[str, ...]:
    """The addresses from which this machine reaches other networks; empty when it is in none."""
    found = []
    for family, far_away in _FAR_AWAY:
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far_away, 9))
            found.append(str(probe.getsockname()[0]))
    return tuple(found)


def _port(text: str) -> int:
    if text.isdigit() and 1 <= int(text) <= 65535:
        return int(text)
    raise Invalid(f"PORT is “{text}”. Give a number from 1 to 65535, for example PORT=8501.")


def _url(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path not in {"", "/"}:
        raise Invalid(f"ROUNDTABLE_PUBLIC_URL is “{text}”. Write it like https://roundtable.example.org.")
    return f"{parts.scheme}://{parts.netloc}"


def _hosts(text: str) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in text.split(",") if host.strip())
    if wrong := [host for host in hosts if not (_NAME.fullmatch(host) or _is_address(host))]:
        raise Invalid(
            f"ROUNDTABLE_HOSTS has “{wrong[0]}”. Write names only, without http:// and port, separated by commas: "
            "roundtable.example.org, .example.org."
        )
    return hosts


def _is_address(host: str) -> bool:
    with suppress(ValueError):
        return bool(ip_address(host.removeprefix("[").removesuffix("]")))
    return False


def _token(name: str, text: str) -> str:
    if not text or (len(text) >= _SHORTEST_TOKEN and text.isascii() and text.isprintable() and " " not in text):
        return text
    raise Invalid(
        f"{name} must have at least {_SHORTEST_TOKEN} letters and digits, without spaces. "
        "Take what openssl rand -hex 16 prints."
    )


def _log(text: str) -> LogForm:
    if text in {"lines", "json"}:
        return "json" if text == "json" else "lines"
    raise Invalid(f"ROUNDTABLE_LOG is “{text}”. Write lines or json.")


def _switch(name: str, text: str) -> bool:
    if text.lower() in {"1", "yes", "true", "on"}:
        return True
    if text.lower() in {"0", "no", "false", "off"}:
        return False
    raise Invalid(f"{name} is “{text}”. Write yes or no.")
