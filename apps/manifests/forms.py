"""The forms by which a person sends a list or mends one. Input of actions is declared with the actions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.manifests import paxlst
from apps.manifests.actions.intake import XLSX, XML
from apps.manifests.paxlst.corrections import Place, mended, still_wrong
from apps.manifests.queries.corrections import FIELDS
from apps.manifests.queries.finding_groups import Group, put_on_page

LONGEST_NAME = 120
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
"""First bytes of PNG, JPEG, GIF, BMP and TIFF files."""
NOT_LISTS = {
    b"%PDF": _("This is a PDF. Send the PAXLST message or the spreadsheet that it was made from."),
    b"{\\rtf": _("This is a text document. Send the PAXLST message or the spreadsheet itself."),
    b"\xd0\xcf\x11\xe0": _("This is an old Office file. Save it as .xlsx or .csv, then send it again."),
    b"\x1f\x8b": _("This file is compressed. Unpack it, then send the manifest itself."),
    b"MZ": _("This is a program, not a manifest."),
}
"""First bytes of files that people send by mistake, and what to do instead."""


class UploadForm(forms.Form):
    """A list as a file or as pasted text: exactly one of the two. `sent`, `name` and `kind` hold what was sent."""

    file = forms.FileField(
        label=pgettext_lazy("words, manifests", "Manifest file"),
        help_text=_("PAXLST, CSV, XLSX or a ship's XML, up to 10 MB."),
        required=False,
        error_messages={
            "empty": _("The file is empty. Choose another file."),
            "max_length": _("The file name is too long. Use at most 120 characters."),
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
                _("The file is %(size)s MB; the limit is %(limit)s MB. Send the manifest in parts.")
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
            raise ValidationError({"text": _("Send the file or the pasted text, not both. Clear one of them.")})
        if not sent and not text.strip():
            raise ValidationError({"file": _("Choose a file, or paste the message below.")})
        if sent:
            self.sent, self.name = sent.read(), sent.name[-LONGEST_NAME:]
            self.kind = _kind(self.sent, self.name)
        else:
            # a browser sends CR LF for every line break of a text field; the message had LF or none
            self.sent, self.kind = text.replace("\r\n", "\n").encode(), "text/plain"
        if len(self.sent) > settings.SUBMISSION_LIMIT:
            raise ValidationError({"text": _("The text is longer than 10 MB. Send the manifest in parts.")})
        return found

    @staticmethod
    def _check_start(start: bytes) -> None:
        webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
        if start.startswith(PICTURES) or webp or start[4:8] == b"ftyp":
            raise ValidationError(
                _("This is an image. We cannot read manifests from images: send the PAXLST message or a spreadsheet.")
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
    """A field for each value that the findings on the page ask for. `document` holds the next version once it is valid.

    What was typed for findings of other pages comes along hidden (`carried`). A field `all-KIND` answers for everybody
    of a kind with the same value. What was not changed is sent again as it stood, so a list may be mended in several
    steps. With `checks=False` nothing is checked: other rows are shown, and what was typed is kept.
    """

    reason = forms.CharField(
        label=_("Why the JRCC corrects it"),
        help_text=_("The sender sees this: for example that it was asked for by telephone."),
        max_length=200,
    )
    document: bytes = b""

    def __init__(
        self,
        data: Any = None,
        *,
        objects: Sequence[dict[str, Any]],
        groups: Sequence[Group],
        receipt: str,
        on_behalf: bool,
        checks: bool = True,
    ) -> None:
        super().__init__(None if data is None else data.dict())
        self.objects, self.groups, self.receipt, self.checks = objects, groups, receipt, checks
        self.mends = {mend.place.name: mend for group in groups for row in group.rows for mend in row.mends}
        self.shared = {f"all-{group.key}": group for group in groups if group.one}
        self.places: dict[str, Place] = {}
        if not on_behalf:
            del self.fields["reason"]
        for name in self.mends:
            if name in self.data:
                self._add(name)
        for name, group in self.shared.items():
            mend = group.rows[0].mends[0]
            self.fields[name] = _field(mend.place.field, group.one)
        if on_behalf:
            self.order_fields([*self.places, *self.shared, "reason"])

    def full_clean(self) -> None:
        """Nothing, where only other rows are to be shown."""
        if self.checks:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def lay_out(self, at: Mapping[str, int]) -> None:
        """Give the rows of a page their fields, those with a fault first. Call it once the form has been checked."""
        for group in self.groups:
            group.typed = 0
            for row in group.rows:
                names = [mend.place.name for mend in row.mends]
                row.fault = any(name in self.errors for name in names)
                group.typed += any(self._is_changed(name) for name in names)
        put_on_page(self.groups, at)
        for group in self.groups:
            if group.one:
                group.answer = self[f"all-{group.key}"]
                self._keep(f"all-{group.key}", group.one)
            for row in group.shown:
                for mend in row.mends:
                    self._add(mend.place.name)
                    self._keep(mend.place.name, mend.value)
                row.fields = [self[mend.place.name] for mend in row.mends]

    @property
    def carried(self) -> list[Any]:
        """What was typed for rows that the page does not show."""
        shown = {mend.place.name for group in self.groups for row in group.shown for mend in row.mends}
        return [self[name] for name in self.places if name not in shown and self._is_changed(name)]

    @property
    def kept_places(self) -> list[tuple[str, int]]:
        """Where each kind begins that does not begin with its first row."""
        return [(group.key, group.first) for group in self.groups if group.first > 1]

    def _add(self, name: str) -> None:
        if name not in self.places:
            mend = self.mends[name]
            self.fields[name], self.places[name] = _field(mend.place.field, mend.value), mend.place

    def _keep(self, name: str, value: str) -> None:
        """A value that was not posted is shown as it was read."""
        if self.is_bound and name not in self.data:
            self.data = {**self.data, name: value}

    def _is_changed(self, name: str) -> bool:
        return self.is_bound and name in self.data and self.data[name].strip() != self.mends[name].value

    def clean(self) -> dict[str, Any]:
        """The next version of the list; a changed value that cannot be read is a fault at its field."""
        found = super().clean() or {}
        if self.errors:
            return found
        posted = [name for name in self.places if name in found and name in self.data]
        typed = {self.places[name]: found[name] for name in posted}
        changed = {self.places[name]: name for name in posted if self._is_changed(name)}
        for name, group in self.shared.items():
            said = found.get(name, "")
            if name in self.data and said != group.one:
                alike = [mend.place for row in group.rows for mend in row.mends if mend.place not in changed]
                typed |= dict.fromkeys(alike, said)
                changed |= dict.fromkeys(alike, name)
        if not changed:
            raise ValidationError(_("Nothing was changed. Correct at least one value, then send the corrections."))
        self.document = mended(self.objects, typed, self.receipt)
        wrong = still_wrong(self.objects, paxlst.read(self.document), [place for place in changed if typed[place]])
        faults = {changed[place]: sentence for place, sentence in wrong.items()}
        for name, sentence in faults.items():
            self.add_error(name, sentence)
        return found


def _field(field: str, value: str) -> forms.CharField:
    """A field for a value, filled with what stands there."""
    words, hint = FIELDS[field]
    made = forms.CharField(label=words, help_text=hint, required=False, max_length=120, initial=value)
    made.widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
    return made
