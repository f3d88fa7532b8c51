"""Signed cookies: who this browser is, and which role it was given.

Pages read cookies through ``st.context.cookies`` and routes through the request; both see the same names and the
same signatures, so signing lives here, below both, and knows nothing of either. A signature carries no time on
purpose: a laptop whose clock is set back by an hour must not turn a whole room into strangers. How long an identity
lasts is decided by the browser's cookie and by the grant that it names, never by the clock that checks it.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import itsdangerous

from workshop.errors import Unavailable

DEVICE_COOKIE = "roundtable_device"
ROLE_COOKIE_PREFIX = "roundtable_role_"

_KEY_BYTES = 32
_KEY_LINE = re.compile(rf"[0-9a-f]{{{_KEY_BYTES * 2}}}")
_DEVICE_ID = re.compile(r"[0-9a-f]{32}")
_GRANT_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ROLE = re.compile(r"[a-z]{1,32}")


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs short values for one purpose each: the first key signs, all keys verify, so a key can be replaced."""

    keys: tuple[bytes, ...] = field(repr=False)

    def __post_init__(self) -> None:
        if not self.keys or any(len(key) < _KEY_BYTES for key in self.keys):
            raise ValueError(f"A signer needs at least one key, each of {_KEY_BYTES} bytes or more.")

    def sign(self, value: str, *, purpose: str) -> str:
        """``value`` and its signature. A signature made for one purpose is worth nothing for another."""
        return self._for(purpose).sign(value).decode("ascii")

    def verify(self, signed: str, *, purpose: str) -> str | None:
        """The value, or None when it was signed for another purpose, with an unknown key, or not by us at all."""
        try:
            return self._for(purpose).unsign(signed.encode("utf-8", "replace")).decode("utf-8")
        except (itsdangerous.BadSignature, UnicodeDecodeError):
            return None

    def _for(self, purpose: str) -> itsdangerous.Signer:
        # The library signs with its last key; people read a list from the top.
        oldest_first = tuple(reversed(self.keys))
        return itsdangerous.Signer(
            oldest_first, salt=f"roundtable.{purpose}", key_derivation="hmac", digest_method=hashlib.sha256
        )


def new_device_id() -> str:
    """128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def sign_device(device_id: str, *, signer: Signer) -> str:
    """The value of the device cookie."""
    if not _DEVICE_ID.fullmatch(device_id):
        raise ValueError("A device id is 32 hexadecimal digits.")
    return signer.sign(device_id, purpose="device")


def read_device(cookies: Mapping[str, str], signer: Signer) -> str | None:
    """The device id of this browser, or None when the cookie is missing or was not signed by us."""
    return _read(cookies.get(DEVICE_COOKIE), purpose="device", shape=_DEVICE_ID, signer=signer)


def role_cookie(role: str) -> str:
    """The name of the cookie that carries this role; each role has its own, so one browser may hold several."""
    if not _ROLE.fullmatch(role):
        raise ValueError("A role is one word of small letters.")
    return f"{ROLE_COOKIE_PREFIX}{role}"


def sign_role(role: str, grant_id: str, *, signer: Signer) -> str:
    """The value of a role cookie. It names the grant only: whether that still holds is asked from the storage."""
    if not _GRANT_ID.fullmatch(grant_id):
        raise ValueError("A grant id is 1 to 64 letters, digits, - or _.")
    return signer.sign(grant_id, purpose=role_cookie(role))


def read_role(cookies: Mapping[str, str], role: str, signer: Signer) -> str | None:
    """The grant id in the role's cookie, or None. It proves that we gave it, not that it was not revoked since."""
    name = role_cookie(role)
    return _read(cookies.get(name), purpose=name, shape=_GRANT_ID, signer=signer)


def load_signer(path: Path) -> Signer:
    """A signer with the keys in the file, one per line: the first signs, the others still verify."""
    load_or_create_key(path)
    return Signer(_read_keys(path))


def load_or_create_key(path: Path) -> bytes:
    """The key that signs. A missing file is made with a fresh 256-bit key, readable by its owner only.

    Two processes that start at the same moment agree: the file appears complete or not at all, and the one that
    comes second reads the key of the first.
    """
    if not path.exists():
        _create_key_file(path)
    return _read_keys(path)[0]


def _read(signed: str | None, *, purpose: str, shape: re.Pattern[str], signer: Signer) -> str | None:
    value = signer.verify(signed, purpose=purpose) if signed else None
    return value if value is not None and shape.fullmatch(value) else None


def _create_key_file(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # made with mode 0600
        draft = Path(name)
        try:
            with os.fdopen(number, "w", encoding="ascii") as file:
                file.write(f"{secrets.token_hex(_KEY_BYTES)}\n")
                file.flush()
                os.fsync(file.fileno())
            _publish(draft, path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise Unavailable(
            f"The key file {path} could not be made ({error.strerror}): make its folder writable and start again."
        ) from error


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)  # unlike a rename, a link never replaces a file that is already there
    except FileExistsError:
        return


def _read_keys(path: Path) -> tuple[bytes, ...]:
    try:
        lines = path.read_text(encoding="ascii").split()
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(f"The key file {path} cannot be read: check its owner and mode, then start again.") from error
    if not lines or not all(_KEY_LINE.fullmatch(line) for line in lines):
        raise Unavailable(
            f"The key file {path} is damaged: restore it from a backup, or delete it and start again, which asks "
            "everybody to open their personal link once more."
        )
    return tuple(bytes.fromhex(line) for line in lines)
