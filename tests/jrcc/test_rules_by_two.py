"""Rules of retention and laws on penalties: changed by two persons, for days to come."""

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.carriers.actions import penalties
from apps.carriers.loaders import laws
from apps.carriers.models import PenaltyRule
from apps.people.queries import service_actor
from apps.travellers.actions import retention_rules
from apps.travellers.loaders import reference
from apps.travellers.models import RetentionRule
from apps.travellers.queries import retention_due
from tests.jrcc.pages_world import message, sent

pytestmark = pytest.mark.django_db


def in_days(days: int) -> datetime.date:
    return timezone.now().date() + datetime.timedelta(days=days)


def kept(**more):
    return {"kind": "traveller_record", "keep_days": 30, "delete_days": 400, "valid_from": in_days(2),
            "source": "Act 3/2026 s. 9", **more}  # fmt: skip


def law(**more):
    return {"who": "carrier", "act": "sends no list", "most": Decimal(5000), "currency": "XCD", "status": "verified",
            "valid_from": in_days(2), "source": "Act 3/2026 s. 12", **more}  # fmt: skip


def test_a_states_rule_of_retention_holds_from_its_first_day_once_a_second_person_confirms_it(cast):
    row = retention_rules.propose_retention_change(cast["jam.border.officer"], None, **kept())
    clock = service_actor("JRCC.automation")
    assert retention_due.rules(clock, in_days(3)).of("JAM", "traveller_record").keep_days == 90
    retention_rules.confirm_retention_change(cast["jam.ministry.decider"], row)
    assert retention_due.rules(clock, in_days(1)).of("JAM", "traveller_record").keep_days == 90
    found = retention_due.rules(clock, in_days(3)).of("JAM", "traveller_record")
    assert (found.keep_days, found.delete_days, found.source) == (30, 400, "Act 3/2026 s. 9")
    assert retention_due.rules(clock, in_days(3)).of("BRB", "traveller_record").keep_days == 90
    reference.load_retention()
    assert RetentionRule.objects.filter(party="JAM").count() == 1


def test_the_rule_for_all_others_is_the_jrccs_and_always_has_a_successor(cast):
    watch = cast["jrcc.watch.officer"]
    with pytest.raises(ValidationError) as wrong:
        retention_rules.propose_retention_change(watch, None, **kept(valid_until=in_days(30)))
    assert set(wrong.value.message_dict) == {"valid_until"}
    with pytest.raises(ValidationError):
        retention_rules.propose_retention_change(watch, None, **kept(keep_days=None, delete_days=None, ends=True))
    row = retention_rules.propose_retention_change(watch, None, **kept(keep_days=60, delete_days=700))
    retention_rules.confirm_retention_change(cast["jrcc.watch.supervisor"], row)
    reference.load_retention()
    of = {rule.keep_days: rule.valid_to for rule in RetentionRule.objects.filter(party=None, kind="traveller_record")}
    assert of == {90: in_days(2), 60: None}


@pytest.mark.parametrize(
    ("who", "code"),
    [("jam.border.officer", "change-needs-decider"), ("jam.ministry.decider", ""), ("brb.border.head", "not-visible"),
     ("jrcc.watch.supervisor", "not-retention-desk"), ("jam.border.head", "own-change")],
)  # fmt: skip
def test_who_may_confirm(cast, who, code):
    row = retention_rules.propose_retention_change(cast["jam.border.head"], None, **kept())
    if not code:
        assert retention_rules.confirm_retention_change(cast[who], row).state == "confirmed"
        return
    with pytest.raises(Refused) as refused:
        retention_rules.confirm_retention_change(cast[who], row)
    assert code in {refused.value.code, refused.value.reason}
    assert not RetentionRule.objects.filter(party="JAM").exists()


