"""What manifests join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Every, Tab, Texts, Work

app = App(
    "manifests",
    collections=[
        Collection("jrcc/submissions", "api.submissions.SubmissionViewSet"),
    ],
    tabs=[
        Tab(pgettext_lazy("navigation, portal", "Manifests"), "jrcc:submissions", {"JRCC.watch", "carrier"}),
    ],
    acts={
        "submission.receive": "jrcc:submissions",
    },
    clock=[
        Every("10s", "jrcc.collect", lane="fast"),
        Every("1h", "jrcc.drafts", lane="clock"),
    ],
    work=[
        Work("lists", _("Manifests to correct"), ["queries.work.lists_to_correct"]),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Manifests"),
            True,
            {
                "jrcc.submission": "file_name reason",
            },
        ),
    ],
)
