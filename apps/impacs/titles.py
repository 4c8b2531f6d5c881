"""What people call the records of implementation: one function for each kind, named as its model is.

They take words and days, no records: a row of My work, a page's head and a notification are called the same.
"""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.access.templatetags.names import as_party
from apps.access.urgency import days_late, late_by
from apps.pages.columns import Day
from apps.people.queries.work import cut

LONGEST = 90


def clause_code(decision: str, clause: str) -> str:
    """The reference of a clause, of the obligations under it and of what is sent for them."""
    return f"{decision}, {clause}"


def state_action(text: str, party: str = "") -> str:
    """What a clause asks; with the State of which it does, for who reads several."""
    about = cut(text, LONGEST)
    return f"{as_party(party)}: {about}" if party else about


def escalation(party: str, due_on: datetime.date | None, about: str, today: datetime.date) -> str:
    """ "Belize is 75 days late: Regional list of contacts for cyber incidents"; about "" where that is not seen."""
    late = late_by(days_late(due_on, today))
    words = {
        "party": as_party(party),
        "late": late,
        "day": Day.in_words(due_on) if due_on else "–",
        "about": cut(about, LONGEST),
    }
    if not about:
        whole = pgettext("heading, impacs", "%(party)s is %(late)s") if late else _("%(party)s must act by %(day)s")
    else:
        whole = (
            pgettext("heading, impacs", "%(party)s is %(late)s: %(about)s")
            if late
            else _("%(party)s must act by %(day)s: %(about)s")
        )
    return whole % words


def task(title: str) -> str:
    """A task of the work plan."""
    return cut(title, LONGEST)


def mandate(title: str) -> str:
    """What the Council has asked of a body."""
    return cut(title, LONGEST)


def evidence(party: str, about: str) -> str:
    """What a State submitted to be verified."""
    return _of_party(pgettext("heading, impacs", "Evidence of %(party)s: %(about)s"), party, about)


def extension_request(party: str, about: str) -> str:
    """That a State asks for more time."""
    return _of_party(_("%(party)s requests an extension: %(about)s"), party, about)


def assistance_request(party: str, about: str) -> str:
    """That a State asks for help."""
    return _of_party(pgettext("heading, impacs", "%(party)s requests assistance: %(about)s"), party, about)


def exemption_claim(party: str, about: str) -> str:
    """That a State says that a clause does not apply to it."""
    return _of_party(_("%(party)s claims an exemption: %(about)s"), party, about)


def _of_party(whole: str, party: str, about: str) -> str:
    return whole % {"party": as_party(party), "about": cut(about, LONGEST)}