@pytest.mark.parametrize(
    ("more", "at"),
    [(lambda: {"valid_from": in_days(0)}, "valid_from"), (lambda: {"delete_days": 20}, "delete_days"),
     (lambda: {"kind": "raw_message"}, "delete_days"), (lambda: {"keep_days": None}, "keep_days"),
     (lambda: {"ends": True, "keep_days": None, "delete_days": None}, "ends")],
)  # fmt: skip
def test_what_cannot_be_a_rule_is_refused_at_its_field(cast, more, at):
    with pytest.raises(ValidationError) as wrong:
        retention_rules.propose_retention_change(cast["jam.border.head"], None, **kept(**more()))
    assert set(wrong.value.message_dict) == {at}


def test_a_law_takes_the_place_of_another_and_the_old_one_keeps_its_days(cast):
    held = PenaltyRule.objects.get(party="CYM")
    row = penalties.propose_penalty_change(cast["cym.border.officer"], None, replaces=held.uid, **law(currency="KYD"))
    with pytest.raises(ValidationError, match="already awaiting approval"):
        penalties.propose_penalty_change(cast["cym.border.head"], None, replaces=held.uid, **law(act="is late"))
    penalties.confirm_penalty_change(cast["cym.ministry.decider"], row)
    old, new = PenaltyRule.objects.filter(party="CYM").order_by("valid_from")
    assert (old.valid_to, new.act, new.most_minor, new.valid_to) == (in_days(2), "sends no list", 500_000, None)
    with pytest.raises(ValidationError) as wrong:
        penalties.propose_penalty_change(
            cast["cym.border.officer"],
            None,
            **law(valid_from=in_days(5)) | {"act": "sends no list", "valid_until": in_days(9)},
            replaces=None,
            ends=True,
        )
    assert set(wrong.value.message_dict) == {"replaces"}
    ending = penalties.propose_penalty_change(
        cast["cym.border.officer"],
        None,
        replaces=new.uid,
        ends=True,
        valid_from=in_days(5),
        status="verified",
        source="x",
    )
    penalties.confirm_penalty_change(cast["cym.ministry.decider"], ending)
    assert PenaltyRule.objects.get(pk=new.pk).valid_to == in_days(5)
    laws.load_penalties()
    assert PenaltyRule.objects.filter(party="CYM").count() == 2


def test_a_law_of_another_state_is_not_replaced(cast):
    with pytest.raises(ValidationError) as wrong:
        penalties.propose_penalty_change(
            cast["jam.border.head"], None, replaces=PenaltyRule.objects.get(party="CYM").uid, **law(act="is late")
        )
    assert set(wrong.value.message_dict) == {"replaces"}


def test_the_pages_from_proposal_to_rule(cast, client_for, drain):
    sent(cast, drain, message(2))
    client, second = client_for("jam.border.head"), client_for("jam.ministry.decider")
    form = {name: str(value) for name, value in kept(keep_days=1, valid_from=in_days(9)).items()}
    wrong = client.post("/jrcc/retention/rules/new/", form | {"keep_days": ""})
    assert (wrong.status_code, "Enter the days" in wrong.content.decode()) == (422, True)
    made = client.post("/jrcc/retention/rules/new/", form)["Location"]
    assert ", 1 under this one" in client.get(made).content.decode()
    assert "jam.border.head" in second.get("/jrcc/retention/rules/").content.decode()
    assert second.post(f"{made}do/give_back/", {"said": ""}).status_code == 422
    assert second.post(f"{made}do/confirm/").status_code == 302
    assert "1 days after the journey ends" in client.get("/jrcc/retention/rules/").content.decode()
    assert client_for("brb.border.head").get(made).status_code == 404
    assert client_for("7t.carrier.agent").get("/jrcc/retention/rules/").status_code == 404

    form = {name: str(value) for name, value in law().items()}
    assert client.post("/jrcc/cases/laws/new/", form | {"currency": "ecd"}).status_code == 422
    made = client.post("/jrcc/cases/laws/new/", form)["Location"]
    assert second.post(f"{made}do/confirm/").status_code == 302
    for reader in ("7t.carrier.agent", "jam.ministry.reader"):
        assert "up to 5,000.00 XCD" in client_for(reader).get("/jrcc/cases/laws/").content.decode()
    assert "Open a case" in client.get("/jrcc/cases/").content.decode()
