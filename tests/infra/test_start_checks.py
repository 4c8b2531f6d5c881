"""A portal with real data does not start unsafely, and says everything that is wrong at once."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from apps.people.models import User
from caricom_portal import checks

Settings = Any


@pytest.fixture
def safe(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings as an operator should give them."""
    monkeypatch.setenv("ALLOWED_HOSTS", "portal.example")
    monkeypatch.setenv("PORTAL_URL", "https://portal.example")
    monkeypatch.setenv("SECRET_KEY", "given")
    monkeypatch.setenv("FIELD_KEY", "given")
    monkeypatch.setenv("SIGNING_KEY", "given")
    settings.DEMO = False
    settings.REQUIRE_SECOND_FACTOR = True
    settings.ALLOWED_HOSTS = ["portal.example"]
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    return settings


def found(check: Callable[[], list[Any]]) -> list[str]:
    """The numbers of what a check found."""
    return [message.id for message in check()]


def test_settings_as_they_should_be_are_accepted(safe: Settings) -> None:
    assert found(checks.environment_is_safe) == []


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEY", "SIGNING_KEY"])
def test_a_key_made_by_the_portal_is_refused(name: str, safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(name)
    assert found(checks.environment_is_safe) == ["portal.E001"]
    assert name in checks.environment_is_safe()[0].msg


def test_hosts_that_were_not_given_are_refused(safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALLOWED_HOSTS")
    assert found(checks.environment_is_safe) == ["portal.E002"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "FIELD_KEY", "SIGNING_KEY"])
def test_a_key_that_lies_beside_the_data_is_refused(
    name: str, safe: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    safe.HOME = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / name).write_text("another\n")
    assert found(checks.environment_is_safe) == []
    (tmp_path / "keys" / name).write_text("given\n")
    assert found(checks.environment_is_safe) == ["portal.E012"]
    monkeypatch.delenv(name)
    monkeypatch.setenv(f"{name}_FILE", str(tmp_path / "keys" / name))
    assert found(checks.environment_is_safe) == ["portal.E012"]
    assert name in checks.environment_is_safe()[0].msg


@pytest.mark.parametrize("host", ["*", ".example"])
def test_wildcard_hosts_are_refused(host: str, safe: Settings) -> None:
    safe.ALLOWED_HOSTS = ["portal.example", host]
    assert found(checks.environment_is_safe) == ["portal.E002"]


def test_a_portal_that_does_not_know_its_own_address_is_refused(
    safe: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PORTAL_URL")
    assert found(checks.environment_is_safe) == ["portal.E011"]
    assert "https://portal.example" in checks.environment_is_safe()[0].hint


def test_debugging_is_refused(safe: Settings) -> None:
    safe.DEBUG = True
    assert found(checks.environment_is_safe) == ["portal.E003"]


def test_a_portal_without_second_factors_is_refused(safe: Settings) -> None:
    safe.REQUIRE_SECOND_FACTOR = False
    assert found(checks.environment_is_safe) == ["portal.E010"]


@pytest.mark.parametrize("cookie", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"])
def test_a_cookie_over_plain_http_is_refused(cookie: str, safe: Settings) -> None:
    setattr(safe, cookie, False)
    assert found(checks.environment_is_safe) == ["portal.E004"]


def test_all_faults_are_listed_together(safe: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")
    safe.DEBUG = True
    safe.CSRF_COOKIE_SECURE = False
    assert found(checks.environment_is_safe) == ["portal.E001", "portal.E003", "portal.E004"]


def test_a_demonstration_may_use_what_it_made_itself(settings: Settings) -> None:
    settings.DEMO = True
    assert found(checks.environment_is_safe) == []


def test_a_person_of_the_demonstration_is_refused_by_name(db: None, safe: Settings) -> None:
    User.objects.filter(is_demo=True).update(is_demo=False)
    assert found(checks.nobody_from_the_demonstration) == []
    User.objects.create(username="xyz.border.head", full_name="Fictional", is_demo=True)
    assert found(checks.nobody_from_the_demonstration) == ["portal.E008"]
    assert "xyz.border.head" in checks.nobody_from_the_demonstration()[0].msg


def test_the_tests_run_as_the_application_role_which_is_bound(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("portal_app",)
    assert found(checks.database_role_is_bound) == []


def test_a_role_that_owns_tables_is_refused(transactional_db: None, django_db_setup: Any) -> None:
    with django_db_setup.as_owner():
        assert found(checks.database_role_is_bound) == ["portal.E007"]
        assert "portal_owner owns tables" in checks.database_role_is_bound()[0].msg
