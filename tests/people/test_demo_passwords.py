"""Passwords of the demonstration: printed, so hashed at the least cost, until their people come."""

from django.contrib.auth.hashers import Argon2PasswordHasher, make_password
from django.test import Client
from django.urls import reverse

from apps.people.models import User
from demo import people as demo


def test_a_password_of_the_demonstration_is_hashed_as_everybodys_at_the_first_sign_in(monkeypatch, cast):
    person = User.objects.filter(username="jam.border.officer")
    password = demo.password("jam.border.officer")
    person.update(password=make_password(password, hasher=demo.PublicPassword()))
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 16)
    sent = {"login": "jam.border.officer", "password": password}
    assert Client().post(reverse("account_login"), sent).status_code == 302
    hashed = person.get().password
    assert "m=16," in hashed
    assert Client().post(reverse("account_login"), sent).status_code == 302
    assert person.get().password == hashed
