"""The colours of the stylesheet can be read by day and by night (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TOKEN = re.compile(r"(--[\w-]+):(?:light-dark\((#[0-9a-f]{3,6}),(#[0-9a-f]{3,6})\)|(#[0-9a-f]{3,6}))[;}]")
THEMES = ("day", "night")

TEXT = [
    *[("--ink", ground) for ground in ("--bg", "--surface", "--sunken", "--raised", "--sel", "--mark", "--mute-bg")],
    *[("--ink-2", ground) for ground in ("--bg", "--surface", "--sunken", "--raised", "--sel", "--mute-bg")],
    *[("--ink-3", ground) for ground in ("--bg", "--surface")],
    *[("--link", ground) for ground in ("--bg", "--surface", "--sel", "--mute-bg")],
    *[("--link-2", ground) for ground in ("--surface", "--mute-bg")],
    *[(f"--{kind}", f"--{kind}-bg") for kind in ("ok", "warn", "bad", "info", "mute", "vio")],
    *[(f"--{kind}", "--surface") for kind in ("ok", "warn", "bad", "info", "vio")],
    *[("--on-accent", ground) for ground in ("--accent", "--accent-2")],
    *[(ink, ground) for ink in ("--nav-ink", "--nav-ink-2") for ground in ("--nav", "--nav-2")],
    ("--nav-ink", "--nav-3"),
    *[("--cls-ink", f"--cls-{letter}") for letter in "porcs"],
    *[("--on-sig", f"--{signal}") for signal in ("go", "wait", "stop")],
]
CONTROLS = [
    *[("--line-2", ground) for ground in ("--surface", "--bg")],
    *[("--focus", ground) for ground in ("--surface", "--bg")],
    *[("--gold", ground) for ground in ("--nav", "--nav-2")],
    *[("--accent", ground) for ground in ("--surface", "--bg")],
    *[(f"--{kind}-fill", "--surface") for kind in ("ok", "warn", "bad")],
    ("--qr-1", "--qr-0"),
]


def tokens(theme: str) -> dict[str, str]:
    """Colour tokens of the stylesheets in one theme, name to #rrggbb."""
    found = {}
    sheets = (CSS / "frame.css").read_text() + (CSS / "kit.css").read_text()
    for name, light, dark, both in TOKEN.findall(sheets):
        figure = (both or (light if theme == "day" else dark)).lstrip("#")
        found[name] = "".join(2 * letter for letter in figure) if len(figure) == 3 else figure
    return found


def luminance(colour: str) -> float:
    """Relative luminance of rrggbb, 0 to 1. Source: WCAG 2.2, definition of relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, definition of contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_is_21_and_the_grey_of_the_standard_is_4_5():
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("767676", "ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("ink", "ground"), TEXT, ids=lambda token: token.strip("-"))
def test_text_stands_out_by_4_5(theme, ink, ground):
    colours = tokens(theme)
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("edge", "ground"), CONTROLS, ids=lambda token: token.strip("-"))
def test_edges_of_controls_rings_and_bars_stand_out_by_3(theme, edge, ground):
    colours = tokens(theme)
    assert contrast(colours[edge], colours[ground]) >= 3


def test_no_colour_is_written_outside_the_tokens():
    """Fixed by others: the TLP labels (FIRST), dark ink on gold, black and white of print, shadows and backdrop."""
    fixed = re.compile(r"\.tlp|#1d1503|rgb\(", re.I)
    rules = []
    for name in ("frame.css", "parts.css", "pages.css"):
        text = (CSS / name).read_text().split("@layer print{")[0]
        rules += [line for line in text.splitlines() if not TOKEN.search(line)]
    assert [line for line in rules if re.search(r"#[0-9a-f]{3,6}\b", line) and not fixed.search(line)] == []
