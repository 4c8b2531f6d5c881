"""What the gateway to INTERPOL joins to the other apps."""

from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Every, Tab

app = App(
    "gateway",
    urls={"gateway/": "urls"},
    collections=[
        Collection("gateway/sources", "api.SourceViewSet"),
        Collection("gateway/queries", "api.QueryViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, portal", "INTERPOL"),
            "gateway:sources",
            {"JRCC.watch", "JRCC.oversight", "IMPACS.platform"},
        ),
    ],
    clock=[
        Every("10s", "gateway.tick", lane="slow"),
        Every("1m", "gateway.tidy", lane="clock"),
    ],
    reference="loaders.reference.load_gateway_reference",
    stream_pages={"gateway.source": "gateway:sources"},
    registers={
        "gateway.subjects": "{kind of subject: how it is loaded, whether it is in use, its page}",
    },
)
