"""The forms by which a person sends a list or mends one. Input of actions is declared with the actions."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from apps.jrcc import paxlst
from apps.jrcc.correcting import FIELDS
from apps.jrcc.intake import XLSX, XML
from apps.jrcc.paxlst.mending import Place, mended, mends_of, still_wrong

LONGEST_NAME = 120
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
"""First bytes of PNG, JPEG, GIF, BMP and TIFF files."""
NOT_LISTS = {
    b"%PDF": _("This is a PDF. Send the PAXLST message or the spreadsheet that it was made from."),
    b"{\\rtf": _("This is a text document. Send the PAXLST message or the spreadsheet itself."),
    b"\xd0\xcf\x11\xe0": _("This is an old Office file. Save it as .xlsx or .csv, then send it again."),
    b"\x1f\x8b": _("This file is packed. Unpack it, then send the list itself."),
    b"MZ": _("This is a program, not a passenger or crew list."),
}
"""First bytes of files that people send by mistake, and what to do instead."""


class UploadForm(forms.Form):
    """A list as a file or as pasted text: exactly one of the two. `sent`, `name` and `kind` hold what was sent."""

    file = forms.FileField(
        label=_("File with the list"),
        help_text=_("PAXLST message, CSV or XLSX, a ship's XML, up to 10 MB."),
        required=False,
        error_messages={
            "empty": _("The file is empty. Choose the file that holds the list."),
            "max_length": _("The name of the file is too long. Use at most 120 letters."),
        },
        widget=forms.FileInput(attrs={"accept": ".edi,.txt,.edifact,.csv,.xlsx,.xml,.json"}),
    )
    text = forms.CharField(
        label=_("Or paste the message"),
        help_text=_("Everything from UNA or UNB to UNZ, as your system wrote it."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off", "class": "mono"}),
    )

    sent: bytes = b""
    name: str = ""
    kind: str = ""

    def clean_file(self) -> Any:
        """The file, if it can be a list at all."""
        sent = self.cleaned_data.get("file")
        if not sent:
            return None
        if sent.size > settings.SUBMISSION_LIMIT:
            raise ValidationError(
                _("The file has %(size)s MB, the limit is %(limit)s MB. Send the list in parts.")
                % {"size": -(-sent.size // 2**20), "limit": settings.SUBMISSION_LIMIT // 2**20}
            )
        self._check_start(sent.read(16))
        sent.seek(0)
        return sent

    def clean(self) -> dict[str, Any]:
        """Exactly one source."""
        found = super().clean() or {}
        sent, text = found.get("file"), found.get("text") or ""
        if self.errors:
            return found
        if sent and text.strip():
            raise ValidationError({"text": _("Send the file or the pasted text, not both. Empty one of the two.")})
        if not sent and not text.strip():
            raise ValidationError({"file": _("Choose a file, or paste the message below.")})
        if sent:
            self.sent, self.name = sent.read(), sent.name[-LONGEST_NAME:]
            self.kind = _kind(self.sent, self.name)
        else:
            # a browser sends CR LF for every line break of a text field; the message had LF or none
            self.sent, self.kind = text.replace("\r\n", "\n").encode(), "text/plain"
        if len(self.sent) > settings.SUBMISSION_LIMIT:
            raise ValidationError({"text": _("The text is longer than 10 MB. Send the list in parts.")})
        return found

    @staticmethod
    def _check_start(start: bytes) -> None:
        webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
        if start.startswith(PICTURES) or webp or start[4:8] == b"ftyp":
            raise ValidationError(
                _("This is a picture. We cannot read lists from pictures: send the PAXLST message or a spreadsheet.")
            )
        for first, sentence in NOT_LISTS.items():
            if start.startswith(first):
                raise ValidationError(sentence)


def _kind(data: bytes, name: str) -> str:
    """Media type of a file by its content, then by its name: browsers know no type for `.edi`."""
    if data.startswith(b"PK"):
        return XLSX
    if data.lstrip()[:1] in {b"{", b"["}:
        return "application/json"
    if data.lstrip()[:1] == b"<":
        return XML
    return "text/csv" if name.lower().endswith(".csv") else "text/plain"


class CorrectionForm(forms.Form):
    """A field for each value that the findings shown ask for. `document` holds the next version once it is valid.

    `findings` carry the number of their list (`list`) and get their bound fields in `fields`. What was not changed
    is sent again as it stood, so a list may be mended in several steps.
    """

    reason = forms.CharField(
        label=_("Why the JRCC corrects it"),
        help_text=_("The sender sees this: for example that he asked for it by telephone."),
        max_length=200,
    )
    document: bytes = b""

    def __init__(
        self,
        data: Any = None,
        *,
        objects: Sequence[dict[str, Any]],
        findings: Iterable[dict[str, Any]],
        receipt: str,
        on_behalf: bool,
    ) -> None:
        super().__init__(data)
        self.objects, self.receipt = objects, receipt
        self.places: dict[str, Place] = {}
        if not on_behalf:
            del self.fields["reason"]
        for finding in findings:
            mends = mends_of(objects, finding["list"], finding)
            fresh = [mend for mend in mends if mend.place.name not in self.places]
            for mend in fresh:
                self._add(mend.place, mend.value)
            finding["fields"] = [self[mend.place.name] for mend in fresh]
        if on_behalf:
            self.order_fields([*self.places, "reason"])

    def _add(self, place: Place, value: str) -> None:
        words, hint = FIELDS[place.field]
        field = forms.CharField(label=words, help_text=hint, required=False, max_length=120, initial=value)
        field.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
        self.fields[place.name], self.places[place.name] = field, place

    def clean(self) -> dict[str, Any]:
        """The next version of the list; a changed value that cannot be read is a fault at its field."""
        found = super().clean() or {}
        typed = {place: found.get(name, "") for name, place in self.places.items() if name in found}
        changed = [place for place, value in typed.items() if value != self.fields[place.name].initial]
        if self.errors:
            return found
        if not changed:
            raise ValidationError(_("Nothing was changed. Mend at least one value, then send the corrections."))
        self.document = mended(self.objects, typed, self.receipt)
        wrong = still_wrong(self.objects, paxlst.read(self.document), [p for p in changed if typed[p]])
        for place, sentence in wrong.items():
            self.add_error(place.name, sentence)
        return found
