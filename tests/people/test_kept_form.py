"""A session that ends in the middle of a form loses nothing."""

import pytest
from django.urls import reverse

from apps.people.models import Seat, User


@pytest.fixture
def ended(client_for):
    """An officer's browser whose session ended after the form was loaded, and the form's fields."""
    browser = client_for("jam.intelligence.officer")
    seat = browser.session["seat"]
    browser.logout()
    return browser, {"name": "Half a list", "kind": "national", "_seat": str(seat)}


def signed_in_again(browser, username):
    user = User.objects.get(username=username)
    browser.force_login(user)
    session = browser.session
    session["seat"] = Seat.objects.filter(user=user, state="current").values_list("pk", flat=True)[0]
    session.save()
    return browser


def test_the_form_leads_to_sign_in_and_then_to_what_was_typed(ended):
    browser, typed = ended
    answer = browser.post(reverse("screening:list_new"), typed)
    assert answer.url == f"{reverse('account_login')}?next={reverse('people:kept')}"
    page = signed_in_again(browser, "jam.intelligence.officer").get(reverse("people:kept"))
    assert "Half a list" in page.content.decode()
    assert f'action="{reverse("screening:list_new")}"' in page.content.decode()


def test_somebody_else_at_the_same_browser_does_not_read_it(ended):
    browser, typed = ended
    browser.post(reverse("screening:list_new"), typed)
    answer = signed_in_again(browser, "brb.border.officer").get(reverse("people:kept"))
    assert answer.url == reverse("home")


def test_it_can_be_thrown_away(ended):
    browser, typed = ended
    browser.post(reverse("screening:list_new"), typed)
    signed_in_again(browser, "jam.intelligence.officer").post(reverse("people:kept"))
    assert browser.get(reverse("people:kept")).url == reverse("home")


def test_a_fragment_is_told_where_to_sign_in(ended):
    browser, typed = ended
    answer = browser.post(reverse("screening:list_new"), typed, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"].endswith(reverse("people:kept"))) == (401, True)
