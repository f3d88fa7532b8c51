"""An nginx for the tests of several replicas: one on the machine, else Debian's package, unpacked beside .venv.

Unpacked, not installed: the package would start a web server on port 80, at once and after every boot.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

_HOME = Path(__file__).parents[2] / ".venv" / "nginx"
_SYSTEM = "/usr/local/sbin:/usr/sbin:/sbin"  # where Debian keeps it, and where only root looks


def find() -> Path | None:
    """The program that is here already, the unpacked one last."""
    own = _HOME / "usr" / "sbin" / "nginx"
    found = shutil.which("nginx") or shutil.which("nginx", path=_SYSTEM)
    return Path(found) if found else own if _runs(own) else None


def install() -> Path:
    """Unpack Debian's package, or end with a sentence."""
    if shutil.which("apt-get") and shutil.which("dpkg-deb"):
        print("nginx:      none yet, unpacking Debian's package.", flush=True)
        if _unpacked() or (_called("apt-get", "update", "-qq") and _unpacked()):
            found = find()
            if found:
                return found
    sys.exit("No nginx for the tests of several replicas. Install one so that `nginx` is on the PATH, then try again.")


def _unpacked() -> bool:
    with tempfile.TemporaryDirectory(prefix="roundtable-nginx-") as folder:
        as_we_are = ["-o", "APT::Sandbox::User=root"] if os.geteuid() == 0 else []
        if not _called("apt-get", *as_we_are, "download", "-qq", "nginx", where=folder):
            return False
        package = next(Path(folder).glob("nginx_*.deb"))
        shutil.rmtree(_HOME, ignore_errors=True)
        return _called("dpkg-deb", "--extract", str(package), str(_HOME))


def _called(*command: str, where: str | None = None) -> bool:
    return subprocess.run(command, cwd=where, stdout=subprocess.DEVNULL, check=False).returncode == 0


def _runs(program: Path) -> bool:
    """Whether it starts: an unpacked package brings no libraries."""
    try:
        return subprocess.run([program, "-v"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False
