"""Steps to an instrument: a treaty from negotiation to withdrawal, and what is refused on the way."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from apps.access.refusal import Refused
from apps.region.actions import instruments as acts
from apps.region.actions import parties
from apps.region.models import Instrument, InstrumentParty, Objection, PartyStep, Reservation
from apps.region.queries import instruments as reading

from . import people

pytestmark = pytest.mark.django_db
D = datetime.date
RULE = {"op": "COUNT_DEPOSITED", "cls": "MEMBER_STATE", "at_least": 2, "plus_days": 30}
BARBADOS, TRINIDAD = "brb.ministry.decider", "tto.ministry.decider"


def opened(cast: Any, **more: Any) -> Instrument:
    """An agreement on patrols, open since 1 February 2023: two deposits and thirty days."""
    depositary = cast[people.KEEPER]
    said = {"code": "PATROLS", "title": "Patrols", "kind": "agreement", "rule": RULE, "consent": "deposit"} | more
    row = acts.agree_instrument_text(depositary, acts.create_instrument(depositary, None, **said))
    return acts.open_instrument(
        depositary, row, on=D(2023, 2, 1), place="Bridgetown", languages="en, fr", eligible="BRB, JAM, TTO, ORG:RSS"
    )


def line(entity: str) -> InstrumentParty:
    return InstrumentParty.objects.select_related("instrument").get(instrument__code="PATROLS", entity=entity)


def ratified(cast: Any, entity: str, who: str, day: datetime.date) -> InstrumentParty:
    """Signed at the opening, ratified and deposited on a day."""
    row = parties.sign_instrument(cast[who], line(entity), on=D(2023, 2, 1), reference="Full powers 1")
    row = parties.ratify_instrument(cast[who], row, on=day)
    return parties.deposit_instrument(cast[people.KEEPER], row, on=day)


def standing(cast: Any, day: datetime.date) -> reading.Standing:
    found = reading.standing_of(cast[people.JAMAICA], "PATROLS", day)
    assert found is not None
    return found


def test_it_enters_into_force_by_its_rule_and_binds_each_from_its_own_day(cast: Any):
    opened(cast)
    ratified(cast, "BRB", BARBADOS, D(2023, 3, 1))
    ratified(cast, "JAM", people.JAMAICA, D(2023, 6, 1))
    ratified(cast, "TTO", TRINIDAD, D(2024, 1, 1))
    assert standing(cast, D(2023, 6, 30)).status == "signed_not_in_force"
    now = standing(cast, D(2023, 7, 1))
    assert (now.status, now.in_force_on) == ("in_force", D(2023, 7, 1))
    assert now.contracting_parties == ("BRB", "JAM")
    assert standing(cast, D(2024, 1, 1)).contracting_parties == ("BRB", "JAM", "TTO")


def test_a_signature_ad_referendum_keeps_its_day_when_it_is_confirmed(cast: Any):
    opened(cast, rule={"op": "COUNT_SIGNED", "cls": "MEMBER_STATE", "at_least": 1})
    row = parties.sign_instrument_ad_ref(cast[people.JAMAICA], line("JAM"), on=D(2023, 2, 1))
    assert standing(cast, D(2023, 12, 1)).computed_on is None
    row = parties.confirm_signature(cast[people.JAMAICA], row, reference="Full powers 2")
    assert standing(cast, D(2023, 12, 1)).computed_on == D(2023, 2, 1)
    assert row.state == "signed"


def test_a_notice_of_withdrawal_takes_effect_on_its_day_and_may_be_taken_back_before(cast: Any):
    opened(cast)
    ratified(cast, "BRB", BARBADOS, D(2023, 3, 1))
    row = ratified(cast, "JAM", people.JAMAICA, D(2023, 6, 1))
    keeper = cast[people.KEEPER]
    later = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(90)
    row = parties.notify_withdrawal(keeper, row, on=D(2024, 1, 10), effect_on=later)
    assert "JAM" in standing(cast, D(2024, 6, 1)).contracting_parties
    assert "JAM" not in standing(cast, later).contracting_parties
    row = parties.revoke_withdrawal(keeper, row)
    assert row.state == "deposited"
    assert "JAM" in standing(cast, later).contracting_parties
    row = parties.notify_withdrawal(keeper, row, on=D(2024, 1, 10), effect_on=D(2024, 7, 10))
    assert standing(cast, D(2024, 7, 9)).contracting_parties == ("BRB", "JAM")
    assert standing(cast, D(2024, 7, 10)).contracting_parties == ("BRB",)
    with pytest.raises(ValidationError, match="taken effect"):
        parties.revoke_withdrawal(keeper, row)


def test_who_is_not_bound_has_nothing_to_leave(cast: Any):
    opened(cast)
    row = parties.sign_instrument(cast[people.JAMAICA], line("JAM"), on=D(2023, 2, 1), reference="Full powers")
    with pytest.raises(ValidationError) as wrong:
        parties.notify_withdrawal(cast[people.KEEPER], row, on=D(2023, 3, 1), effect_on=D(2023, 9, 1))
    assert list(wrong.value.message_dict) == ["on"]


def test_the_depositarys_date_stands_beside_the_computed_one(cast: Any):
    row = opened(cast)
    ratified(cast, "BRB", BARBADOS, D(2023, 3, 1))
    ratified(cast, "JAM", people.JAMAICA, D(2023, 6, 1))
    acts.notify_entry_into_force(cast[people.KEEPER], row, on=D(2023, 7, 3), source="Note 12")
    now = standing(cast, D(2023, 12, 1))
    assert (now.computed_on, now.notified_on, now.in_force_on, now.mismatch) == (
        D(2023, 7, 1), D(2023, 7, 3), D(2023, 7, 3), True,
    )  # fmt: skip


def test_a_reservation_is_objected_to_within_twelve_months(cast: Any):
    opened(cast)
    jamaica = ratified(cast, "JAM", people.JAMAICA, D(2023, 6, 1))
    parties.record_party_reservation(
        cast[people.KEEPER], jamaica, kind="reservation", article="Article 4", text="Not at sea.", on=D(2023, 6, 1)
    )
    made = Reservation.objects.get()
    barbados = ratified(cast, "BRB", BARBADOS, D(2023, 3, 1))
    said = {"reservation": str(made.pk), "relation": "partial", "text": "We object."}
    with pytest.raises(ValidationError) as wrong:
        parties.object_to_reservation(cast[BARBADOS], barbados, on=D(2024, 7, 1), **said)
    assert list(wrong.value.message_dict) == ["on"]
    parties.object_to_reservation(cast[BARBADOS], barbados, on=D(2024, 3, 1), **said)
    assert Objection.objects.get().entity == "BRB"
    with pytest.raises(ValidationError):
        parties.object_to_reservation(cast[BARBADOS], line("BRB"), on=D(2024, 3, 1), **said)


@pytest.mark.parametrize(
    ("act", "who", "code"),
    [
        (parties.sign_instrument, BARBADOS, "not-depositary"),
        (parties.sign_instrument, people.READER, "needs-decider"),
        (parties.accede_to_instrument, people.JAMAICA, "not-depositary"),
        (parties.sign_instrument, people.WATCH, "not-depositary"),
    ],
)
def test_nobody_signs_for_another_state(cast: Any, act: Any, who: str, code: str):
    opened(cast)
    with pytest.raises(Refused) as refusal:
        act(cast[who], line("JAM"), on=D(2023, 2, 1), reference="x")
    assert refusal.value.code == code
    assert not PartyStep.objects.filter(of__instrument__code="PATROLS").exists()


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"code": "TSA-2006"}, "code"),
        ({"rule": {"op": "MOST"}}, "rule"),
        ({"rule": [1]}, "rule"),
        ({"amends": "NO-SUCH"}, "amends"),
    ],
)
def test_an_instrument_that_cannot_be_registered_is_told_at_its_place(cast: Any, fields: dict[str, Any], place: str):
    said = {"code": "PATROLS", "title": "Patrols", "kind": "agreement"} | fields
    with pytest.raises(ValidationError) as wrong:
        acts.create_instrument(cast[people.KEEPER], None, **said)
    assert list(wrong.value.message_dict) == [place]


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"eligible": "BRB, XYZ"}, "eligible"),
        ({"eligible": "ORG:"}, "eligible"),
        ({"languages": "english"}, "languages"),
    ],
)
def test_it_opens_for_known_states_alone(cast: Any, fields: dict[str, str], place: str):
    depositary = cast[people.KEEPER]
    row = acts.create_instrument(depositary, None, code="PATROLS", title="Patrols", kind="agreement")
    row = acts.agree_instrument_text(depositary, row)
    said = {"on": D(2023, 2, 1), "place": "Bridgetown", "languages": "en", "eligible": "BRB"} | fields
    with pytest.raises(ValidationError) as wrong:
        acts.open_instrument(depositary, row, **said)
    assert list(wrong.value.message_dict) == [place]
    assert not InstrumentParty.objects.filter(instrument=row).exists()


def test_a_correction_of_a_step_takes_the_state_along(cast: Any):
    opened(cast)
    row = ratified(cast, "JAM", people.JAMAICA, D(2023, 6, 1))
    wrong = PartyStep.objects.get(of=row, kind="deposited")
    row = parties.correct_instrument_party(
        cast[people.KEEPER], row, step=str(wrong.pk), source="Note 13", reason="Never arrived."
    )
    assert row.state == "ratified"
    with pytest.raises(ValidationError):
        parties.correct_instrument_party(
            cast[people.KEEPER], row, kind="signed", on=D(2023, 1, 1), source="x", reason="y"
        )
