"""What the audit trail joins to the other apps."""

from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Every, Tab

app = App(
    "audit",
    urls={"audit/": "urls"},
    collections=[
        Collection("audit/records", "api.RecordViewSet"),
    ],
    clock=[
        Every("1m", "audit.bundle", lane="clock"),
    ],
    tabs=[
        Tab(pgettext_lazy("navigation, portal", "Audit trail"), "audit:records"),
    ],
)
