"""What requests for information join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work
from apps.exchange.policy import FUNCTIONS

app = App(
    "exchange",
    urls={"requests/": "urls"},
    collections=[
        Collection("rifc/requests", "api.requests.RequestViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Requests"),
            "exchange:requests",
            FUNCTIONS,
            once=_("Requests for information"),
        ),
        Tab(pgettext_lazy("navigation, portal", "To us"), "exchange:requests?box=received", FUNCTIONS),
        Tab(pgettext_lazy("navigation, portal", "By us"), "exchange:requests?box=asked", FUNCTIONS),
    ],
    acts={
        "rfi.draft": "exchange:new",
    },
    clock=[
        Every("1m", "exchange.tick", lane="clock"),
        Every("06:25", "exchange.purge", lane="slow"),
    ],
    groups={
        "rfi": _("Requests for information"),
        "rfi_late": pgettext_lazy("words, notices", "Late answers"),
    },
    events=[
        Event(
            "rfi.received",
            "rfi",
            "Request for your desk",
            "A request for information is there for {party}",
            kind="needs",
        ),
        Event("rfi.withdrawn", "rfi", "Request taken back", "A request for information was taken back", kind="needs"),
        Event(
            "rfi.extended", "rfi", "More time given", "More time was given for an answer", kind="digest", mail="digest"
        ),
        Event(
            "rfi.extension_refused", "rfi", "No more time given", "No more time was given for an answer", kind="needs"
        ),
        Event("rfi.replied", "rfi", "Reply to a question back", "The desk that asks has replied", kind="needs"),
        Event("rfi.followed_up", "rfi", "Further questions", "A request asks {party} further questions", kind="needs"),
        Event("rfi.due_soon", "rfi_late", "Answer due soon", "An answer of {party} is due soon", kind="deadline"),
        Event("rfi.late", "rfi_late", "Answer overdue", "An answer of {party} is overdue", kind="late"),
        Event("rfi.chased", "rfi_late", "Answer still overdue", "An answer of {party} is still overdue", kind="late"),
        Event(
            "rfi.escalated",
            "rfi_late",
            "Overdue answer, for the watch and the point of contact",
            "An answer to a request is overdue",
            kind="late",
        ),
        Event("rfi.accepted", "rfi", "Request accepted", "A desk will answer a request", kind="digest", mail="digest"),
        Event("rfi.answered", "rfi", "Answer received", "A request was answered", kind="needs"),
        Event("rfi.refused", "rfi", "Request refused", "A desk does not answer a request", kind="needs"),
        Event("rfi.asked_back", "rfi", "Question back", "A desk has a question about a request", kind="needs"),
        Event("rfi.extension_asked", "rfi", "More time asked for", "A desk asks for more time", kind="needs"),
        Event("rfi.complete", "rfi", "Everybody has answered", "Everybody asked has answered", kind="needs"),
        Event("rfi.overdue", "rfi_late", "Request overdue", "A request was not answered in time", kind="late"),
        Event("rfi.overlap", "rfi", "Same subject", "Two parties ask about the same subject", kind="needs"),
        Event(
            "rfi.overlap_told",
            "rfi",
            "Another party asks too",
            "Another party asks about a subject of a request; RIFC can bring you together",
            kind="needs",
        ),
    ],
    reference="loaders.reference.load_exchange_reference",
    stream_pages={"exchange.request": "exchange:request", "exchange.addressee": "exchange:request"},
    registers={
        "exchange.lines": "lines over which requests run",
    },
    offers={
        "people.asked": ["queries.work.still_open"],
        "search.kinds": ["queries.search.list_exchange_kinds"],
        "files.owners": {"exchange.answer": "models.Answer.objects.visible_to"},
    },
    work=[
        Work(
            "",
            None,
            ["queries.work.asked_of_us", "queries.work.our_own", "queries.work.overlaps", "queries.work.to_chase"],
        ),
    ],
    texts=[
        Texts(
            _("Requests for information"),
            False,
            {
                "exchange.request": "subject purpose legal_basis feedback_note reason",
                "exchange.subject request": "value",
                "exchange.variant request": "text subject",
                "exchange.addressee": "extension_reason",
                "exchange.question addressee": "text",
                "exchange.message addressee": "text",
                "exchange.answer addressee": "text",
                "exchange.answerdraft addressee": "answers internal",
            },
        ),
    ],
)
