"""Reports for tests, made as the Secretariat's people make them."""

from typing import Any

from apps.access import outbox
from apps.reports import actions
from apps.reports.models import Clearance, RenderedSentence, Report
from tests.reports.compiled import JANUARY

OFFICER, MANAGER = "impacs.secretariat.officer", "impacs.secretariat.manager"
JAMAICA, BARBADOS, CAYMAN = "jam.ministry.decider", "brb.ministry.decider", "cym.ministry.decider"
CLEARERS = {"ATG": "atg", "BRB": "brb", "GUY": "guy", "JAM": "jam", "LCA": "lca", "TTO": "tto"}


def created(cast: Any, **fields: Any) -> Report:
    """A report to the OAS that has just been begun."""
    given = {"kind": "oas", "as_of": JANUARY} | fields
    return actions.create_report(cast[OFFICER], None, **given)


def compiled(cast: Any, **fields: Any) -> Report:
    """The same, compiled by the officer."""
    return actions.compile_report(cast[OFFICER], created(cast, **fields))


def in_clearance(cast: Any, **fields: Any) -> Report:
    """The same, with the States named in sensitive sentences asked."""
    return actions.send_report_to_clearance(cast[OFFICER], compiled(cast, **fields))


def approved(cast: Any, **fields: Any) -> Report:
    """Cleared by every State asked, approved by the manager."""
    report = in_clearance(cast, **fields)
    for clearance in Clearance.objects.filter(report=report).select_related("party"):
        actions.agree_sentences(cast[f"{clearance.party_id.lower()}.ministry.decider"], clearance)
    return actions.approve_report(cast[MANAGER], fresh(report))


def issued(cast: Any, **fields: Any) -> Report:
    """Sealed and sent."""
    report = actions.issue_report(
        cast[OFFICER], approved(cast, **fields), channel="note", copies="Minister of National Security, TTO\n\n"
    )
    outbox.drain(but=outbox.MAIL)
    return fresh(report)


def fresh(row: Any) -> Any:
    """The row as it stands now."""
    return type(row).objects.get(pk=row.pk)


def sentence(report: Report, key: str, draft: int | None = None) -> RenderedSentence:
    """A sentence of the present draft, or of another."""
    number = fresh(report).draft if draft is None else draft
    return RenderedSentence.objects.get(report=report, draft=number, key=key)


def clearance(report: Report, party: str) -> Clearance:
    """What a State is asked about the present draft."""
    return Clearance.objects.get(report=report, party=party, draft=fresh(report).draft)


def corrected(cast: Any, code: str, **changes: Any) -> None:
    """The register knows better about a fact."""
    from apps.reports.models import Fact

    fact = Fact.objects.get(code=code, superseded_at=None)
    actions.correct_fact(
        cast[OFFICER],
        fact,
        content={**fact.content, **changes},
        valid_from=fact.valid_from,
        source="a later letter",
        reason="It was wrong.",
    )
