"""What data protection joins to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work
from apps.protection.policy import BOARD, HANDLERS, HOLDERS, REGISTER

app = App(
    "protection",
    urls={"protection/": "urls"},
    collections=[
        Collection("protection/requests", "api.RequestViewSet"),
        Collection("protection/classification", "api.LevelViewSet"),
        Collection("protection/keeping-rules", "api.KeepingRuleViewSet"),
        Collection("protection/purposes", "api.PurposeViewSet"),
        Collection("protection/purpose-changes", "api.PurposeChangeViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Data subject requests"),
            "protection:requests",
            HANDLERS | HOLDERS,
            once=_("Requests of persons"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Register of processing"),
            "protection:board",
            BOARD | REGISTER,
            under=["protection/purposes/"],
            once=pgettext_lazy("navigation, portal", "Data protection"),
        ),
    ],
    acts={
        "subject_request.record": "protection:request_new",
    },
    clock=[
        Every("1h", "protection.tick", lane="clock"),
    ],
    events=[
        Event(
            "subject_request.recorded",
            "oversight",
            "A person asks what is held on him",
            "A person's request needs {party}",
            kind="needs",
        ),
    ],
    reference="loaders.reference.load_protection_reference",
    offers={
        "carriers.rule_books": {"purposes": "queries.books.PURPOSES"},
    },
    work=[
        Work("subjects", _("Data subject requests"), ["queries.work.requests"]),
    ],
    texts=[
        Texts(
            _("Data subject requests"),
            True,
            {
                "protection.subjectrequest": "surname asked_by ground answer said",
                "protection.requestsection request": "lines",
            },
        ),
    ],
)
