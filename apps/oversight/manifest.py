"""What oversight joins to the other apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.access.manifest import App, Collection, Event, Every, Tab, Work
from apps.oversight.policy import ANCHOR_READERS, NOTE_LEAVERS

app = App(
    "oversight",
    urls={"oversight/": "urls"},
    collections=[
        Collection("oversight/anchors", "api.AnchorViewSet"),
        Collection("oversight/cases", "api.CaseViewSet"),
        Collection("oversight/cosignatures", "api.CosignatureViewSet"),
        Collection("oversight/leavers", "api.LeaverViewSet"),
        Collection("oversight/witnesses", "api.WitnessViewSet"),
        Collection("oversight/sight", "api.SightViewSet"),
    ],
    tabs=[
        Tab(
            pgettext_lazy("navigation, oversight", "All"),
            "oversight:cases",
            {"oversight"},
            under=["oversight/openings/", "oversight/receipts/"],
            once=pgettext_lazy("navigation, oversight", "Cases"),
        ),
        Tab(
            pgettext_lazy("navigation, portal", "Seals"),
            "oversight:anchors",
            ANCHOR_READERS,
            under=["oversight/walks/"],
            once=pgettext_lazy("navigation, portal", "Anchors"),
        ),
        Tab(_("Who could have seen it"), "oversight:sight", {"oversight"}),
        Tab(
            pgettext_lazy("navigation, portal", "Leavers"),
            "oversight:leavers",
            NOTE_LEAVERS,
            once=_("Who is about to leave"),
        ),
    ],
    acts={
        "leaver.note": "oversight:leavers",
    },
    clock=[
        Every("10m", "oversight.anchor", lane="slow"),
        Every("1h", "oversight.tick", lane="slow"),
    ],
    groups={
        "oversight": pgettext_lazy("words, notices", "Oversight"),
    },
    events=[
        Event(
            "audit.anchored",
            "oversight",
            "Root of the day's first anchor",
            "Anchor of the audit: keep this mail",
            kind="digest",
        ),
        Event(
            "audit.anchor_broken",
            "oversight",
            "The audit was rewritten",
            "The audit no longer says what an earlier anchor holds",
            kind="security",
        ),
        Event(
            "audit.unwitnessed",
            "oversight",
            "Anchor without its witnesses",
            "An anchor of the audit has too few witnesses",
            kind="security",
        ),
        Event(
            "audit.witness_changed",
            "oversight",
            "Witness approved or ended",
            "The witnesses of the audit have changed",
            kind="security",
        ),
        Event(
            "audit.chain_broken",
            "oversight",
            "Break in a chain of the audit",
            "A chain of the audit is broken",
            kind="security",
        ),
        Event(
            "oversight.opened_in_emergency",
            "oversight",
            "Records opened from an emergency seat",
            "Records of {party} were opened in an emergency",
            kind="needs",
        ),
        Event(
            "oversight.case_opened", "oversight", "Something unusual in the audit", "A case needs {party}", kind="needs"
        ),
    ],
    reference="loaders.reference.load_oversight_reference",
    work=[
        Work("conduct", pgettext_lazy("words, oversight", "Oversight cases"), ["queries.work.cases"]),
    ],
)
