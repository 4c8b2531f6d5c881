"""Days, numbers and names of States as a French, a Dutch and a Spanish reader expects them on a page."""

import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from apps.people.models import Party
from tests import world

pytestmark = pytest.mark.django_db
MAP = "/region/?system=APIS&as_of=2008-02-12"
WEIGHT = re.compile(r'<td class="v">([^<]+)<')


def page(client: Any, place: str, language: str) -> str:
    answer = client.get(place, headers={"Accept-Language": language})
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "12 Feb 2008"), ("fr", "12 fév 2008"), ("nl", "12 feb 2008"), ("es", "12 feb 2008")],
)
def test_a_day_is_written_with_the_months_name_of_the_language(client_for: Any, language: str, words: str) -> None:
    place = f"{reverse('region:number', args=['APIS'])}?as_of=2008-02-12"
    assert f'<time datetime="2008-02-12">{words}</time>' in page(client_for("jam.ministry.decider"), place, language)


@pytest.mark.parametrize(
    ("language", "month", "monday"),
    [
        ("en", "March 2026", "Monday"),
        ("fr", "mars 2026", "Lundi"),
        ("nl", "maart 2026", "Maandag"),
        ("es", "marzo 2026", "Lunes"),
    ],
)
def test_a_calendar_has_months_and_weekdays_of_the_language(
    client_for: Any, language: str, month: str, monday: str
) -> None:
    place = f"{reverse('impacs:calendar')}?month=2026-03"
    shown = page(client_for("impacs.secretariat.manager"), place, language)
    assert month in shown
    assert f'<th scope="col">{monday}</th>' in shown


def test_numbers_have_a_comma_in_french_dutch_and_spanish_and_are_the_same(client_for: Any, cast: Any) -> None:
    place = reverse("jrcc:hit", args=[world.a_hit(cast).pk])
    watch = client_for("jrcc.watch.officer")
    weights = {language: WEIGHT.findall(page(watch, place, language)) for language in ("en", "fr", "nl", "es")}
    assert any(re.fullmatch(r"[+−]\d+\.\d+", one) for one in weights["en"]), weights["en"]
    assert weights["fr"] == weights["nl"] == weights["es"] == [one.replace(".", ",") for one in weights["en"]]


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("fr", ["Sainte-Lucie", "Dominique", "Barbade", "Trinité-et-Tobago", "Antigua-et-Barbuda", "Haïti"]),
        ("nl", ["Trinidad en Tobago", "Antigua en Barbuda", "Saint Kitts en Nevis", "Haïti"]),
        ("es", ["Santa Lucía", "Trinidad y Tobago", "Antigua y Barbuda", "San Cristóbal y Nieves", "Haití"]),
    ],
)
def test_states_are_called_as_their_neighbours_call_them(client_for: Any, language: str, names: list[str]) -> None:
    shown = page(client_for("jam.ministry.decider"), MAP, language)
    assert [name for name in names if name not in shown] == []
    for state in Party.objects.filter(periods__kind="member_state").distinct():
        with override(language):
            name = str(state)
        assert escape(name) in shown, state.code
        assert name == state.short_name or f">{state.short_name}<" not in shown, state.code
