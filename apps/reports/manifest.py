"""What reports that leave the Community join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work

app = App(
    "reports",
    urls={"reports/": "urls"},
    collections=[
        Collection("reports/reports", "api.ReportViewSet"),
        Collection("reports/clearances", "api.ClearanceViewSet"),
        Collection("reports/facts", "api.FactViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Reports"),
            "reports:reports",
            {"ministry", "secretariat"},
            once=pgettext_lazy("navigation, portal", "Reports out"),
        ),
        Tab(pgettext_lazy("navigation, portal", "Scorecards"), "reports:scorecards", {"ministry", "secretariat"}),
        Tab(pgettext_lazy("navigation, portal", "Facts"), "reports:facts", {"ministry", "secretariat"}),
    ],
    acts={
        "fact.record": "reports:fact_new",
        "report.create": "reports:new",
    },
    clock=[
        Every("1h", "reports.days", lane="clock"),
    ],
    groups={
        "reports": _("Reports that leave the Community"),
    },
    events=[
        Event(
            "report.sentence_clearance",
            "reports",
            "Sentences to clear",
            "A report names {party}: please clear it",
            kind="needs",
        ),
        Event("report.returned", "reports", "Report returned", "A report was returned", kind="needs"),
        Event("report.issued", "reports", "Report issued", "A report was issued", kind="digest", mail="digest"),
        Event("report.corrected", "reports", "Report corrected", "A report is corrected by a later one", kind="digest"),
    ],
    reference="loaders.reference.load_reports_reference",
    offers={
        "search.kinds": ["queries.search.list_reports_kinds"],
    },
    stream_pages={
        "reports.report": "reports:report",
        "reports.clearance": "reports:clearance",
        "reports.fact": "reports:fact",
    },
    enums={
        "OutgoingReportKind": "models.Report.Kind",
    },
    work=[
        Work("", None, ["queries.work.clearances.clearances_due", "queries.work.drafts.reports_to_go_on"]),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Reporting"),
            True,
            {
                "reports.report": "title addressee reason",
                "reports.handedit report": "before after",
                "reports.renderedsentence report": "text was hand note gap_reason",
                "reports.transmission report": "to",
                "reports.clearance": "texts comment",
                "reports.fact": "title content source reason",
                "reports.scorecomment": "text",
            },
        ),
    ],
)
