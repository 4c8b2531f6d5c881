"""A file with a bundle."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.taxii.stix import parser


class BundleForm(forms.Form):
    """A bundle or envelope of STIX objects; `cleaned_data["items"]` are its objects with their texts."""

    file = forms.FileField(
        label=pgettext_lazy("field, taxii", "Bundle"),
        help_text=_("JSON, up to 4 MB"),
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".json,application/json"}),
    )

    def clean_file(self) -> Any:
        """Read it: faults are said before anything is kept."""
        file = self.cleaned_data["file"]
        if file.size > parser.MOST_BYTES:
            raise ValidationError(_now("The file is larger than 4 MB. Send it in parts."))
        try:
            self.cleaned_data["items"] = parser.envelope(file.read())
        except parser.BadJson as wrong:
            raise ValidationError(str(wrong)) from wrong
        return file
