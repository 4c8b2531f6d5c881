"""Small tables of a targeting rule: its trial, and when it was in force."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from apps.pages.columns import WIDE, Col, Count, Moment, Title
from apps.pages.tables import Table

Table(
    "screening.trial",
    _("Alerts of the trial by day"),
    (
        Title("day", _("Day or State"), value=lambda row: row[0]),
        Count("alerts", pgettext_lazy("column, screening", "Alerts"), value=lambda row: row[1]),
    ),
)
Table(
    "screening.rule_versions",
    _("When the rule was in force"),
    (
        Title("sentence", pgettext_lazy("column, screening", "Text")),
        Moment("starts_at", pgettext_lazy("column, screening", "From"), phone=WIDE),
        Moment(
            "ends_at",
            pgettext_lazy("column, screening", "Until"),
            empty=pgettext_lazy("words, screening", "in force"),
            phone=WIDE,
        ),
        Col("proposed_by", pgettext_lazy("column, screening", "Proposed by")),
        Col("activated_by", _("Put into force by")),
    ),
)
