"""Holds by order: the night's job leaves what a court wants kept, and only that."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.journeys.actions import holds
from apps.journeys.models import Journey, RetentionHold, Traveller
from apps.manifests.models import Submission, SubmissionContent
from apps.people.queries import service_actor
from apps.travellers.actions import retention, retention_rounds
from apps.travellers.queries import retention_due
from tests.jrcc.pages_world import message, sent

pytestmark = pytest.mark.django_db
HEAD, OFFICER = "jam.border.head", "jam.border.officer"


def in_days(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


def day(days: int) -> datetime.date:
    return in_days(days).date()


def placed(cast, who=OFFICER, person=None, **more) -> RetentionHold:
    given = {"ground": "court", "reference": "SC 12/2026", "reason": "Evidence in the trial", "until": day(200), **more}
    return holds.place_hold(cast[who], None, journey=Journey.objects.get().pk, traveller=person, **given)


def named() -> int:
    return Traveller.objects.exclude(surname="").count()


def test_a_held_journey_keeps_travellers_message_and_its_states_sight_until_its_last_day(cast, drain):
    sent(cast, drain, message(3))
    placed(cast)
    due = retention_due.find_retention_due(service_actor("JRCC.automation"), in_days(92))
    assert (len(due.held), due.masks, due.messages) == (2, [], [])
    done = retention_rounds.forget(in_days(92))
    assert (done["masked"], done["messages"], named()) == (0, 0, 3)
    assert Journey.objects.visible_to(cast[HEAD]).exists()  # Trinidad's sight has ended, Jamaica's order holds its own
    done = retention_rounds.forget(in_days(202))
    assert (done["masked"], done["messages"], named()) == (1, 1, 0)
    assert RetentionHold.objects.get().reason == ""


def test_a_hold_on_one_traveller_lets_the_others_go(cast, drain):
    sent(cast, drain, message(3))
    one = Traveller.objects.order_by("seq").first()
    row = placed(cast, person=one.pk)
    retention_rounds.forget(in_days(92))
    assert list(Traveller.objects.exclude(surname="").values_list("pk", flat=True)) == [one.pk]
    assert SubmissionContent.objects.get().erased_at is None
    holds.release_hold(cast[HEAD], row, said="The trial is over")
    done = retention_rounds.forget(in_days(92))
    assert (done["masked"], done["messages"], named()) == (1, 1, 0)
    assert sum(retention_rounds.forget(in_days(92)).values()) == 0
    retention_rounds.forget(in_days(740))
    assert (Traveller.objects.count(), RetentionHold.objects.count()) == (0, 1)


def test_masked_travellers_of_a_held_journey_are_not_deleted_and_the_act_itself_refuses(cast, drain):
    sent(cast, drain, message(3))
    retention_rounds.forget(in_days(92))
    with pytest.raises(ValidationError, match="The data of this journey are already deleted"):
        placed(cast, "jrcc.watch.officer")
    sent(cast, drain, message(2, number=300))
    row = Journey.objects.get(number="300")
    holds.place_hold(
        cast["jrcc.watch.officer"], None, journey=row.pk, ground="case", reference="C-1", reason="x", until=day(900)
    )
    clock = service_actor("JRCC.automation")
    for act, it in (
        (retention.erase_submission, Submission.objects.get(journey=row)),
        (retention.delete_journey_travellers, row),
    ):
        with pytest.raises(Refused) as refused:
            act(clock, it, now=in_days(800))
        assert refused.value.code == "data-held"


@pytest.mark.parametrize(
    ("who", "code"),
    [(HEAD, ""), (OFFICER, "own-hold"), ("jrcc.watch.supervisor", "not-hold-desk"), ("tto.border.head", "not-visible")],
)
def test_who_may_release_it(cast, drain, who, code):
    sent(cast, drain, message(1))
    row = placed(cast)
    if not code:
        assert holds.release_hold(cast[who], row, said="Lifted").state == "released"
        return
    with pytest.raises(Refused) as refused:
        holds.release_hold(cast[who], row, said="Lifted")
    assert code in {refused.value.code, refused.value.reason}


def test_a_hold_is_made_longer_by_a_further_order_and_never_shorter(cast, drain):
    sent(cast, drain, message(1))
    row = placed(cast)
    with pytest.raises(ValidationError):
        holds.prolong_hold(cast[OFFICER], row, reference="SC 13/2026", until=day(100))
    holds.prolong_hold(cast[OFFICER], row, reference="SC 13/2026", until=day(400))
    assert RetentionHold.objects.get().until == day(400)
    for wrong in ({"until": day(-1)}, {"until": day(5000)}):
        with pytest.raises(ValidationError):
            placed(cast, **wrong)


def test_the_pages_show_a_hold_to_its_desk_and_the_watch_alone(cast, drain, client_for):
    sent(cast, drain, message(2))
    journey, client = Journey.objects.get(), client_for(OFFICER)
    page = client.get(f"/jrcc/journeys/{journey.pk}/").content.decode()
    assert f"/jrcc/retention/holds/new/?journey={journey.pk}" in page
    one = Traveller.objects.first()
    form = {"journey": journey.pk, "traveller": one.pk, "ground": "court", "reference": "SC 12/2026",
            "reason": "Evidence", "until": str(day(60))}  # fmt: skip
    assert client.get("/jrcc/retention/holds/new/", {"journey": journey.pk}).status_code == 200
    assert client.post("/jrcc/retention/holds/new/", form | {"until": "soon"}).status_code == 422
    place = client.post("/jrcc/retention/holds/new/", form)["Location"]
    for who in (OFFICER, "jrcc.watch.officer"):
        assert "SC 12/2026" in client_for(who).get(f"/jrcc/travellers/{one.pk}/").content.decode()
        assert "one traveller" in client_for(who).get("/jrcc/retention/holds/").content.decode()
        assert client_for(who).get(place).status_code == 200
    other = client_for("tto.border.head")
    assert "SC 12/2026" not in other.get(f"/jrcc/journeys/{journey.pk}/").content.decode()
    assert (other.get(place).status_code, other.get("/jrcc/retention/holds/").status_code) == (404, 200)
    assert client.get("/jrcc/retention/holds/new/", {"journey": "x"}).status_code == 404
    assert client.get(f"{place}do/release/").status_code == 403
    assert not AuditRecord.objects.filter(verb="hold.release").exists(), "nothing was tried yet"
    assert client.post(f"{place}do/release/", {"said": "Lifted"}).status_code == 403
    assert AuditRecord.objects.get(verb="hold.release").outcome == "refused"
    assert client_for(HEAD).post(f"{place}do/release/", {"said": "Lifted"}).status_code == 302
    assert "Released" in client.get(place).content.decode()
