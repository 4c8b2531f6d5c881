"""What journeys join to the other apps."""

from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Texts

app = App(
    "journeys",
    collections=[
        Collection("jrcc/holds", "api.holds.HoldViewSet"),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "Holds"),
            False,
            {
                "jrcc.retentionhold": "reference reason said",
            },
        ),
    ],
)
