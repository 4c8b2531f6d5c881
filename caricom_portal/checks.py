"""What must be true before a portal with real data may start; `manage.py check --deploy --tag portal`.

Runs at every start that is not a demonstration, in the container as under `make run`. Each finding says what is
wrong and what to do; any one of them stops the start.
"""

import os
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error, register
from django.db import DatabaseError, connection

from apps.access.key_rotation import marks_are_of_another_key
from caricom_portal.keys import is_generated, lies_beside

TAG = "portal"
KEYS = ("SECRET_KEY", "FIELD_KEY", "SIGNING_KEY")
NAMES_SHOWN = 5


@register(TAG, deploy=True)
def environment_is_safe(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Keys, hosts, cookies and debugging; nothing to say in a demonstration."""
    if settings.DEMO:
        return []
    return [*_keys(), *_hosts(), *_cookies()]


@register(TAG, deploy=True)
def database_role_is_bound(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The application's role obeys row-level security and owns nothing; in a demonstration as well."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_user, rolsuper, rolbypassrls, EXISTS (SELECT 1 FROM pg_class c"
                " WHERE c.relowner = r.oid AND c.relkind IN ('r', 'p', 'v', 'm')) FROM pg_roles r"
                " WHERE rolname = current_user"
            )
            role, is_super, bypasses, owns = cursor.fetchone()
    except DatabaseError as error:
        return [_error(6, f"The database does not answer: {error}", "See DATABASE_URL.")]
    faults = {"is a superuser": is_super, "may bypass row-level security": bypasses, "owns tables": owns}
    return [
        _error(7, f"The database role {role} {fault}.", "Use a role like portal_app in DATABASE_URL.")
        for fault, is_so in faults.items()
        if is_so
    ]


@register(TAG, deploy=True)
def nobody_from_the_demonstration(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """No demonstration people and no superusers among the accounts."""
    if settings.DEMO:
        return []
    people = get_user_model()._default_manager
    try:
        demo = list(people.filter(is_demo=True).values_list("username", flat=True)[: NAMES_SHOWN + 1])
        supers = list(people.filter(is_superuser=True).values_list("username", flat=True)[: NAMES_SHOWN + 1])
    except DatabaseError:
        return []  # database_role_is_bound says so; before the first migration there are no people
    found: list[CheckMessage] = []
    if demo:
        hint = "Use an empty PORTAL_HOME or database: a demonstration cannot become a portal with real data."
        found.append(_error(8, f"Demonstration people exist: {_named(demo)}.", hint))
    if supers:
        hint = "What a person may do comes from seats; remove the superuser mark."
        found.append(_error(9, f"Superuser accounts exist: {_named(supers)}.", hint))
    return found


@register(TAG, deploy=True)
def marks_are_known_again(app_configs: Sequence[AppConfig] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """The key of marks is the one of before FIELD_KEY was changed; in a demonstration as well."""
    try:
        wrong = marks_are_of_another_key()
    except DatabaseError:
        return []  # database_role_is_bound says so; before the first migration there is none
    hint = "Give the FIELD_KEY of before the first change as MARK_KEY: persons, documents and ids are known by it."
    return [_error(13, "MARK_KEY is not the key under which marks were made.", hint)] if wrong else []


def _keys() -> Iterator[CheckMessage]:
    for name in KEYS:
        if is_generated(name):
            hint = f"Give {name}, or {name}_FILE with the name of a file that holds it."
            yield _error(1, f"{name} was made by the portal and lies beside its data.", hint)
        elif lies_beside(name, settings.HOME):
            hint = f"Keep it elsewhere, and remove keys/{name} from PORTAL_HOME."
            yield _error(12, f"{name} lies beside the data that it protects.", hint)


def _hosts() -> Iterator[CheckMessage]:
    hosts = list(settings.ALLOWED_HOSTS)
    if not os.environ.get("ALLOWED_HOSTS"):
        yield _error(2, "ALLOWED_HOSTS is not set.", "Give the names under which people reach the portal.")
    elif any(host == "*" or host.startswith(".") for host in hosts):
        yield _error(2, f"ALLOWED_HOSTS allows any host: {', '.join(hosts)}.", "Name each host in full.")
    if not os.environ.get("PORTAL_URL"):
        hint = "Give the address under which people reach the portal, for example https://portal.example."
        yield _error(11, "PORTAL_URL is not set: links in mails, calendars and documents would lead nowhere.", hint)
    if settings.DEBUG:
        yield _error(3, "DEBUG is on.", "Error pages would show data and settings.")
    if not settings.REQUIRE_SECOND_FACTOR:
        yield _error(10, "Nobody needs a second factor.", "Leave REQUIRE_SECOND_FACTOR unset.")


def _cookies() -> Iterator[CheckMessage]:
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):
        if not getattr(settings, name):
            hint = "Serve over TLS and set TRUSTED_PROXY=1, or SECURE_COOKIES=1."
            yield _error(4, f"{name} is off: the cookie would travel over plain http.", hint)


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:NAMES_SHOWN])
    return f"{shown} and others" if len(names) > NAMES_SHOWN else shown


def _error(number: int, what: str, hint: str) -> Error:
    return Error(what, hint=hint, id=f"portal.E{number:03}")
