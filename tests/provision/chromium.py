"""A Chromium for the browser tests: one on the PATH, else Debian's package, else Playwright's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find() -> Path | None:
    """The browser that is here already, Playwright's own last."""
    for name in _NAMES:
        if path := shutil.which(name):
            return Path(path)
    own = _playwrights_own()
    return own if own.exists() else None


def install() -> Path:
    is_root = os.geteuid() == 0
    if not (is_root and shutil.which("apt-get") and _install_from_debian()):
        # With root Playwright brings the libraries too; without it those of a desktop must do.
        with_libraries = ["--with-deps"] if is_root else []
        subprocess.run([sys.executable, "-m", "playwright", "install", *with_libraries, "chromium"], check=False)
    if found := find():
        return found
    sys.exit("No Chromium for the browser tests. Install one so that `chromium` is on the PATH, then try again.")


def _install_from_debian() -> bool:
    print("Chromium:   none yet, installing Debian's package.", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    update = subprocess.run(["apt-get", "update", "-qq"], check=False, **quiet)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    return update.returncode == 0 and subprocess.run(install, check=False, **quiet).returncode == 0


def _playwrights_own() -> Path:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)
