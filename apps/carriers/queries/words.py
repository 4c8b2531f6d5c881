"""Words of weekdays, and of the elements of a booking."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ELEMENT_WORDS = {
    "documents": _("travel documents, birth date, sex, nationality"),
    "itinerary": pgettext_lazy("words, carriers", "other legs"),
    "seats": pgettext_lazy("of an aircraft", "seats"),
    "bags": _("number of bags"),
    "contacts": _("telephone and email"),
    "agency": pgettext_lazy("words, carriers", "travel agency"),
    "payment": _("form of payment"),
}


DAYS = [
    ("1", pgettext_lazy("words, jrcc", "Monday")),
    ("2", pgettext_lazy("words, jrcc", "Tuesday")),
    ("3", pgettext_lazy("words, jrcc", "Wednesday")),
    ("4", pgettext_lazy("words, jrcc", "Thursday")),
    ("5", pgettext_lazy("words, jrcc", "Friday")),
    ("6", pgettext_lazy("words, jrcc", "Saturday")),
    ("7", pgettext_lazy("words, jrcc", "Sunday")),
]
