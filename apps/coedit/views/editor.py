"""The editor as a part of a page of the room above: its context, and what the page's policy must allow."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.csp import csp_override

from apps.access.actor import Actor
from apps.coedit.actions import rights
from apps.coedit.queries import html, texts

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
        "opening": pgettext("words, coedit", "Opening …"),
        "saved": pgettext("words, coedit", "Saved."),
        "sending": pgettext("words, coedit", "Sending …"),
        "late": _("Not saved for 10 seconds. You can keep writing; close this page only when it is saved."),
        "offline": _("Offline. Trying again …"),
        "unsent": _("Offline. You can keep writing: your text is kept in this page and sent later. Not sent yet:"),
        "refused": _("The live text cannot be opened. Reload the page."),
        "reading": _("You are reading only."),
        "why_frozen": _("The text is frozen."),
        "why_coordination": _("The assessment is in coordination."),
        "withdrawn": _("Closed: you no longer have access to this text."),
        "signed_out": _("Closed: your session has ended. Sign in again in another tab, then reopen the text."),
        "ended": pgettext("words, coedit", "Closed."),
        "choose": _("Select words within one paragraph of the text, 500 characters at most."),
        "long": _("You pasted a long text: check that all of it is here."),
        "too_large": _("This is too large to paste at once. Paste it in smaller parts."),
        "not_taken": _("Your last change was not saved: the text can no longer be changed. Time:"),
        "refused_content": _("Your last change was refused because the text may not contain this:"),
        "begun_anew": _("The text was restored to an earlier version; what you had not sent is below."),
    }
