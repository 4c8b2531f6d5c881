"""What the codes of `apps.taxii.stix` say to a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

FLAGS: dict[str, Any] = {
    "no-tlp": _("No TLP: taken as AMBER."),
    "two-tlp": _("More than one TLP: the stricter one holds."),
    "tlp1": _("Marked with TLP 1: read as TLP 2.0."),
    "tlp1-amber": _("TLP 1 amber: taken as AMBER. Ask the sender whether AMBER+STRICT is meant."),
    "statement": _("Has a statement (copyright or terms) that goes no further."),
    "granular": _("Parts have markings of their own: the whole is marked as high as its highest part."),
    "unknown-marking": _("A marking is not understood here: set apart, no report is made of it."),
    "no-audience": _("EYES of its parts have no party in common: set apart, no report is made of it."),
    "third": _("Made by somebody else than your party: ORCON is assumed."),
    "tlp-raised": _("TLP and classification did not go together: the TLP was raised."),
    "missing-objects": _("The report names objects that were not sent with it."),
    "not-taken": _("Names objects that no report of the portal has a place for; they stay as they were sent."),
    "loose": _("There is no report in it: everything that has words becomes a paragraph."),
    "cut": _("Longer than a report may be: the end was left out."),
}
BECOMES: dict[str, Any] = {
    "report": _("report"),
    "paragraph": _("paragraph"),
    "thing": _("person or thing, proposed"),
    "link": _("link, proposed"),
    "sighting": _("sighting, proposed"),
    "held": _("read for what it says of others"),
    "kept": _("unsupported: kept as it was sent"),
}


def sentences(flags: Any) -> list[Any]:
    """The sentences of flags."""
    return [FLAGS[flag] for flag in flags]
