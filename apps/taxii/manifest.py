"""What TAXII joins to the other apps."""

from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Tab, Work
from apps.rifc.policy import CISNET

app = App(
    "taxii",
    urls={"rifc/": "urls.pages", "taxii2/": "urls.wire"},
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "Imports"),
            "taxii:intakes",
            CISNET,
            once=pgettext_lazy("navigation, portal", "STIX intake"),
        ),
    ],
    registers={
        "taxii.views": "{kind of report: judgements and opinions on its versions}",
    },
    stream_pages={"taxii.intake": "taxii:intake"},
    work=[
        Work("intakes", pgettext_lazy("words, taxii", "STIX intake"), ["queries.work.intakes"]),
    ],
)
