"""Tags and filters of the page frame: icons, chips, dates in words, ledger bars. They print; they never query."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import qrcode
from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from apps.access import urgency
from apps.access.models import Level
from apps.access.urgency import span_in_words, span_to_the_minute
from apps.audit import sentences

register = template.Library()
register.filter(sentences.kind_in_words)
register.filter(urgency.due)
register.simple_tag(urgency.time_left)

CHIP_KINDS = frozenset({"ok", "warn", "bad", "info", "mute", "vio"})
"""The six meanings of status. A seventh would need a colour that nobody has learnt."""

TLP_COLOURS = {"RED": "red", "AMBER+STRICT": "amber", "AMBER": "amber", "GREEN": "green", "CLEAR": "clear"}
"""FIRST TLP 2.0 labels and the class that colours each."""

ZONE_LABELS = {"America/Guyana": "GYT", "America/Paramaribo": "SRT", "America/Cayenne": "GFT"}
"""The tz database has only figures ("-03") for these; letters are what people there write."""

BAR_MIDDLE, BAR_REACH = 70, 66
"""Ledger bar: axis and longest bar to either side, in units of its 140-wide drawing."""


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A drawing from the sprite; size is "", "i-s", "i-l" or "i-xl". Decorative: words stand beside it."""
    return format_html(
        '<svg class="i {}" aria-hidden="true"><use href="{}#{}"/></svg>', size, static("img/icons.svg"), name
    )


@register.simple_tag
def glyph(shape: str, kind: str) -> SafeString:
    """A status shape of matrix and legend; kind is one of done, part, none, late, res, na."""
    return format_html(
        '<svg class="g g-{}" aria-hidden="true"><use href="{}#{}"/></svg>', kind, static("img/icons.svg"), shape
    )


@register.simple_tag
def chip(kind: str, picture: str, text: object) -> SafeString:
    """Status as words, shape and colour, in that order of weight. An unknown kind is shown as mute."""
    known = kind if kind in CHIP_KINDS else "mute"
    if not picture:
        return format_html('<span class="chip bare {}">{}</span>', known, text)
    return format_html('<span class="chip {}">{}{}</span>', known, icon(picture), text)


@register.simple_tag
def code(short: str, name: str) -> SafeString:
    """The code of a State or body, with its full name for those who do not know it."""
    return format_html('<abbr class="code" title="{}">{}</abbr>', name, short)


@register.simple_tag
def tlp(label: str) -> SafeString:
    """A TLP 2.0 label, as "AMBER", "TLP:AMBER" or "amber+strict"; nothing for an empty label."""
    word = label.upper().removeprefix("TLP:") if label else ""
    if not word:
        return SafeString("")
    return format_html('<span class="tlp tlp-{}">TLP:{}</span>', TLP_COLOURS.get(word, "clear"), word)


def zone_label(moment: datetime, zone: str) -> str:
    """Abbreviation of a zone at a moment: "AST", "EDT", "GYT"; "UTC−3" where neither table has letters."""
    name = ZONE_LABELS.get(zone) or moment.tzname() or ""
    if name and name[0] not in "+-":
        return name
    hours, rest = divmod(abs(int(moment.utcoffset().total_seconds())) // 60, 60)  # type: ignore[union-attr]
    sign = "\N{MINUS SIGN}" if name.startswith("-") else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "")


def in_words(moment: datetime, zone: str = "UTC") -> str:
    """ "12 Feb 2008, 14:30 AST" for an aware moment in a tz database zone."""
    local = moment.astimezone(ZoneInfo(zone or "UTC"))
    # Django's "M" begins with a capital in every language; French and Dutch months have none: their format has "b"
    return f"{date_format(local, pgettext('format of a moment', 'j M Y, H:i'))} {zone_label(local, zone)}"


@register.filter
def as_json(value: object) -> str:
    """A value as JSON, for a data attribute."""
    return json.dumps(value)


@register.filter
def local_time(moment: datetime | None, zone: str = "UTC") -> SafeString | str:
    """A <time> with date, time and zone of the place, and the UTC time on hovering. Empty for None."""
    if moment is None:
        return ""
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        in_words(moment),
        in_words(moment, zone),
    )


@register.filter
def due_at(moment: datetime | None, zone: str = "UTC") -> SafeString | str:
    """A <time> for when something is due: with its time of day, or the day alone of what is due on a day."""
    return day(moment.date()) if moment and urgency.is_of_day(moment) else local_time(moment, zone)


