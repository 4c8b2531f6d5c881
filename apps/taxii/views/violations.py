"""What the codes of `apps.taxii.stix` say to a person."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

FLAGS: dict[str, Any] = {
    "no-tlp": _("No TLP: treated as AMBER."),
    "two-tlp": _("More than one TLP: the stricter one applies."),
    "tlp1": _("Marked with TLP 1: read as TLP 2.0."),
    "tlp1-amber": _("TLP 1 amber: treated as AMBER. Ask the sender whether AMBER+STRICT is meant."),
    "statement": _("Has a statement (copyright or terms) that is not carried over."),
    "granular": _("Its parts have markings of their own: the whole takes the highest one."),
    "unknown-marking": _("Marking not recognised: quarantined, no report is created."),
    "no-audience": _("The EYES markings of its parts have no party in common: quarantined, no report is created."),
    "third": _("Created by someone outside your party: ORCON is assumed."),
    "tlp-raised": _("TLP and classification did not agree: the TLP was raised."),
    "missing-objects": _("The report names objects that were not sent with it."),
    "not-taken": _("Names objects that have no place in a portal report; they stay as sent."),
    "loose": _("There is no report in it: everything with text becomes a paragraph."),
    "cut": _("Longer than a report may be: the end was cut off."),
}
BECOMES: dict[str, Any] = {
    "report": pgettext_lazy("noun, taxii", "report"),
    "paragraph": pgettext_lazy("words, taxii", "paragraph"),
    "thing": pgettext_lazy("words, taxii", "entity, proposed"),
    "link": pgettext_lazy("words, taxii", "link, proposed"),
    "sighting": pgettext_lazy("words, taxii", "sighting, proposed"),
    "held": _("read for what it says about others"),
    "kept": _("not supported: kept as sent"),
}


def sentences(flags: Any) -> list[Any]:
    """The sentences of flags."""
    return [FLAGS[flag] for flag in flags]
