"""What people call the records of accounts: one function for each kind, named as its model is. They name a person."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def account_proposal(person: str, *, elsewhere: bool = False) -> str:
    """What was asked for about a person, here or by another party."""
    whole = (
        _("Another party requests %(person)s")
        if elsewhere
        else pgettext("heading, people", "Account change: %(person)s")
    )
    return whole % {"person": person}


def handover(person: str, *, half: bool) -> str:
    """A secret that is handed over in person."""
    whole = _("Hand over half of a one-time password: %(person)s") if half else _("Hand over a code: %(person)s")
    return whole % {"person": person}


def invitation(person: str) -> str:
    """Somebody who has opened their account."""
    return _("New account to confirm: %(person)s") % {"person": person}


def review_item(person: str) -> str:
    """An appointment in a review."""
    return _("Appointment to review: %(person)s") % {"person": person}


def emergency_use(person: str) -> str:
    """An appointment that somebody gave themselves."""
    return _("Emergency access of %(person)s") % {"person": person}


def desk_token(desk: str, label: str) -> str:
    """A key by which a program acts."""
    name = pgettext("words, people", "Key of %(desk)s") % {"desk": desk}
    return f"{name}: {label}" if label else name
