"""The frame tells class, seat and place on every page, and what may not be done, and why."""

import re
from dataclasses import dataclass

import pytest
from django import forms
from django.contrib.messages import SUCCESS, WARNING
from django.contrib.messages.storage.base import Message
from django.template import Context, Template, engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from apps.access.marking import OFFICIAL
from tests.reading import tight

ERROR_PAGES = (400, 403, 404, 405, 409, 413, 429, 500, 503, 507)


@dataclass
class Officer:
    party_code: str = "BRB"
    party_name: str = "Barbados"
    function: str = "border"
    role: str = "officer"
    seat_id: int = 7
    person: str = "Desk officer 3"
    time_zone: str = "America/Barbados"


@pytest.fixture(autouse=True)
def own_addresses(settings):
    settings.ROOT_URLCONF = "tests.pages.urls"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.TEMPLATES = [
        {
            **settings.TEMPLATES[0],
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }
    ]


@pytest.fixture
def request_of_officer():
    request = RequestFactory().get("/")
    request.actor = Officer()
    request.waiting = []  # nothing waits: the frame alone is looked at
    return request


def a_seat(number, current):
    return {"id": number, "party_code": "BRB", "party_name": "Barbados", "label": "Border", "current": current}


def page(request=None, **context):
    text = '{% extends "base.html" %}{% block title %}Watch floor{% endblock %}'
    return tight(engines["django"].from_string(text).render({"marking": OFFICIAL} | context, request))


def part(name, **context):
    return tight(Template(f'{{% include "components/{name}.html" %}}').render(Context(context)))


@pytest.mark.parametrize("status", ERROR_PAGES)
def test_an_error_page_needs_no_request_and_names_a_way_on_and_the_help_desk(status):
    html = tight(render_to_string(f"{status}.html"))
    assert "<h1>" in html
    assert 'href="/"' in html
    assert "Help desk" in html


def test_a_missing_page_and_a_hidden_page_read_the_same():
    assert "It may have moved, or you may not have access to it" in render_to_string("404.html")


def test_a_secret_page_says_so_at_head_foot_and_in_its_title():
    html = page(marking={"level": 3, "caveat": "Named recipients only"})
    assert len(re.findall(r'class="cls cls-s".*?<b>SECRET</b>', html)) == 2
    assert "<title>SECRET – Watch floor – CARICOM Security Portal</title>" in html


def test_a_signed_out_page_has_neither_rail_nor_search_nor_stream():
    html = page(frame={"nav": [], "seats": [], "live": True})
    for absent in ('class="rail"', 'role="search"', "<live-stream", "hx-headers"):
        assert absent not in html


def test_forms_and_fragments_of_a_page_carry_the_seat_it_was_made_for(request_of_officer):
    html = page(request_of_officer, frame={"nav": [], "seats": [a_seat(7, True), a_seat(8, False)], "live": True})
    assert '"X-Seat": "7"' in html
    # a language is the browser's, not the seat's
    posting = re.findall(r'<form method="post"(?![^>]*class="languages").*?</form>', html, re.DOTALL)
    assert len(posting) == 3
    assert all('name="_seat" value="7"' in form and "csrfmiddlewaretoken" in form for form in posting)
    assert '<live-stream src="/api/stream/">' in html


def test_a_person_with_one_seat_is_offered_no_other(request_of_officer):
    html = page(request_of_officer, frame={"nav": [], "seats": [a_seat(7, True)]})
    assert 'popovertarget="seat"' not in html


def test_the_rail_shows_places_in_words_and_what_waits_in_each(request_of_officer):
    floor = {"label": "Watch floor", "url": "/floor/", "icon": "radar", "current": "page", "count": 3, "hot": True}
    hits = {"label": "Hits", "url": "/hits/", "icon": "alert", "current": "", "count": 0, "hot": False}
    html = page(request_of_officer, frame={"nav": [floor, hits]})
    assert 'href="/floor/" aria-current="page"' in html
    assert 'class="n hot">3' in html
    assert re.search(r'href="/hits/"[^>]*><svg[^>]*>.*?</svg><span>Hits</span></a>', html)
    assert 'class="r-foot"' in html


def test_tabs_stand_on_the_page_of_a_tab_and_crumbs_on_what_lies_deeper(request_of_officer):
    tab = {"label": "Papers", "url": "/papers/", "current": True, "count": 2, "hot": False}
    here = {"place": "Council", "is_tab": True, "tabs": [tab], "crumbs": [{"label": "Council", "url": "/council/"}]}
    html = page(request_of_officer, frame={"nav": [], "here": here})
    assert 'aria-label="Tabs of Council"><a href="/papers/" aria-current="page">Papers<span class="n">2' in html
    assert "crumbs" not in html
    html = page(request_of_officer, frame={"nav": [], "here": here | {"is_tab": False}})
    assert "place-tabs" not in html
    assert '<ol class="crumbs"><li><a href="/council/">Council</a></li>' in html


def test_a_warning_stays_in_the_page_and_a_success_goes_away(request_of_officer):
    messages = [Message(WARNING, "The list came late."), Message(SUCCESS, "Barbados voted for.")]
    html = page(request_of_officer, messages=messages)
    assert re.search(r'class="note warn".*The list came late\.', html)
    assert re.search(r"<toast-note.*Barbados voted for\.", html)
    assert html.count("The list came late.") == html.count("Barbados voted for.") == 1


def test_a_refused_action_is_shown_with_its_reason_in_words_and_an_allowed_one_is_a_form(request_of_officer):
    close = {"verb": "hit.close", "label": "Close", "allowed": False, "why_not": "Only a head may.", "url": "/close/"}
    refer = {"verb": "hit.refer", "label": "Refer", "allowed": True, "why_not": None, "url": "/refer/"}
    html = part("actions", offers=[close, refer], primary="hit.refer", request=request_of_officer)
    refused = r'disabled aria-describedby="why-hitclose">\s*Close\s*</button>\s*<small id="why-hitclose">Only a he'
    assert re.search(refused, html)
    assert "/close/" not in html
    assert re.search(r'action="/refer/">.*name="_seat" value="7".*class="btn btn-p">\s*Refer', html, re.DOTALL)


class Weighing(forms.Form):
    mass_g = forms.IntegerField(label="Mass", help_text="In grams, for example 12000")
    note = forms.CharField(required=False)


def test_each_fault_stands_in_the_summary_and_again_at_its_field():
    form = Weighing({"mass_g": "much"})
    assert 'href="#id_mass_g">Enter a whole number.' in part("form_errors", form=form)
    field = part("field", field=form["mass_g"])
    assert re.search(r'<p class="em" id="id_mass_g_error">.*Enter a whole number\.', field)
    assert "In grams, for example 12000" in field
    assert "(optional)" not in field


def test_an_optional_field_says_so():
    assert "(optional)" in part("field", field=Weighing()["note"])


def test_the_ledger_prints_every_weight_and_the_sum():
    rows = [{"text": "Date of birth the same", "weight": 4.1}, {"text": "Sex not stated", "weight": 0}]
    html = part("ledger", rows=rows, total="0.86", total_label="Score", prior=-6.9)
    assert [re.sub("<.*?>", "", cell) for cell in re.findall(r'<td class="v">.*?</td>', html)] == [
        "+4.1",
        "0",
        "−6.9",
        "0.86",
    ]


def test_a_value_that_is_not_stated_is_never_called_different():
    result = {"kind": "mute", "picture": "circle", "text": "No evidence"}
    html = part("side_by_side", rows=[{"field": "Sex", "ours_parts": [{"text": "M"}], "result": result}])
    assert "Not stated" in html
    assert "No evidence" in html
