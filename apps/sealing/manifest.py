"""What keys of States join to the other apps."""

from django.utils.translation import gettext_lazy as _

from apps.access.manifest import App, Collection, Event, Tab, Work
from apps.sealing.policy import SEALS

READERS = SEALS | {"administration", "oversight"}

app = App(
    "sealing",
    urls={"sealing/": "urls"},
    collections=[Collection("sealing/holder-keys", "api.HolderKeyViewSet")],
    tabs=[Tab(_("Keys of States"), "sealing:keys", READERS)],
    groups={"sealing": _("Keys of States")},
    events=[
        Event("sealing.proposed", "sealing", "Key proposed", "A key of {party} waits for confirmation", kind="needs"),
        Event("sealing.confirmed", "sealing", "Key in force", "A key of {party} was put into force", kind="security"),
        Event("sealing.ended", "sealing", "Key ended", "A key of {party} was ended", kind="security"),
    ],
    stream_pages={"sealing.holderkey": "sealing:key"},
    work=[Work("", None, ["queries.keys_waiting"])],
)
