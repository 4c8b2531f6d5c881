"""The language in which the portal writes to somebody who is not looking at a page."""

from typing import Any

from django.conf import settings


def language_for(user: Any) -> str:
    """What a person chose last on a page, else that of their party. The user is loaded with `home_party`."""
    spoken = {code for code, _name in settings.LANGUAGES}
    return user.language if user.language in spoken else _language_of(user.home_party)


def _language_of(party: Any) -> str:
    """The first language of a party that the portal speaks; the Community's own for a party without one, or None."""
    spoken = {code.partition("-")[0]: code for code, _name in settings.LANGUAGES}
    languages = party.languages if party else ()
    return next((spoken[code] for code in languages if code in spoken), settings.LANGUAGE_CODE)
