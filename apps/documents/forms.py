"""The question to the verification page."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.documents.rules import codes

LARGEST = 25 * 2**20  # bytes
EXAMPLE = "3F2A-91C0-77DE-0B12-A4C9-A"


class VerifyForm(forms.Form):
    """A file, or what is printed on it. `cleaned_data` has `file` as its SHA-256, or `text` as codes.Wanted."""

    file = forms.FileField(
        label=pgettext_lazy("field, documents", "The file"),
        required=False,
        allow_empty_file=True,
        help_text=_("PDF, DOCX or JSON, up to 25 MB. It is read once to compute its hash and is not kept."),
    )
    text = forms.CharField(
        label=_("Verification code or SHA-256"),
        required=False,
        max_length=200,
        help_text=_("Printed at the end of the document, for example %(code)s.") % {"code": EXAMPLE},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "mono"}),
    )

    def clean_file(self) -> str:
        """Its SHA-256, computed while reading; empty without a file."""
        file: UploadedFile | None = self.cleaned_data["file"]
        if not file:
            return ""
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("This file is larger than 25 MB. No portal document is that large."))
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def clean_text(self) -> codes.Wanted | None:
        """What was typed, or None for nothing."""
        typed = self.cleaned_data["text"].strip()
        wanted = codes.read_code(typed) if typed else None
        if typed and wanted is None:
            raise ValidationError(
                _(
                    "This is neither a code nor a hash, or one character is wrong. Check the document: a "
                    "code has 21 characters, like %(code)s; a hash has 64."
                )
                % {"code": EXAMPLE}
            )
        return wanted

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        if not data.get("file") and not data.get("text"):
            raise ValidationError({"file": _("Choose the file, or enter the code printed at its end.")})
        if data["file"] and data["text"]:
            raise ValidationError({"text": _("Enter either the file or the code, not both: each has its own answer.")})
        return data
