"""What a browser may say on Streamlit's websocket.

This is the only file outside the screens that imports Streamlit, and only its message format: what is let through
has to be read exactly as Streamlit will read it. A reader of our own could disagree about the same bytes, and that
disagreement would be the hole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from streamlit.proto.BackMsg_pb2 import BackMsg

LARGEST_FRAME = 256 * 1024

# Everything our screens need. Not in the list: clear_cache (empties the caches of everybody), set_run_on_save,
# load_git_info, stop_script (leaves half a page on a phone), the two debug messages, and backend_operation_request,
# which would install files on the server or load rows of tables that we never send lazily.
NEEDED = frozenset({"rerun_script", "app_heartbeat"})
NEEDED_FOR_UPLOADS = NEEDED | {"file_urls_request"}


class Verdict(Enum):
    """What becomes of one frame. A number is the code with which the socket is closed (RFC 6455, 7.4.1)."""

    PASS = 0
    DROP = 1
    NOT_PROTOCOL = 1002
    NOT_BINARY = 1003
    POLICY = 1008
    TOO_BIG = 1009

    @property
    def closes(self) -> bool:
        return self.value >= 1000


def judge(frame: bytes | None, *, uploads: bool = False) -> Verdict:
    """Whether Streamlit may see this frame; ``None`` is a text frame, which its protocol does not have."""
    if frame is None:
        return Verdict.NOT_BINARY
    if len(frame) > LARGEST_FRAME:
        return Verdict.TOO_BIG
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except Exception:  # noqa: BLE001 - whatever the parser trips over is not a message of the protocol
        return Verdict.NOT_PROTOCOL
    kind = message.WhichOneof("type")
    return Verdict.PASS if kind in (NEEDED_FOR_UPLOADS if uploads else NEEDED) else Verdict.DROP


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast one socket may talk. Far beyond a person: sixty taps at once, then twenty in a second."""

    per_second: float = 20
    burst: float = 60
    patience: int = 200


@dataclass(slots=True)
class TokenBucket:
    """Slows a socket down, and gives it up only when it never stops.

    A person who taps in anger is never punished: the first ``burst`` frames pass at once, later ones wait their turn
    on this socket alone. Only ``patience`` frames that had to wait, about ten seconds of them without one breath
    (time in which the bucket gets half full again), are no person.
    """

    pace: Pace
    now: float
    tokens: float = field(init=False)
    delayed: int = 0

    def __post_init__(self) -> None:
        self.tokens = self.pace.burst

    def take(self, now: float) -> float | None:
        """Seconds this frame has to wait (mostly 0); None when the socket has used up our patience."""
        self.tokens = min(self.pace.burst, self.tokens + (now - self.now) * self.pace.per_second)
        self.now = now
        if self.tokens >= self.pace.burst / 2:
            self.delayed = 0
        self.tokens -= 1
        if self.tokens >= 0:
            return 0.0
        self.delayed += 1
        return None if self.delayed > self.pace.patience else -self.tokens / self.pace.per_second
