"""Addresses: what phones open, whether the server answers to it, and what stands in front of it."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from workshop import settings
from workshop.cli import look_streamlit
from workshop.cli.finding import Wrong
from workshop.settings import Settings


def network(house: Settings) -> str:
    """The address that people scan leads here."""
    from workshop.web.hosts import AllowedHosts, own_hosts

    names = (*own_hosts(), *house.answered_hosts)
    if not house.public_url:
        if settings.lan_address().startswith("127."):
            raise Wrong("This machine is in no network, so phones cannot reach it. Join the Wi-Fi of the room.")
        return f"phones open {house.join_url}; answers to {', '.join(names)}"
    if not AllowedHosts.of(names).admit(urlsplit(house.public_url).netloc, {"server": None}):
        raise Wrong(
            f"The server would refuse the host of ROUNDTABLE_PUBLIC_URL ({house.public_url}). Write it as browsers "
            "send it: no user name, and a name with other letters than a to z as xn--…"
        )
    try:
        socket.getaddrinfo(house.public_host, None)
    except OSError as error:
        raise Wrong(
            f"This machine cannot find “{house.public_host}” from ROUNDTABLE_PUBLIC_URL, so phones may not either. "
            "Check the name and the DNS of this network."
        ) from error
    return f"phones open {house.public_url}"


def proxy(house: Settings) -> str:
    """A proxy has an address of its own, and https needs somebody who speaks it."""
    if house.behind_proxy and not house.public_url:
        raise Wrong(
            "ROUNDTABLE_BEHIND_PROXY is yes and ROUNDTABLE_PUBLIC_URL is missing, so links would lead past the proxy. "
            "Set it to the proxy's address."
        )
    if house.behind_proxy or not house.public_url.startswith("https:"):
        return "in front" if house.behind_proxy else "none"
    if look_streamlit.effective("server.sslCertFile")["server.sslCertFile"]:
        return "none; the server speaks https itself"
    raise Wrong(
        "ROUNDTABLE_PUBLIC_URL begins with https, which needs a proxy in front. Set ROUNDTABLE_BEHIND_PROXY=yes, so "
        "that cookies are sent over https only."
    )


def port(house: Settings) -> str:
    """Whether it is free."""
    with socket.socket() as probe:
        taken = probe.connect_ex(("127.0.0.1", house.port)) == 0
    return f"{house.port} is {'in use, perhaps by Roundtable itself' if taken else 'free'}"
