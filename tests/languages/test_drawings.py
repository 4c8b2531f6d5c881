"""Numbers that machines read have a point in every language."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import translation

TEMPLATES = Path(settings.BASE_DIR) / "templates"
GEOMETRY = re.compile(r'\s(?:width|height|x|y|[xy][12]|c[xy]|r|d|points|viewBox|transform)="[^"]*\{\{')
OFF = re.compile(r"\{% localize off %\}.*?\{% endlocalize %\}", re.DOTALL)


def test_every_drawing_with_reckoned_places_leaves_them_unlocalized() -> None:
    open_ones = [
        str(path.relative_to(TEMPLATES))
        for path in TEMPLATES.rglob("*")
        if path.is_file() and path.name != "emblem.html"
        for drawing in re.findall(r"<svg\b.*?</svg>", OFF.sub("", path.read_text()), re.DOTALL)
        if GEOMETRY.search(drawing)
    ]
    assert open_ones == []


@pytest.mark.parametrize("language", ["en-gb", "fr", "nl", "es"])
def test_a_figure_of_an_assessment_is_drawn_alike(language: str) -> None:
    source = '{% load l10n %}{% localize off %}<rect x="{{ x }}"/>{% endlocalize %}{{ x }}'
    with translation.override(language):
        drawn = Template(source).render(Context({"x": 12.5}))
    assert drawn.startswith('<rect x="12.5"/>')
    assert drawn.endswith("12.5" if language == "en-gb" else "12,5")
