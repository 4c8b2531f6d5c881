"""Judgements with what became of them, the scores of the track record, and positions of parties."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from apps.access.templatetags.names import seconded_person, with_sender
from apps.access.templatetags.portal import code, icon, percent
from apps.assessments.queries.track import Line
from apps.pages.cells import Cell, Press, Small, stack
from apps.pages.columns import WIDE, Col, Count, Day, Title
from apps.pages.grids import Grid, GridCell, GridHead, GridLine
from apps.pages.tables import Table

JUDGEMENTS = pgettext_lazy("column, assessments", "Judgements")


def _place(line: Line) -> dict[str, Any]:
    return {"number": line.row.assessment.number, "n": line.row.order}


def _where(line: Line) -> Small:
    """The assessment, or for who does not take part the report that it became."""
    row, of = line.row, line.row.assessment
    inside = f"{reverse('assessments:assessment', args=[of.pk])}#{row.pk}" if line.taking_part else ""
    words = pgettext("link, assessments", "%(number)s, judgement %(n)s") % _place(line)
    return Small(words, url=inside or reverse("rifc:report", args=[row.thread]))


def _became(line: Line) -> Cell:
    """What became of a judgement, who said so and who confirmed it, and what the reader may do about it."""
    out = line.outcome
    about = pgettext("words, assessments", "%(number)s, judgement %(n)s") % _place(line)
    of, key = line.row.assessment.pk, (out or line.row).pk
    presses = [
        Cell(press=Press(label, reverse("assessments:part_do", args=[of, key, verb]), about))
        for verb, label in line.may
    ]
    return stack([*(_said(out) if out else ()), *presses])


def _said(out: Any) -> list[Cell]:
    kind, picture, words = {
        "occurred": ("ok", "check", pgettext("status, assessments", "Occurred")),
        "partly": ("info", "info", pgettext("words, assessments", "Partly occurred")),
        "did_not": ("mute", "x", _now("Did not occur")),
    }.get(out.kind, ("mute", "help", _now("Cannot be determined")))
    named = format_html("{}, {} {}", out.user.full_name, out.party_id, seconded_person(out.user, out.party_id))
    if out.second:
        who = {"who": with_sender(out.second, out.second_party_id)}
        named = format_html("{}; {}", named, pgettext("words, assessments", "confirmed by %(who)s") % who)
    return [Cell(words, chip=(kind, picture)), Cell(out.text, (Small(named),))]


Table(
    "assessments.outcomes",
    pgettext_lazy("heading, assessments", "Outcomes"),
    (
        Title("row.text", pgettext_lazy("column, assessments", "Judgement"), small=_where),
        Col("row.likelihood", pgettext_lazy("column, assessments", "Said")),
        Day("row.timeframe_to", pgettext_lazy("column, assessments", "Until")),
        Col("became", pgettext_lazy("words, assessments", "Outcome"), value=_became, phone=WIDE),
    ),
)


def _against_band(point: dict[str, Any]) -> Cell:
    if point["bin"].within:
        return Cell(pgettext("status, assessments", "within the band"), chip=("ok", "check"))
    if point["came"] > point["bin"].band.high:
        return Cell(_now("more often than stated"), chip=("warn", "trending-up"))
    return Cell(_now("less often than stated"), chip=("warn", "info"))


Table(
    "assessments.calibration",
    _("Calibration as a table"),
    (
        Title(
            "bin.band.term",
            pgettext_lazy("column, assessments", "Said"),
            small=lambda one: percent(f"{one['bin'].band.low}–{one['bin'].band.high}"),
        ),
        Count("bin.n", JUDGEMENTS),
        Count("came", pgettext_lazy("column, assessments", "Occurred"), value=lambda one: Cell(percent(one["came"]))),
        Col("band", _("Compared with the band"), value=_against_band),
    ),
)
Table(
    "assessments.scores",
    _("Scores by group"),
    (
        Title("group", pgettext_lazy("column, assessments", "Group"), value=lambda row: row[0]),
        Count("n", JUDGEMENTS, value=lambda row: row[1].n),
        Count(
            "brier",
            pgettext_lazy("column, assessments", "Brier score"),
            value=lambda row: Cell(floatformat(row[1].brier, 3)),
        ),
    ),
)


def position_grid(judged: Sequence[Any], held: Iterable[tuple[str, str, Any]]) -> Grid:
    """What each party holds of each judgement."""
    label = pgettext("column, assessments", "Judgement %(n)s")
    return Grid(
        _now("Positions of parties by judgement"),
        pgettext("column, assessments", "Party"),
        [GridHead(label % {"n": one.order}) for one in judged],
        [
            GridLine(
                GridHead(format_html("{} {}", code(party, name), name)), [GridCell(_position(one)) for one in cells]
            )
            for party, name, cells in held
        ],
    )


def _position(held: Any) -> SafeString:
    if not held:
        return format_html('<span class="q">{}</span>', pgettext("words, assessments", "no position"))
    kind, picture, position = held
    return format_html('<span class="sp2 {}">{}{}</span>', kind, icon(picture), position.get_kind_display())
