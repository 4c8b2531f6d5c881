"""The portal's addresses and one more: a page with the editor, as the room above makes one."""

from typing import Any

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from apps.access.marking import OFFICIAL, marked
from apps.coedit.views import editor as editor_views
from caricom_portal.urls import *  # noqa: F403 - the portal's own, with its handlers
from caricom_portal.urls import urlpatterns as portal

PAGE = """{% extends "base.html" %}{% block title %}Section{% endblock %}
{% block scripts %}{% include "coedit/_head.html" %}{% endblock %}
{% block heading %}<div class="ph"><div><h1>Key judgements</h1></div></div>{% endblock %}
{% block content %}<section class="panel" aria-labelledby="tx"><header><h2 id="tx">Text</h2></header>
{% include "coedit/_editor.html" %}</section>
<section class="panel" aria-labelledby="re" data-remarks><header><h2 id="re">Remarks</h2></header><div class="pad">
<button type="button" class="btn btn-s" data-remark-take hidden>Remark on it</button>
<ol></ol><details><summary>Remark</summary>
<form data-remark-form><label>Words <input name="quote"></label><label>Remark <input name="text"></label>
<input type="hidden" name="anchor_from"><input type="hidden" name="anchor_to"></form></details></div></section>
{% endblock %}"""


@editor_views.writes
@marked(OFFICIAL)
def page(request: Any, assessment: Any, section: Any) -> HttpResponse:
    """The section."""
    editor = editor_views.editor(request.actor, assessment, section)
    if editor is None:
        return HttpResponse(status=404)
    return HttpResponse(engines["django"].from_string(PAGE).render({"editor": editor}, request))


urlpatterns = [path("text/<uuid:assessment>/<uuid:section>/", page), *portal]
