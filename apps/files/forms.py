"""The field by which people choose a file and programs name one that they sent ahead."""

import uuid
from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from apps.access.actor import Actor
from apps.files.queries import attachments
from apps.files.rules import content, pictures
from apps.files.rules.intake import Stored, limit_of, store_upload


class FileOrUploadInput(forms.FileInput):
    """A real file input; a text in its place is the id of an upload."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """The chosen file, or the text."""
        return files.get(name) or data.get(name)


class UploadField(forms.FileField):
    """A file, checked and stored when the form is cleaned: the value is an intake.Stored, None if left out.

    On pages the form needs `files=request.FILES` and `enctype="multipart/form-data"`; in the API the value is the id
    that POST /api/v1/files/uploads/ gave to the same desk. `kinds` are keys of content.KINDS.
    """

    widget = FileOrUploadInput
    default_error_messages = {
        "required": gettext_lazy("Choose a file."),
        "missing": gettext_lazy("Choose a file."),
        "invalid": gettext_lazy("The file did not arrive. Choose it again."),
    }

    def __init__(self, *, kinds: Collection[str] = (), limit: int | None = None, **more: Any) -> None:
        self.kinds, self.limit = tuple(kinds) or tuple(content.KINDS), limit
        self.actor: Actor | None = None
        super().__init__(**more)
        self.help_text = self.help_text or _kinds_in_words(self.kinds, self.limit)
        self.widget.attrs.setdefault("accept", ",".join(f".{kind}" for kind in self.kinds))

    def scope(self, actor: Actor | None, row: Any) -> None:
        """Uploads are taken from the asker's desk only (access.forms.ActorForm)."""
        self.actor = actor

    def clean(self, data: Any, initial: Any = None) -> Stored | None:
        """Store the file, or find the upload; ValidationError with a sentence."""
        if data in self.empty_values:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        return self._sent_ahead(data) if isinstance(data, str) else self._chosen(data)

    def _chosen(self, data: Any) -> Stored:
        if not hasattr(data, "chunks"):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return store_upload(data, kinds=self.kinds, limit=self.limit)

    def _sent_ahead(self, text: str) -> Stored:
        try:
            upload = attachments.open_upload(self.actor, uuid.UUID(text.strip()))
        except ValueError:
            upload = None
        if upload is None or upload.blob is None:
            raise ValidationError(
                _("Your desk has no unused upload with this id. Send the file to /api/v1/files/uploads/ first.")
            )
        kind = content.checked_ending(upload.name, self.kinds)
        if upload.blob.size > (self.limit or limit_of(kind)):
            most = filesizeformat(self.limit or limit_of(kind))
            raise ValidationError(_("The file is larger than %(limit)s. Send a smaller one.") % {"limit": most})
        blob = upload.blob
        bare = (upload.original_sha256, tuple(upload.removed))
        return Stored(blob.sha256, blob.size, blob.media_type, upload.name, upload.pk, *bare)


def _kinds_in_words(kinds: Collection[str], limit: int | None) -> str:
    """ "PDF, Word document, up to 25.0 MB." """
    labels = ", ".join(str(content.KINDS[kind].label) for kind in kinds)
    most = limit or max(limit_of(kind) for kind in kinds)
    said = pgettext("words, files", "%(kinds)s; up to %(limit)s.") % {"kinds": labels, "limit": filesizeformat(most)}
    if pictures.PICTURES.isdisjoint(kinds):
        return said
    return said + " " + _("Location, camera and other hidden data are removed from pictures.")
