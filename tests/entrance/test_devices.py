"""Devices and sessions of one's own."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.entrance.models import Device
from apps.notices.models import Delivery, Notice
from tests.entrance.signing import acts, sign_in, signed_in

pytestmark = pytest.mark.django_db
OFFICER = "jam.border.officer"


def test_a_first_device_is_noted_and_a_second_one_is_told_to_the_person_alone(client, cast, drain):
    signed_in(client, OFFICER)
    drain()
    assert not Notice.objects.filter(code="sign_in.new_device").exists()
    signed_in(Client(), OFFICER)
    drain()
    notice = Notice.objects.get(code="sign_in.new_device")
    assert (notice.owner.code, notice.title, OFFICER in notice.number) == ("JAM.border", "", False)
    assert list(Delivery.objects.values_list("user__username", flat=True)) == [OFFICER]


def test_a_device_is_known_again_by_its_cookie_of_which_only_a_hash_is_kept(client, cast):
    signed_in(client, OFFICER)
    mark = client.cookies["device"].value
    client.post(reverse("account_logout"))
    signed_in(client, OFFICER)
    device = Device.objects.get()
    assert mark not in str(device.__dict__)
    assert client.cookies["device"]["httponly"]


def test_a_mark_made_by_somebody_else_is_not_taken_over(client, cast):
    client.cookies["device"] = "chosen"
    signed_in(client, OFFICER)
    assert len(client.cookies["device"].value) == 43


def test_a_forgotten_device_is_new_again(client, cast, drain):
    signed_in(client, OFFICER)
    device = Device.objects.get()
    client.post(reverse("usersessions_forget", args=[device.pk]))
    client.post(reverse("account_logout"))
    signed_in(client, OFFICER)
    drain()
    assert Notice.objects.filter(code="sign_in.new_device").count() == 1


def test_nobody_forgets_another_persons_device(client, client_for):
    signed_in(client, OFFICER)
    answer = client_for("jam.border.head").post(reverse("usersessions_forget", args=[Device.objects.get().pk]))
    assert (answer.status_code, Device.objects.get().state) == (404, "known")


def test_ones_own_session_elsewhere_is_ended_from_the_list_and_another_persons_is_not(client, cast):
    here, there = signed_in(client, OFFICER), signed_in(Client(), OFFICER)
    stranger = signed_in(Client(), "jam.intelligence.officer")
    there.get(reverse("people:desk"))
    stranger.get(reverse("people:desk"))
    page = here.get(reverse("usersessions_list")).content.decode()
    (place,) = [part.split('"')[0] for part in page.split('action="') if part.split('"')[0].endswith("/end/")]
    assert stranger.post(place).status_code == 404
    assert here.post(place).status_code == 302
    assert there.get(reverse("people:desk")).status_code == 302, "signed out"
    assert stranger.get(reverse("people:desk")).status_code == 200
    assert acts("session.end") == [(OFFICER, "done", "")]


def test_signing_out_everywhere_else_leaves_this_browser(client, cast):
    here, there = signed_in(client, OFFICER), signed_in(Client(), OFFICER)
    there.get(reverse("people:desk"))
    here.post(reverse("usersessions_list"))
    assert here.get(reverse("people:desk")).status_code == 200
    assert there.get(reverse("people:desk")).status_code == 302


def test_the_session_key_changes_with_the_sign_in(client, cast):
    client.get("/accounts/login/")
    client.session["x"] = 1
    session = client.session
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, OFFICER)
    assert client.cookies["sessionid"].value != before
