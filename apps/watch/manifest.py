"""What watch and bulletins join to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Texts, Work
from apps.rifc.policy import CISNET, READERS

app = App(
    "watch",
    urls={"watch/": "urls"},
    collections=[
        Collection("rifc/bulletins", "api.bulletins.BulletinViewSet"),
        Collection("rifc/digests", "api.digests.DigestViewSet"),
        Collection("watch/logs", "api.logs.WatchViewSet"),
    ],
    tabs=[
        Tab(pgettext_lazy("navigation, portal", "Watch log"), "watch:desk", {"RIFC.watch", "JRCC.watch"}),
        Tab(pgettext_lazy("navigation, portal", "Bulletins"), "watch:bulletins", CISNET),
        Tab(
            pgettext_lazy("navigation, portal", "Digests"),
            "watch:digests",
            CISNET | READERS,
            once=pgettext_lazy("navigation, portal", "Weekly digests"),
        ),
    ],
    acts={
        "bulletin.draft": "watch:bulletin_new",
    },
    clock=[
        Every("1m", "watch.tick", lane="clock"),
        Every("06:30", "watch.purge", lane="slow"),
    ],
    groups={
        "bulletins": _("Watch and bulletins"),
    },
    events=[
        Event("watch.bulletin", "bulletins", "Bulletin", "A bulletin for {party}", kind="needs"),
        Event(
            "watch.bulletin_renewed",
            "bulletins",
            "Bulletin renewed",
            "A bulletin was renewed",
            kind="digest",
            mail="digest",
        ),
        Event(
            "watch.bulletin_cancelled",
            "bulletins",
            "Bulletin cancelled",
            "A bulletin is cancelled: {party} has to confirm",
            kind="needs",
        ),
        Event(
            "watch.bulletin_late",
            "bulletins",
            "Receipt of a bulletin overdue",
            "The receipt of a bulletin is overdue",
            kind="late",
        ),
        Event(
            "watch.handover", "bulletins", "Hand-over of the watch", "A watch waits for its next officer", kind="needs"
        ),
        Event("watch.digest", "bulletins", "Weekly digest", "The weekly digest is there", kind="digest", mail="digest"),
        Event(
            "watch.digest_rebuilt",
            "bulletins",
            "Weekly digest replaced",
            "A weekly digest was taken back and replaced",
            kind="needs",
        ),
    ],
    reference="loaders.reference.load_watch_reference",
    offers={
        "search.kinds": ["queries.search.list_watch_kinds"],
    },
    work=[
        Work(
            "",
            None,
            ["queries.work.receipts", "queries.work.to_issue", "queries.work.handovers", "queries.work.digests"],
        ),
    ],
    texts=[
        Texts(
            pgettext_lazy("words, protection", "The watch"),
            False,
            {
                "watch.bulletin": "title text short_text area reason",
                "watch.digest": "intro reason",
                "watch.digestitem digest": "sentence",
                "watch.handover watch": "items brief remarks broken_off",
                "watch.watchentry watch": "from_whom text action_taken links",
            },
        ),
    ],
)
