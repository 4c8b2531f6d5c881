"""What a record's page asks of the reader: the first of their things to do that is of this record."""

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import pgettext

from apps.access.templatetags.portal import due_at
from apps.access.urgency import tone_of
from apps.pages.lists import Button
from apps.pages.templatetags import kit
from apps.people.queries import my_work

register = template.Library()


@register.inclusion_tag("components/kit/need.html", takes_context=True)
def need_here(context: Context, page: str = "", anchor: str = "") -> dict[str, Any]:
    """The first thing of My work that is done on a page (this one), in its words and with its clock; else nothing.

    `anchor` is where on the page it is done. Its button is no filled one: that is the page's.
    """
    request: Any = context.get("request")  # pages that say what failed may have none
    if getattr(request, "actor", None) is None:
        return {}
    here = page or request.path
    item = my_work.need_of(request, here)
    if item is None:
        return {}
    zone = request.actor.time_zone
    place = anchor if item.url.partition("?")[0] == here else item.url
    acts = [Button(item.act, place)] if item.act and place else []
    label = format_html("{} {}", pgettext("label, people", "Due"), due_at(item.due, zone)) if item.due else ""
    tone = tone_of(item.due, timezone.now(), zone) or "info"
    return kit.need(tone, item.title, acts=acts, clock=item.due, clock_label=label, zone=zone) | {"key": item.key}
