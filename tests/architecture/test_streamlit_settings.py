import tomllib

import pytest
from streamlit import config

from tests.architecture.tree import ROOT

WRITTEN = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))
SIDES = {"#0072B2", "#D55E00"}
TEXT_CONTRAST = 4.5
SHAPE_CONTRAST = 3.0


def options(table: dict, prefix: str = ""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from options(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


@pytest.mark.parametrize("name", [name for name, _ in options(WRITTEN)])
def test_streamlit_knows_the_option(name):
    assert name in config._config_options_template


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("client.disableDataExport", True),
        ("runner.postScriptGC", False),
        ("runner.magicEnabled", False),
        ("server.fileWatcherType", "none"),
        ("server.headless", True),
        ("server.enableStaticServing", False),
        ("browser.gatherUsageStats", False),
    ],
)
def test_what_we_promise_is_set(name, value):
    assert dict(options(WRITTEN))[name] == value


@pytest.mark.parametrize("look", ["light", "dark"])
def test_text_can_be_read_on_either_ground(look):
    theme = WRITTEN["theme"][look]
    grounds = theme["backgroundColor"], theme["secondaryBackgroundColor"]
    for key in ("textColor", "linkColor", "grayTextColor", "codeTextColor"):
        assert min(contrast(theme[key], ground) for ground in grounds) >= TEXT_CONTRAST, key
    assert contrast(theme["primaryColor"], "#FFFFFF") >= TEXT_CONTRAST, "the label of the primary button is white"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_borders_accent_and_themes_can_be_told_from_the_ground(look):
    theme = WRITTEN["theme"][look]
    for colour in [theme["borderColor"], theme["primaryColor"], *theme["chartCategoricalColors"]]:
        assert contrast(colour, theme["backgroundColor"]) >= SHAPE_CONTRAST, colour


@pytest.mark.parametrize("look", ["light", "dark"])
def test_the_colours_of_the_sides_belong_to_the_sides(look):
    theme = WRITTEN["theme"][look]
    assert not SIDES & {theme["primaryColor"].upper(), *(colour.upper() for colour in theme["chartCategoricalColors"])}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #RRGGBB colours."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
