"""Who reads which language: the choice, programs, what is written down, numbers for machines."""

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import get_language, override

from apps.access import declared_actions
from apps.access.refusal import Refused, sentence_of
from apps.people.actions import propose_api_key
from apps.people.models import Party
from tests.keys import ASKED
from tests.reading import tight

pytestmark = pytest.mark.django_db
TAG = re.compile(r"<(?:svg|rect|path|line|circle|text|time|progress|meter)\b[^>]*>")
GEOMETRY = re.compile(
    r'\s(?:width|height|x|y|[xy][12]|c[xy]|r|d|points|viewBox|transform|datetime|value|max)="([^"]*)"'
)


def text(response: Any) -> str:
    return tight(response.content.decode())


def test_the_sign_in_page_speaks_the_language_of_the_browser() -> None:
    page = Client().get("/accounts/login/", headers={"Accept-Language": "fr-HT,fr;q=0.9,en;q=0.5"})
    assert '<html lang="fr"' in text(page)
    assert "Se connecter" in text(page)
    assert re.findall(r"</svg>(English|Français|Nederlands|Español|Anglais)<", text(page)) == [
        "English",
        "Français",
        "Nederlands",
        "Español",
    ]
    assert page["Content-Language"] == "fr"
    assert {"Accept-Language", "Cookie"} <= {each.strip() for each in page["Vary"].split(",")}
    assert "Sign in" in text(Client().get("/accounts/login/", headers={"Accept-Language": "pt, ht;q=0.8"}))


def test_a_choice_is_kept_and_leads_back_to_the_page(client_for: Any) -> None:
    client = client_for("sur.ministry.reader")
    answer = client.post("/language/", {"language": "nl", "next": "/people/?of=hits"})
    assert (answer.status_code, answer["Location"]) == (302, "/people/?of=hits")
    page = text(client.get(reverse("people:desk"), headers={"Accept-Language": "fr"}))
    assert '<html lang="nl"' in page
    assert "Mijn werk" in page
    assert "Ministerie, lezer" in page


def test_a_choice_leads_to_no_other_place_and_to_no_unknown_language() -> None:
    answer = Client().post("/language/", {"language": "fr", "next": "https://evil.example/"})
    assert answer["Location"] == "/"
    answer = Client().post("/language/", {"language": "../../x", "next": "/accounts/login/"})
    assert "django_language" not in answer.cookies
    assert Client(enforce_csrf_checks=True).post("/language/", {"language": "fr"}).status_code == 403


def test_counts_kept_for_one_reader_carry_no_words_of_his_language(client_for: Any) -> None:
    client = client_for("sur.border.head")
    cache.clear()
    first = text(client.get(reverse("people:desk"), headers={"Accept-Language": "nl"}))
    second = text(client.get(reverse("people:desk"), headers={"Accept-Language": "fr"}))
    assert "Grensloket" in first
    assert "Poste frontière" in second
    assert "Grensloket" not in second


def test_programs_are_answered_in_english_whatever_they_accept(api: Any) -> None:
    answer = api("JAM.border").get("/api/v1/jrcc/hits/not-there/", headers={"Accept-Language": "fr"})
    assert answer.status_code == 404
    assert answer["Content-Language"] == "en-gb"
    assert "There is nothing here" in text(answer)


def test_a_thread_keeps_no_language(client: Client) -> None:
    client.get("/accounts/login/", headers={"Accept-Language": "nl"})
    assert get_language() == "en-gb"


def test_an_action_works_in_english_and_its_refusal_is_read_in_the_readers_language(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = []
    ask = declared_actions._ask

    def listen(*asked: Any) -> None:
        heard.append(get_language())
        ask(*asked)

    monkeypatch.setattr(declared_actions, "_ask", listen)
    with override("fr"):
        with pytest.raises(Refused) as refused:
            propose_api_key(cast["jam.border.head"], None, **ASKED)
        french = refused.value.message
    assert heard == ["en-gb"]
    assert french == override("fr")(lambda: sentence_of(refused.value.code))()
    assert french != refused.value.message


def test_names_of_parties_are_shown_in_the_readers_language() -> None:
    haiti = Party.objects.get(code="HTI")
    with override("fr"):
        assert str(haiti) == "Haïti"
    assert str(haiti) == "Haiti"
    assert haiti.short_name == "Haiti"


@pytest.mark.parametrize(
    ("user", "place"),
    [
        ("impacs.secretariat.manager", "impacs:timeline"),
        ("impacs.secretariat.manager", "impacs:matrix"),
        ("jam.ministry.decider", "region:map"),
        ("jam.ministry.decider", "impacs:obligations"),
        ("jrcc.watch.supervisor", "jrcc:numbers"),
        ("jrcc.watch.supervisor", "jrcc:operations"),
        ("jrcc.watch.supervisor", "jrcc:carriers"),
        ("rifc.analysis.head", "rifc:statistics"),
    ],
)
def test_drawings_have_the_same_numbers_in_every_language(client_for: Any, user: str, place: str) -> None:
    client = client_for(user)
    drawn = {}
    for language in ("en", "fr", "nl", "es"):
        page = client.get(reverse(place), headers={"Accept-Language": language})
        assert page.status_code == 200
        drawn[language] = [GEOMETRY.findall(tag) for tag in TAG.findall(text(page))]
    assert drawn["fr"] == drawn["en"]
    assert drawn["nl"] == drawn["en"]
    assert drawn["es"] == drawn["en"]