@register.filter
def end_of_day(last: date | None, zone: str = "UTC") -> SafeString | str:
    """A <time> for the end of a last day at a place: the day and the place's zone, the UTC time on hovering."""
    if last is None:
        return ""
    over = datetime.combine(last + timedelta(days=1), time(), ZoneInfo(zone or "UTC"))
    return format_html(
        '<time datetime="{}" title="{}">{} ({})</time>',
        over.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        in_words(over.astimezone(UTC)),
        date_format(last, pgettext("format of a day", "j M Y")),
        zone_label(over, zone),
    )


@register.filter
def clock_time(moment: datetime | None, zone: str = "UTC") -> SafeString | str:
    """A <time> with hours and minutes alone, where the day is printed nearby; the full date on hovering."""
    if moment is None:
        return ""
    local = moment.astimezone(ZoneInfo(zone or "UTC"))
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    title = f"{in_words(moment, zone)} ({in_words(moment)})"
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, title, date_format(local, "H:i"))


@register.filter
def day(when: date | datetime | None, zone: str = "UTC") -> SafeString | str:
    """A <time> with "12 Feb 2008". A moment gives the day of the place."""
    if when is None:
        return ""
    local = when.astimezone(ZoneInfo(zone or "UTC")).date() if isinstance(when, datetime) else when
    words = date_format(local, pgettext("format of a day", "j M Y"))
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


@register.filter
def ago(moment: datetime | None, now: datetime | None = None) -> str:
    """Distance from now in words: "just now", "4 min ago", "in 38 min", "12 days ago". Empty for None."""
    if moment is None:
        return ""
    seconds = (moment - (now or timezone.now())).total_seconds()
    if abs(seconds) < 60:
        return pgettext("words, access", "just now")
    words = {"span": span_in_words(seconds)}
    return (
        pgettext("words, access", "in %(span)s") % words
        if seconds > 0
        else pgettext("words, access", "%(span)s ago") % words
    )


@register.filter
def until(moment: datetime | None, now: datetime | None = None) -> str:
    """Distance to a moment that nobody is late for: "in 1 h 5 min", "now", "16 min ago". Empty for None."""
    if moment is None:
        return ""
    seconds = (moment - (now or timezone.now())).total_seconds()
    if abs(seconds) < 60:
        return pgettext("words, access", "now")
    words = {"span": span_to_the_minute(seconds)}
    return (
        pgettext("words, access", "in %(span)s") % words
        if seconds > 0
        else pgettext("words, access", "%(span)s ago") % words
    )


@register.simple_tag
def span_words() -> str:
    """The words that `due` and `until` are made of, as JSON: what counts in the browser says the same (portal.js)."""
    words = {
        **{
            "now": pgettext("words, access", "now"),
            "in": pgettext("words, access", "in %(span)s"),
            "late": pgettext("words, access", "%(span)s late"),
            "ago": pgettext("words, access", "%(span)s ago"),
        },
        **{
            "s": pgettext("words, access", "%(n)d s"),
            "min": pgettext("words, access", "%(n)d min"),
            "h": pgettext("words, access", "%(n)d h"),
            "both": pgettext("words, access", "%(h)d h %(m)d min"),
        },
        **{"day": ngettext("%(n)d day", "%(n)d days", 1), "days": ngettext("%(n)d day", "%(n)d days", 2)},
    }
    return json.dumps(words)


@register.simple_tag
def frame_words() -> str:
    """What scripts say on any page, as JSON (portal.js, `frame`)."""
    words = {
        "behind": _("Live updates are behind by %(span)s"),
        "moved": _(
            "You have switched to another desk, or your session has ended, so this page can no longer be sent. "
            "Copy what you have typed, then load the page again."
        ),
    }
    return json.dumps(words)


@register.filter
def zoned(moment: datetime | None, zone: str = "UTC") -> SafeString | str:
    """A <time> with hours, minutes and zone, and with the day where it is not today there. Empty for None."""
    if moment is None:
        return ""
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return format_html('<time datetime="{}" title="{}">{}</time>', stamp, in_words(moment), when_in_words(moment, zone))


