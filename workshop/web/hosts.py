"""Which addresses are ours, and whether a request comes from our own pages.

A page of somebody else can reach a server in the same Wi-Fi in two ways: by sending requests across sites (they
carry that page's Origin) and by pointing its own name at our address (they carry that name as Host).
"""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address

from starlette.types import Scope

from workshop.settings import lan_addresses

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """Host names this server answers to; an entry with a leading dot stands for every name that ends with it."""

    names: frozenset[str]
    suffixes: tuple[str, ...]

    @classmethod
    def of(cls, entries: tuple[str, ...]) -> AllowedHosts:
        """Read entries as people write them: ``event.example.org``, ``10.0.0.7``, ``[::1]``, ``.example.org``."""
        plain = [entry.strip().lower().rstrip(".") for entry in entries]
        return cls(
            names=frozenset(entry.strip("[]") for entry in plain if entry and not entry.startswith(".")),
            suffixes=tuple(entry for entry in plain if entry.startswith(".") and len(entry) > 1),
        )

    def admit(self, host: str, scope: Scope) -> bool:
        """Whether a Host header names us. The address that the connection arrived at always does.

        So a laptop that changes its Wi-Fi while the room runs stays reachable, and nothing is lost by it: a page
        that rebinds its own name carries that name, never our address.
        """
        name = host_name(host)
        if name is None:
            return False
        return name in self.names or name.endswith(self.suffixes) or name == _address_reached(scope)


def own_hosts() -> tuple[str, ...]:
    """How people in the room may type this machine: loopback, its name, its name in the LAN, its addresses."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return tuple(dict.fromkeys((*_LOOPBACK, name, short, f"{short}.local", *lan_addresses())))


def host_name(host: str) -> str | None:
    """The name in a Host header without its port, in small letters; None when the header is not well formed."""
    name, port = _split_port(host.lower())
    if port and not port.isdecimal():
        return None
    if name.startswith("["):
        return _as_address(name.removeprefix("[").removesuffix("]")) if name.endswith("]") else None
    name = name.rstrip(".")
    well_formed = name.replace("-", "").replace(".", "").replace("_", "").isalnum() and name.isascii()
    return name if well_formed else None


def is_same_origin(origin: str, host: str) -> bool:
    """Whether a page of ``origin`` is one of ours, seen from the Host that it asked.

    Only name and port are compared. Behind a proxy that ends TLS the page is https while this process sees http.
    """
    scheme, mark, place = origin.lower().partition("://")
    default = _DEFAULT_PORTS.get(scheme)
    if not mark or default is None:
        return False
    return place.removesuffix(default) == host.lower().removesuffix(default)


def is_loopback(host: str) -> bool:
    """Whether a browser treats this host as safe even without TLS."""
    return host_name(host) in _LOOPBACK


def is_https(scope: Scope, *, trust_forwarded: bool) -> bool:
    """Whether the browser used TLS. A proxy's word (X-Forwarded-Proto) counts only where the settings trust it."""
    if scope["scheme"] in {"https", "wss"}:
        return True
    said = [value for name, value in scope["headers"] if name == b"x-forwarded-proto"]
    return trust_forwarded and said == [b"https"]


def _split_port(host: str) -> tuple[str, str]:
    bracket = host.rfind("]")
    colon = host.rfind(":")
    return (host[:colon], host[colon + 1 :]) if colon > bracket else (host, "")


@lru_cache(maxsize=256)
def _as_address(text: str) -> str | None:
    with suppress(ValueError):
        return str(ip_address(text))
    return None


def _address_reached(scope: Scope) -> str | None:
    server = scope.get("server")
    if not server or server[1] is None:  # a Unix socket has no port
        return None
    return _as_address(str(server[0]).partition("%")[0])
