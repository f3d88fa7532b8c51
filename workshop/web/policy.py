"""The headers every response carries: what a browser may load, run and remember of us."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_POWERS_NOT_USED = (
    "accelerometer", "autoplay", "camera", "display-capture", "geolocation", "gyroscope", "hid",
    "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip


def streamlit_index() -> bytes:
    """The page that the installed Streamlit sends for every screen."""
    package = find_spec("streamlit")
    if package is None or package.origin is None:
        raise RuntimeError("Streamlit is not installed.")
    return (Path(package.origin).parent / "static" / "index.html").read_bytes()


def content_security_policy(page: bytes) -> str:
    """What ``page`` may load: its own files and nothing from anywhere else.

    Its inline scripts are allowed by their hashes, so an update of Streamlit needs no change here and a script that
    somebody manages to inject still does not run. See docs/security.md for each exception and what breaks without it.
    """
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in _INLINE_SCRIPT.findall(page))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {hashes}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self'",
            "frame-src 'none'",
            "worker-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )


class HeaderPolicy:
    """Completes the headers of a response. What a route has set itself stays, except on pages."""

    def __init__(self, page: bytes) -> None:
        powers = ", ".join(f"{power}=()" for power in _POWERS_NOT_USED)
        self._always = (
            (b"content-security-policy", content_security_policy(page).encode("ascii")),
            (b"x-content-type-options", b"nosniff"),
            # Not no-referrer: with it browsers send "Origin: null" with a form, which the guard refuses.
            (b"referrer-policy", b"same-origin"),
            (b"permissions-policy", powers.encode("ascii")),
            (b"cross-origin-resource-policy", b"same-origin"),
        )

    def complete(self, headers: Iterable[tuple[bytes, bytes]], *, trustworthy: bool) -> list[tuple[bytes, bytes]]:
        """The headers with ours added. ``trustworthy`` means https or loopback, as browsers use the word."""
        kept = list(headers)
        present = {name.lower(): value for name, value in kept}
        if present.get(b"content-type", b"").startswith(b"text/html"):
            # A shared tablet must not show the last person's page when somebody goes back.
            kept = [(name, value) for name, value in kept if name.lower() != b"cache-control"]
            present.pop(b"cache-control", None)
        if b"cache-control" not in present:
            kept.append((b"cache-control", b"no-store"))
        if trustworthy:  # elsewhere browsers ignore it and complain in the console
            kept.append((b"cross-origin-opener-policy", b"same-origin"))
        kept.extend(header for header in self._always if header[0] not in present)
        return kept


def _sha256(script: bytes) -> str:
    return base64.b64encode(hashlib.sha256(script).digest()).decode("ascii")
