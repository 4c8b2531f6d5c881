"""What shared reports join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work
from apps.rifc.policy import CISNET, READERS, RELEASES

app = App(
    "rifc",
    urls={"rifc/": "urls"},
    collections=[
        Collection("rifc/reports", "api.reports.ReportViewSet"),
        Collection("rifc/release-requests", "api.releases.ReleaseRequestViewSet"),
        Collection("rifc/openings", "api.openings.OpeningViewSet"),
        Collection("rifc/key-shares", "api.openings.KeyShareViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, rifc", "Reports"),
            "rifc:reports",
            CISNET | READERS,
            once=pgettext_lazy("navigation, portal", "Shared reports"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Received"), "rifc:reports?box=inbox", CISNET),
        Tab(pgettext_lazy("navigation, portal", "Sent"), "rifc:reports?box=sent", CISNET),
        Tab(pgettext_lazy("navigation, portal", "Drafts"), "rifc:reports?box=drafts", CISNET),
        Tab(pgettext_lazy("navigation, portal", "Open to all"), "rifc:reports?box=community", CISNET),
        Tab(
            pgettext_lazy("navigation, portal", "Release requests"),
            "rifc:requests",
            CISNET | READERS,
            once=_("Requests for release"),
        ),
        Tab(_("Openings of sealed texts"), "rifc:openings", CISNET | READERS),
        Tab(
            pgettext_lazy("navigation, portal", "Sharing statistics"),
            "rifc:statistics",
            RELEASES | {"RIFC.watch"},
            once=_("Give and take"),
        ),
    ],
    acts={
        "rifc_report.draft": "rifc:report_new",
    },
    clock=[
        Every("1m", "rifc.tick", lane="clock"),
        Every("06:10", "rifc.count", lane="slow"),
        Every("06:20", "rifc.purge", lane="slow"),
    ],
    groups={
        "shared_reports": pgettext_lazy("words, notices", "Shared reports"),
        "receipts": pgettext_lazy("words, rifc", "Report receipts"),
    },
    events=[
        Event("rifc.to_approve", "shared_reports", "Report to approve", "A report waits for approval", kind="needs"),
        Event("rifc.returned", "shared_reports", "Report returned", "A report came back to its author", kind="needs"),
        Event("rifc.report", "shared_reports", "Report for your desk", "A report is there for {party}", kind="needs"),
        Event("rifc.receipt", "receipts", "Receipt given", "A receipt was given", kind="digest", mail="digest"),
        Event(
            "rifc.use",
            "receipts",
            "What a report was good for",
            "A recipient says what a report was good for",
            kind="digest",
            mail="digest",
        ),
        Event("rifc.receipt_late", "receipts", "Receipt overdue", "A receipt is overdue", kind="late"),
        Event(
            "rifc.recall",
            "shared_reports",
            "Report recalled",
            "A report is recalled: {party} has to confirm",
            kind="needs",
        ),
        Event(
            "rifc.entry_withdrawn",
            "shared_reports",
            "Report taken back",
            "A report was taken back from {party}",
            kind="needs",
        ),
        Event(
            "rifc.recall_answer",
            "receipts",
            "Answer to a recall",
            "A recall was answered",
            kind="digest",
            mail="digest",
        ),
        Event(
            "rifc.recall_late",
            "receipts",
            "Answer to a recall overdue",
            "An answer to a recall is overdue",
            kind="late",
        ),
        Event(
            "rifc.opening_asked",
            "shared_reports",
            "Opening asked for",
            "A key holder of {party} is asked to open a text",
            kind="needs",
        ),
        Event("rifc.opening_open", "shared_reports", "Text opened for you", "A text is opened for you", kind="needs"),
        Event(
            "rifc.release_request",
            "shared_reports",
            "Release asked for",
            "{party} is asked for a release",
            kind="needs",
        ),
        Event(
            "rifc.release_answer",
            "shared_reports",
            "Release decided",
            "A request for release is answered",
            kind="digest",
        ),
    ],
    reference="loaders.reference.load_rifc_reference",
    stream_pages={
        "rifc.opening": "rifc:opening",
        "rifc.releaserequest": "rifc:request",
        "rifc.report": "rifc:report",
    },
    registers={
        "rifc.standing": "{kind of report: a sentence on one in force}",
    },
    offers={
        "access.encrypted": {"rifc.sourcereference": "queries.source_references.KEPT"},
        "search.kinds": ["actions.search.list_rifc_kinds"],
        "search.labels": {
            "category": "actions.search.name_categories",
            "sort_of": "actions.search.name_sorts",
            "level": "actions.search.name_levels",
        },
        "files.owners": {"rifc.report": "models.Report.objects.visible_to"},
        "files.opened": {"rifc.report": "actions.receipts.open_file"},
        "exchange.lines": ["queries.request_line.CisnetLine"],
    },
    work=[
        Work(
            "",
            None,
            [
                "queries.work.reports.receipts",
                "queries.work.reports.drafts",
                "queries.work.reports.recalls",
                "queries.work.reports.requests",
                "queries.work.reviews.reviews",
                "queries.work.openings.openings_waiting",
            ],
        ),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Shared reports"),
            False,
            {
                "rifc.report": (
                    "title summary event_place retained_for reason change_note without_rifc kept_open words"
                ),
                "rifc.paragraph report": "text",
                "rifc.recall report": "text",
                "rifc.recallack report": "text",
                "rifc.receipt report": "conditions ack_note reason",
                "rifc.use report": "note",
                "rifc.releaserequest": "external note conditions",
                "rifc.opening report": "why answer",
            },
        ),
    ],
)
