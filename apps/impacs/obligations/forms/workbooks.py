"""The form that takes a filled list, and what it keeps between the preview and the confirmation."""

from django.core import signing
from django.utils.translation import pgettext_lazy

from apps.access.forms import ActorForm
from apps.files.forms import UploadField
from apps.impacs.obligations.queries.workbooks import Line

LARGEST = 5_000_000
SALT = "impacs.filled"
KEPT_S = 3600


class FilledForm(ActorForm):
    """A workbook."""

    file = UploadField(label=pgettext_lazy("words, impacs", "Completed spreadsheet"), kinds=("xlsx",), limit=LARGEST)


def kept(lines: list[Line], desk: int) -> str:
    """The reports of a preview, signed, for this desk alone."""
    told = [
        {
            "number": line.number,
            "action": str(line.action.pk),
            "version": line.version,
            "progress": line.progress,
            "text": line.text,
        }
        for line in lines
    ]
    return signing.dumps({"desk": desk, "lines": told}, salt=SALT, compress=True)


def opened(text: str, desk: int) -> list[dict[str, object]] | None:
    """The reports again; None if they are another desk's, older than an hour, or changed."""
    try:
        told = signing.loads(text, salt=SALT, max_age=KEPT_S)
    except signing.BadSignature:
        return None
    return list(told["lines"]) if told["desk"] == desk else None
