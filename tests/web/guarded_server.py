"""A small real room: Streamlit behind the guard, or the same one without it, in a process of its own."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

ROOT = Path(__file__).parents[2]
_START_SECONDS = 60

_PAGE = '''
import secrets
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

@st.cache_resource
def shared():
    return secrets.token_hex(8)

st.text(f"shared:{shared()}")
st.text(f"named:{'roundtable_device' in st.context.cookies}")
with st.form("idea"):
    title = st.text_input("Title")
    if st.form_submit_button("Send"):
        st.text(f"saved:{title}")
st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[2, 1, 3], mode="markers")), key="map")
st.dataframe(pd.DataFrame({"idea": ["<b>14</b>", "15"], "dots": [3, 5]}), alt="Ideas and their dots")
SCRIPT = """
export default async function ({ parentElement, setTriggerValue }) {
  if (parentElement.drawn) return
  parentElement.drawn = true
  parentElement.querySelector("button").onclick = () => setTriggerValue("vote", 1)
  const { word } = await import(new URL("/assets/word.js", location.origin).href)
  const answer = await fetch("/live/echo", { method: "POST", body: "four" })
  const { size } = await answer.json()
  const stream = new EventSource("/live/stream")
  stream.onmessage = (event) => {
    parentElement.querySelector("output").textContent = `${word} ${size} ${event.data}`
    stream.close()
  }
}
"""
BODY = "<output></output><button>Vote</button>"
room = st.components.v2.component("room", html=BODY, css="output {color: #111}", js=SCRIPT)
st.text(f"voted:{room(key='room', on_vote_change=lambda: None).vote}")
'''

_APP = """
import os
import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from workshop.signing import Signer
from workshop.web.guard import Guard
from workshop.web.identity import DeviceCookie

async def echo(request):
    return JSONResponse({"size": len(await request.body())})

async def stream(request):
    async def events():
        yield "data: streamed\\n\\n"
    return StreamingResponse(events(), media_type="text/event-stream")

async def word(request):
    return Response("export const word = 'imported'", media_type="text/javascript")

routes = [Route("/live/echo", echo, methods=["POST"]), Route("/live/stream", stream), Route("/assets/word.js", word)]
guard = [Middleware(Guard), Middleware(DeviceCookie, signer=Signer((b"k" * 32,)))]
app = st.App("page.py", routes=routes, middleware=guard if os.environ["GUARDED"] == "1" else [])
if __name__ == "__main__":
    app.run(config={"server.address": "127.0.0.1", "server.port": int(os.environ["PORT"]), "server.headless": True,
                    "browser.gatherUsageStats": False, "server.fileWatcherType": "none", "logger.level": "error"})
"""


@contextmanager
def running(folder: Path, *, guarded: bool) -> Iterator[str]:
    """Start the room and give its address, as ``127.0.0.1:port``."""
    (folder / "page.py").write_text(_PAGE)
    (folder / "room.py").write_text(_APP)
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PORT": str(port), "GUARDED": "1" if guarded else "0"}
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "room.py"], cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(server, f"127.0.0.1:{port}", folder / "log")
            yield f"127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def shared_value(address: str, *attacks: BackMsg) -> str:
    """What an anonymous socket reads of the resource that all sessions share, after it sent the attacks."""
    return asyncio.run(_shared_value(address, attacks))


async def _shared_value(address: str, attacks: tuple[BackMsg, ...]) -> str:
    async with websockets.connect(
        f"ws://{address}/_stcore/stream", subprotocols=["streamlit"], max_size=None
    ) as socket:
        for message in (*attacks, BackMsg(rerun_script={})):
            await socket.send(message.SerializeToString())
        async with asyncio.timeout(20):
            while True:
                message = ForwardMsg.FromString(await socket.recv())
                text = message.delta.new_element.text.body
                if text.startswith("shared:"):
                    return text


def _wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"http://{address}/_stcore/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError(f"The room did not start:\n{log.read_text()}")
