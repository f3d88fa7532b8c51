"""Labels that Streamlit reads as Markdown show the words of an event as they were typed."""

from __future__ import annotations

import pytest

from workshop.ui.plain import plain


@pytest.mark.parametrize(
    "text", ["http://evil.example", "HTTPS://evil.example/a", "www.evil.example", "a@evil.example"]
)
def test_no_address_is_left_for_markdown_to_find_when_the_escapes_are_gone(text: str) -> None:
    shown = plain(f"See {text} now").replace("\\", "")
    assert text not in shown
    assert shown.replace("\u2060", "") == f"See {text} now"
