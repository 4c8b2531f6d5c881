"""What stands above all apps: signing in and one's own account, the operators' pages, the documentation."""

from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Event, Every, Page, Tab
from apps.operations.policy import OPERATORS

app = App(
    "caricom_portal",
    package="caricom_portal",
    pages=[
        Page("docs/", "documentation.documentation", "docs"),
        Page("docs/<path:page>/", "documentation.documentation", "docs_page"),
        Page("first-steps/", "first_steps.first_steps", "first_steps"),
    ],
    urls={"accounts/": "account_urls", "operations/": "operations_urls"},
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "System status"),
            "operations:status",
            {OPERATORS},
            once=pgettext_lazy("words, portal", "System status"),
        ),
    ],
    clock=[
        Every("10m", "operations.disks", lane="clock"),
    ],
    groups={
        "operation": pgettext_lazy("words, portal", "Portal operations"),
    },
    events=[
        Event(
            "operations.disk_low",
            "operation",
            "A disk of the portal is nearly full",
            "Make room: a disk of the portal is nearly full",
            kind="needs",
        ),
    ],
    declares=["checks", "manifest_checks"],
    offers={"people.areas": ["navigation.areas_of"]},
)