def when_in_words(moment: datetime, zone: str = "UTC", now: datetime | None = None) -> str:
    """ "16:34 AST", or "12 Feb 2008, 16:34 AST" where that is not today at the place."""
    place = ZoneInfo(zone or "UTC")
    local = moment.astimezone(place)
    if local.date() != (now or timezone.now()).astimezone(place).date():
        return in_words(moment, zone)
    return f"{date_format(local, 'H:i')} {zone_label(local, zone)}"


@register.filter
def percent(value: object) -> str:
    """ "50%"; French sets a blank before the sign."""
    return pgettext("words, access", "%(n)s%%") % {"n": value}


@register.filter
def signed(value: float) -> str:
    """A number with its sign, a true minus, and at most two decimals: "+4.1" ("+4,1" in French), "−13", "0"."""
    figure = round(float(value), 2)
    text = number_format(f"{abs(figure):.2f}".rstrip("0").rstrip("."), use_l10n=True)
    if figure == 0:
        return "0"
    return ("+" if figure > 0 else "\N{MINUS SIGN}") + text


@register.filter
def grouped(value: int | None) -> str:
    """A whole number in groups of three with no-break spaces: "12 500"."""
    return "" if value is None else f"{value:,}".replace(",", "\N{NO-BREAK SPACE}")


@register.simple_tag
def ledger_scale(rows: Iterable[Mapping[str, Any]]) -> float:
    """The largest weight of a ledger without its sign; all bars of the ledger are drawn to it."""
    return max((abs(float(row["weight"])) for row in rows), default=0.0)


@register.simple_tag
def ledger_bar(weight: float, most: float) -> SafeString:
    """Signed bar of one piece of evidence: for to the right, against to the left, nothing at zero."""
    width = round(BAR_REACH * min(1.0, abs(weight) / most), 1) if most else 0
    if width:
        start = BAR_MIDDLE if weight > 0 else round(BAR_MIDDLE - width, 1)
        bar = format_html(
            '<rect class="{}" x="{}" y="3" width="{}" height="8"/>', "pos" if weight > 0 else "neg", start, width
        )
    else:
        bar = SafeString("")
    return format_html(
        '<svg class="lbar" viewBox="0 0 140 14" aria-hidden="true"><line x1="{0}" x2="{0}" y1="0" y2="14"/>{1}</svg>',
        BAR_MIDDLE,
        bar,
    )


@register.simple_tag
def parts(pieces: Iterable[Mapping[str, Any]], side: str) -> SafeString:
    """Text in pieces {text, differs}; differing ones marked as del on our side, ins on theirs."""
    mark = "del" if side == "ours" else "ins"
    return format_html_join(
        "",
        "{}",
        (
            (format_html(f"<{mark}>{{}}</{mark}>", piece["text"]) if piece.get("differs") else piece["text"],)
            for piece in pieces
        ),
    )


@register.filter
def marks_level(field: BoundField) -> bool:
    """Whether a form field chooses a level of the classification guide; other fields of the name hold words."""
    if field.name in {"classification", "clearance"}:
        return True
    choices = getattr(field.field, "choices", ())
    known = {str(value) for value, _label in choices}
    return field.name == "level" and bool(known) and known <= {"", *map(str, Level.values)}


@register.simple_tag
def control(field: BoundField, hint: object = "") -> SafeString:
    """The input of a form field, tied to its hint and error for screen readers; labels stand above, never inside."""
    ids = [f"{field.auto_id}_helptext"] if hint or field.help_text else []
    if field.errors:
        ids.append(f"{field.auto_id}_error")
    return field.as_widget(attrs={"placeholder": False, "aria-describedby": " ".join(ids) or False})


@register.simple_block_tag
def scroller(content: str, label: str) -> SafeString:
    """Wraps a wide table: {% scroller "People table" %}…{% endscroller %}. Reached with Tab, scrolled with arrows."""
    return format_html('<div class="tw" tabindex="0" role="group" aria-label="{}">{}</div>', label, content)


@register.simple_tag
def qr_code(text: str, label: str) -> SafeString:
    """A QR code as one SVG path of unit squares: the policy of the pages lets no data: picture pass."""
    drawing = qrcode.QRCode(border=4)
    drawing.add_data(text)
    rows = drawing.get_matrix()
    squares = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
        '<rect class="qr-0" width="{0}" height="{0}"/><path class="qr-1" d="{2}"/></svg>',
        len(rows),
        label,
        squares,
    )
