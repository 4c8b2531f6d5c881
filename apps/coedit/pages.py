"""The editor as a part of a page of the room above: its context, and what the page's policy must allow."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.views.decorators.csp import csp_override

from apps.access.actor import Actor
from apps.coedit import html, rights
from apps.coedit.queries import texts

CLIPBOARD = "ProseMirrorClipboard"
"""Name of the policy by which the editor reads pasted HTML, in a document that is never shown."""


def writes[View: Callable[..., Any]](view: View) -> View:
    """A view whose page has the editor: its content security policy names one more kind of trusted value."""
    policy: dict[str, Any] = dict(settings.SECURE_CSP)
    policy["trusted-types"] = [*policy["trusted-types"], CLIPBOARD]
    wrapped: View = csp_override(policy)(view)
    return wrapped


def editor(
    actor: Actor | None, assessment_id: uuid.UUID, section_id: uuid.UUID, written: texts.Rendered | None = None
) -> dict[str, Any] | None:
    """The context variable `editor` of `coedit/_editor.html`; None for somebody without a right to the text.

    The text is read where it is not given.
    """
    grant = rights.grant(actor, assessment_id, section_id)
    if grant.mode is None:
        return None
    text = written or texts.rendered(section_id)
    return {
        "socket": f"/ws/jta/{assessment_id}/sections/{section_id}/",
        "mode": "read" if text.frozen else grant.mode,
        "html": html.text(text.json),
        "words": json.dumps(_words()),
    }


def _words() -> dict[str, str]:
    """What the script says."""
    return {
        "label": _("Text of the section"),
        "opening": _("Opening …"),
        "saved": _("Saved."),
        "sending": _("Sending …"),
        "late": _("Not saved for ten seconds. You can go on writing; close this page only when it is saved."),
        "offline": _("Off line. Trying again …"),
        "unsent": _("Off line. You can go on writing: it is kept in this page, and sent later. Not sent yet:"),
        "refused": _("The live text cannot be opened. Load the page again."),
        "reading": _("You read along."),
        "why_frozen": _("The text is fixed."),
        "why_coordination": _("The assessment is in coordination."),
        "withdrawn": _("Closed: your right to this text has ended."),
        "signed_out": _("Closed: your session has ended. Sign in again in another tab, then open the text again."),
        "ended": _("Closed."),
        "choose": _("Choose words within one paragraph of the text, 500 letters at most."),
        "long": _("A long paste: look whether all of it came."),
        "too_large": _("This is too large to be pasted at once. Paste it in smaller parts."),
        "not_taken": _("Your last change was not taken: the text may no longer be changed. Time:"),
        "refused_content": _("Your last change was refused, since the text may not contain this:"),
        "begun_anew": _("The text has begun anew from an earlier moment; what you had not sent is below."),
    }
