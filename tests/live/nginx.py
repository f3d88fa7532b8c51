"""The nginx of `deploy/nginx/`, as it is shipped, on a port of the loopback and with a folder of its own."""

import os
import pwd
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.provision import nginx as provision

SHIPPED = Path(__file__).parents[2] / "deploy" / "nginx"


@contextmanager
def in_front_of(
    ports: Sequence[int], *, port: int, folder: Path, address: str = ""
) -> Iterator[subprocess.Popen[bytes]]:
    """Run it for replicas on these ports; ``address`` is another address.conf than a plain one on ``port``."""
    render(folder, ports, address=address or f"server_name 127.0.0.1;\nlisten 127.0.0.1:{port};\n")
    assert not (wrong := complaints(folder)), wrong
    server = subprocess.Popen([*_command(folder), "-g", "daemon off;"])
    try:
        yield server
    finally:
        server.terminate()
        server.wait(timeout=20)


def render(folder: Path, ports: Sequence[int], *, address: str) -> None:
    """Write the shipped configuration for these replicas, with every place that it writes to inside the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    main = (SHIPPED / "nginx.conf").read_text(encoding="utf-8")
    for shipped, ours in {
        "user www-data;": f"user {pwd.getpwuid(os.geteuid()).pw_name};",
        "pid /run/nginx.pid;": f"pid {folder}/pid;",
        "error_log /var/log/nginx/error.log": f"error_log {folder}/error.log",
        "access_log /var/log/nginx/access.log": f"access_log {folder}/access.log",
        "proxy_cache_path /var/cache/roundtable": f"proxy_cache_path {folder}/cache",
        "\nhttp {\n": f"\nhttp {{\n    {temporary}\n",
    }.items():
        assert main.count(shipped) == 1, f"nginx.conf has no single “{shipped}”"
        main = main.replace(shipped, ours)
    (folder / "nginx.conf").write_text(main, encoding="utf-8")
    (folder / "address.conf").write_text(address, encoding="utf-8")
    line = next(line for line in (SHIPPED / "replicas.conf").read_text().splitlines() if ":8501" in line)
    lines = "\n".join(line.replace("8501", str(port)) for port in ports)
    (folder / "replicas.conf").write_text(f"{lines}\n", encoding="utf-8")


def complaints(folder: Path) -> str:
    """What nginx says about the configuration in the folder: nothing when it can be used."""
    done = subprocess.run([*_command(folder), "-q", "-t"], capture_output=True, text=True, check=False)
    return done.stderr if done.returncode or done.stderr else ""


def program() -> Path:
    """Never skipped: `make test` brings one."""
    found = provision.find()
    assert found, "No nginx. `make test` brings one; `python -m tests.provision` does only that."
    return found


def _command(folder: Path) -> list[str]:
    return [str(program()), "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")]
