"""Pages as one browser meets them: every visit starts at `app.py`, with nothing but cookies and a URL."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from unittest.mock import PropertyMock

import pytest
from streamlit.runtime.context import ContextProxy
from streamlit.testing.v1 import AppTest

from tests.services.room import Room
from workshop import settings, signing
from workshop.services import access, installation

ROOT = Path(__file__).parents[2]


class Browser:
    """A browser with its cookies. ``opens`` gives the page as it stands after one run."""

    def __init__(self, device: str, cookies: dict[str, str], patch: pytest.MonkeyPatch) -> None:
        self.device = device
        self.cookies = cookies
        self._patch = patch

    def opens(self, page: str, query: Mapping[str, str] | None = None) -> AppTest:
        self._patch.setattr(ContextProxy, "cookies", PropertyMock(return_value=self.cookies))
        visit = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for name, value in (query or {}).items():
            visit.query_params[name] = value
        visit.run()
        if page != "join":
            visit._page_hash = _hash_of(visit, page)  # switch_page knows files only; a page that is not ours is none
            visit.run()
        return visit


class House:
    """An installation in a folder of its own, with one room in it and browsers to visit it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.db = installation.current().db
        self.signer = installation.current().signer
        self.room = Room(self.db)

    def browser(self, *roles: access.Role) -> Browser:
        """A new browser, with one-time links to these roles used up."""
        device = signing.new_device_id()
        cookies = {signing.DEVICE_COOKIE: signing.sign_device(device, signer=self.signer)}
        for role in roles:
            grant = access.claim(self.db, access.invite(self.db, self.room.organiser, role), device=device)
            cookies[signing.role_cookie(role)] = signing.sign_role(role, str(grant.id), signer=self.signer)
        return Browser(device, cookies, self._patch)


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setenv("ROUNDTABLE_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings.current.cache_clear()
    installation.close()
    yield House(monkeypatch)
    installation.close()
    settings.current.cache_clear()


def _hash_of(visit: AppTest, page: str) -> str:
    return next(name for name, info in visit._registered_pages.items() if info.get("url_pathname") == page)


def shown(page: AppTest) -> str:
    """Every text on the page."""
    html = [element.proto.body for element in page.get("html")]
    texts = [element.value for element in [*page.text, *page.markdown, *page.subheader]]
    return "\n".join([*html, *map(str, texts)])


def press(page: AppTest, label: str) -> None:
    """Press the button that says this."""
    next(button for button in page.button if button.label == label).click().run()
