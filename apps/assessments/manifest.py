"""What joint threat assessments join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Page, Tab, Texts, Work
from apps.rifc.policy import CISNET, READERS

app = App(
    "assessments",
    urls={"rifc/assessments/": "urls"},
    pages=[
        Page("api/v1/rifc/assessments/<uuid:pk>/export.<slug:fmt>", "api.assessments.export_file", "assessment_file"),
    ],
    collections=[
        Collection("rifc/assessments", "api.assessments.AssessmentViewSet"),
        Collection("rifc/outlook", "api.outlook.OutlookViewSet"),
        Collection("rifc/track-record", "api.outlook.TrackRecordViewSet"),
        Collection("rifc/lint", "api.text_checks.LintViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Assessments"),
            "assessments:assessments",
            CISNET,
            once=pgettext_lazy("navigation, portal", "Threat assessments"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Outlook"),
            "assessments:outlook",
            CISNET | READERS,
            under=["rifc/assessments/track-record/"],
            once=pgettext_lazy("navigation, portal", "Threat outlook"),
        ),
    ],
    acts={
        "assessment.propose": "assessments:new",
    },
    clock=[
        Every("1h", "assessments.tick", lane="clock"),
    ],
    groups={
        "assessments": _("Joint threat assessments"),
    },
    events=[
        Event(
            "jta.invited",
            "assessments",
            "Asked to take part",
            "{party} is asked to take part in a joint assessment",
            kind="needs",
        ),
        Event(
            "jta.responded",
            "assessments",
            "Answer of a party",
            "A party has answered about a joint assessment",
            kind="digest",
        ),
        Event("jta.step", "assessments", "Step of an assessment", "A joint assessment has moved on", kind="digest"),
        Event(
            "jta.member",
            "assessments",
            "Named in an assessment",
            "Somebody at your desk is named in a joint assessment",
            kind="digest",
        ),
        Event(
            "jta.contributed",
            "assessments",
            "Contribution",
            "A contribution to a joint assessment is there",
            kind="digest",
        ),
        Event(
            "jta.source",
            "assessments",
            "Source recalled",
            "A report that a joint assessment rests on is recalled",
            kind="needs",
        ),
        Event(
            "jta.withdrawn",
            "assessments",
            "Contribution withdrawn",
            "A contribution to a joint assessment is withdrawn",
            kind="needs",
        ),
        Event(
            "jta.comment", "assessments", "Comment on an assessment", "A joint assessment has a comment", kind="digest"
        ),
        Event(
            "jta.answered",
            "assessments",
            "Comment answered",
            "A comment on a joint assessment is answered",
            kind="digest",
        ),
        Event(
            "jta.escalated",
            "assessments",
            "Comment for the director",
            "A comment on a joint assessment needs a decision",
            kind="needs",
        ),
        Event(
            "jta.positions", "assessments", "Positions asked for", "{party} is asked for its positions", kind="needs"
        ),
        Event("jta.position", "assessments", "Position of a party", "A party has taken a position", kind="digest"),
        Event(
            "jta.sign",
            "assessments",
            "Signature asked for",
            "{party} is asked to sign a joint assessment",
            kind="needs",
        ),
        Event("jta.signed", "assessments", "Signature of a party", "A party has signed, or refused to", kind="digest"),
        Event(
            "jta.void",
            "assessments",
            "Positions or signatures void",
            "What {party} said of a joint assessment is void",
            kind="needs",
        ),
        Event("jta.released", "assessments", "Assessment released", "A joint assessment is released", kind="digest"),
        Event(
            "jta.review", "assessments", "Assessment under review", "A joint assessment is under review", kind="digest"
        ),
        Event(
            "jta.mention",
            "assessments",
            "Named in a remark",
            "{party} is named in a remark on a joint assessment",
            kind="needs",
        ),
        Event(
            "jta.outcome",
            "assessments",
            "Outcome of a judgement",
            "What became of a judgement is to be confirmed",
            kind="digest",
        ),
        Event(
            "jta.late",
            "assessments",
            "Step of an assessment overdue",
            "A joint assessment waits for {party}",
            kind="late",
        ),
    ],
    offers={
        "exchange.lines": ["queries.request_line.CallLine"],
        "coedit.rules": ["queries.rights.grant"],
        "taxii.views": {"jta": "queries.exchanged_opinions.of_reports"},
        "rifc.standing": {"jta": "queries.exchanged_opinions.standing"},
    },
    stream_pages={"assessments.assessment": "assessments:assessment"},
    work=[
        Work(
            "", None, ["queries.work.answers", "queries.work.signing", "queries.work.outcomes", "queries.work.leading"]
        ),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Assessments"),
            False,
            {
                "assessments.assessment": "title question scope out_of_scope audience reason",
                "assessments.section assessment": "title plain",
                "assessments.contribution assessment": "text reason",
                "assessments.judgement assessment": "text confidence_basis alternatives",
                "assessments.remark assessment": "text quote suggestion",
                "assessments.comment assessment": "text answer",
                "assessments.position assessment": "text",
                "assessments.signature assessment": "text",
                "assessments.outcome assessment": "text answer",
            },
        ),
    ],
)
