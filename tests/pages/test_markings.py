"""A page says how it is marked, in the word and colour of what it shows; it never goes without."""

import re

import pytest
from django.template import engines
from django.template.loader import render_to_string

from apps.access import marking
from apps.access.marking import CONFIDENTIAL, INTELLIGENCE, OFFICIAL, PUBLIC, Mark, Unmarked, of, of_list, shown
from apps.access.models import Level
from apps.rifc.queries import vocabulary
from tests.markings import BANNER, COLOURS
from tests.pages.test_contrast import CSS, contrast, tokens
from tests.pages.test_frame import own_addresses, request_of_officer  # noqa: F401 - fixtures
from tests.reading import tight

EVERY_WORD = [one for level in Level for one in marking.words_of(level)]
BARE = '{% extends "base.html" %}{% block title %}Watch floor{% endblock %}'
AMBER = Mark(1, "AMBER", orcon=True, eyes=("BRB", "JAM"), handling=("NOPRINT",))


def page(request=None, **context):
    return tight(engines["django"].from_string(BARE).render(context, request))


def test_every_word_has_a_colour_of_the_stylesheet_that_can_be_read_by_day_and_by_night():
    assert {str(one.word): one.letter for one in EVERY_WORD} == COLOURS
    rules = (CSS / "frame.css").read_text()
    for letter in set(COLOURS.values()):
        assert f".cls-{letter}{{background:var(--cls-{letter})}}" in rules
        for theme in ("day", "night"):
            colours = tokens(theme)
            assert contrast(colours["--cls-ink"], colours[f"--cls-{letter}"]) >= 4.5
    assert len({tokens("day")[f"--cls-{letter}"] for letter in COLOURS.values()}) == len(set(COLOURS.values()))


def test_where_the_reader_sets_the_colours_a_line_stands_around_the_word():
    styles = "".join(path.read_text() for path in CSS.glob("*.css"))
    assert "@media (forced-colors:active){.cls{border-block:1px solid}}" in styles
    assert "forced-color-adjust" not in "".join(line for line in styles.splitlines() if ".cls" in line)


def test_no_width_of_the_window_takes_the_limits_of_use_out_of_a_banner():
    rules = "".join(path.read_text() for path in CSS.glob("*.css"))
    assert re.findall(r"\.ca?[vl]s?\{[^}]*(?:display:none|overflow:hidden|nowrap)", rules) == []


@pytest.mark.parametrize("word", EVERY_WORD, ids=lambda one: str(one.word))
def test_a_page_wears_its_word_and_colour_at_head_and_foot(word):
    label = word.word if word.word in INTELLIGENCE else ""
    found = BANNER.findall(page(marking={"level": word.level, "label": label, "caveat": "TLP:AMBER ORCON"}))
    assert found == [(word.letter, str(word.word), "TLP:AMBER ORCON")] * 2


@pytest.mark.parametrize("said", [{}, {"marking": None}, {"marking": {"caveat": "TLP:RED"}}, {"marking": {"level": 4}}])
def test_a_page_that_states_no_marking_is_a_fault(said):
    with pytest.raises(Unmarked):
        page(**said)


@pytest.mark.parametrize("clearance", Level)
def test_at_work_it_wears_the_highest_that_its_reader_may_read(settings, request_of_officer, clearance):  # noqa: F811
    settings.UNMARKED_PAGES_FAIL = False
    request_of_officer.actor.clearance = clearance
    assert [word for _letter, word, _caveat in BANNER.findall(page(request_of_officer))] == [
        str(marking.WORDS[clearance])
    ] * 2
    assert BANNER.findall(page())[0][1] == "PUBLIC"


def test_a_view_states_it_for_all_its_pages_and_a_page_may_state_its_own(request_of_officer):  # noqa: F811
    view = marking.marked(CONFIDENTIAL)(lambda request, **said: page(request, **said))
    assert BANNER.findall(view(request_of_officer))[0][1] == "CONFIDENTIAL"
    assert BANNER.findall(view(request_of_officer, marking=None))[0][1] == "CONFIDENTIAL"
    assert BANNER.findall(view(request_of_officer, marking=of(AMBER)))[0][1] == "RESTRICTED"


def test_pages_before_sign_in_are_public():
    assert BANNER.findall(tight(render_to_string("account/gate.html"))) == [("p", "PUBLIC", "")] * 2


def test_what_several_things_say_is_the_highest_level_the_narrowest_tlp_and_every_limit():
    wide = Mark(1, "GREEN", eyes=("BRB", "JAM", "TTO"), handling=("LEONLY", "NOPRINT"))
    both = {"level": 1, "label": "RESTRICTED", "caveat": "TLP:AMBER ORCON EYES BRB/JAM NOPRINT LEONLY"}
    assert of(AMBER, wide) == both
    assert of(AMBER, Mark(3, "RED"))["caveat"].startswith("TLP:RED ORCON")
    assert of(AMBER, Mark(2)) == {"level": 2, "label": "", "caveat": "TLP:AMBER ORCON EYES BRB/JAM NOPRINT"}
    assert of(Mark(0, "CLEAR"), Mark(1))["label"] == ""
    assert shown(of(Mark(0, "CLEAR"))).word == "UNCLASSIFIED"


def test_a_list_of_nothing_is_official_and_one_of_secrets_secret():
    assert of_list([])["level"] == OFFICIAL["level"]
    assert of_list([Mark(3), AMBER])["level"] == Level.SECRET
    assert shown(PUBLIC).word == "PUBLIC"


@pytest.mark.django_db
def test_words_of_intelligence_are_those_of_its_own_list():
    assert [vocabulary.classification(level).code for level in Level] == list(INTELLIGENCE)
    assert {code for code, _label in vocabulary.choices("tlp")} == set(marking.TLP)
