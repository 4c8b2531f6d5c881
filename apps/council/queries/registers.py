"""Addressee rules that ask the region's register: who is live in a system, who is bound, who signed."""

import datetime
from typing import Any

from django.utils.translation import gettext as _

from apps.council.rules import addressees
from apps.council.rules.addressees import AddresseeError, InstrumentParty, Participation, Rule
from apps.people.queries import service_actor
from apps.region.models import Grouping, GroupingMember, Instrument, System
from apps.region.queries import book, instruments
from apps.region.queries.counts import Basis

CLOCK = "IMPACS.automation"
CSME = "CSME"


def rows_for(rule: Rule, day: datetime.date) -> dict[str, Any]:
    """What a Roll needs beside the States to resolve the rule on the day; nothing for rules that ask no register.

    AddresseeError for a system or an instrument that is not registered, and for a system whose users the register
    knows by number alone. What is inferred or fictional binds nobody.
    """
    if rule.form in {"STATES_LIVE", "STATES_NOT_LIVE"}:
        return {"participation": _participation(rule.codes[0], day)}
    if rule.form in {"CONTRACTING_PARTIES", "SIGNATORIES"}:
        return {"instrument_parties": _parties(rule.codes[0], day)}
    if rule.form == "CSME_PARTICIPANTS":
        return {"csme_participants": _group(CSME, day)}
    return {}


def _participation(system: str, day: datetime.date) -> tuple[Participation, ...]:
    if not System.objects.filter(code=system).exists():
        known = ", ".join(System.objects.filter(joinable=True).order_by("position").values_list("code", flat=True))
        raise _unknown(_("There is no system %(code)s. Enter one of %(known)s.") % {"code": system, "known": known})
    read = book.read_rule_book(service_actor(CLOCK), systems=[system]).reported()
    if read.count(system, day).basis == Basis.STATED:
        said = _("The register records how many States use %(code)s, not which. Enter the States: STATES:BRB,JAM.")
        raise _unknown(said % {"code": system})
    last = datetime.timedelta(1)
    return tuple(
        Participation(
            system,
            fact.participation.party_id,
            fact.stage,
            fact.valid_from,
            fact.valid_to - last if fact.valid_to else None,
        )
        for fact in read.facts.get(system, [])
        if fact.valid_to is None or fact.valid_to > fact.valid_from
    )


def _parties(code: str, day: datetime.date) -> tuple[InstrumentParty, ...]:
    standing = instruments.standing_of(service_actor(CLOCK), code, day)
    if standing is None:
        known = ", ".join(Instrument.objects.order_by("code").values_list("code", flat=True))
        raise _unknown(_("There is no instrument %(code)s. Enter one of %(known)s.") % {"code": code, "known": known})
    return tuple(
        InstrumentParty(code, line.row.entity, line.steps.signed_on, line.bound_from, line.steps.withdrawn_on)
        for line in standing.lines
    )


def _group(code: str, day: datetime.date) -> frozenset[str]:
    if not Grouping.objects.filter(code=code).exists():
        raise _unknown(_("There is no group %(code)s in the register.") % {"code": code})
    rows = GroupingMember.objects.filter(grouping=code, valid_from__lte=day)
    return frozenset(row.party_id for row in rows if row.valid_to is None or day < row.valid_to)


def _unknown(sentence: str) -> AddresseeError:
    return AddresseeError(addressees.UNKNOWN_RULE, sentence)
