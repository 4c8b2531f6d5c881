"""Keys of a State's holders: proposed by who holds one, put into force by an administrator, by the fingerprint."""

import dataclasses

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from apps.access.refusal import Refused
from apps.audit.models import AuditRecord
from apps.notices.models import Notice
from apps.people.models import User
from apps.sealing import actions, queries
from apps.sealing.holder import caricom_holder as program
from apps.sealing.models import HolderKey
from tests.sealing.holders import ADMINS, BARBADOS, confirmed, holders, proposed

pytestmark = pytest.mark.django_db
OFFICER, HEAD = BARBADOS[0], BARBADOS[1]
ADMIN = ADMINS["BRB"]
PLACE = "/api/v1/sealing/holder-keys/"


@pytest.fixture
def cleared(cast):
    User.objects.filter(username__in=BARBADOS).update(clearance=3)
    for name in BARBADOS:
        cast.pop(name, None)
    return cast


def test_the_holder_proposes_and_an_administrator_puts_it_into_force(cleared):
    holder = proposed(cleared, OFFICER)
    said = program.fingerprint(holder.key.public)
    assert (holder.row.state, holder.row.fingerprint) == ("proposed", said)
    with pytest.raises(Refused, match="own-proposal"):
        actions.confirm_holder_key(cleared[OFFICER], holder.row, fingerprint=said)
    with pytest.raises(Refused, match="not-visible"):
        actions.confirm_holder_key(cleared[ADMINS["JAM"]], holder.row, fingerprint=said)
    done = actions.confirm_holder_key(cleared[ADMIN], holder.row, fingerprint=said.upper().replace(" ", ""))
    assert (done.state, done.confirmed_by.username) == ("in_force", ADMIN)


def test_another_fingerprint_than_the_holders_puts_nothing_into_force(cleared):
    holder = proposed(cleared, OFFICER)
    other = program.fingerprint(program.FileKey().public)
    with pytest.raises(ValidationError) as wrong:
        actions.confirm_holder_key(cleared[ADMIN], holder.row, fingerprint=other)
    assert list(wrong.value.message_dict) == ["fingerprint"]
    holder.row.refresh_from_db()
    assert holder.row.state == "proposed"


def test_putting_into_force_wants_a_fresh_second_factor(cleared):
    holder = proposed(cleared, OFFICER)
    stale = dataclasses.replace(cleared[ADMIN], proven=False)
    with pytest.raises(Refused, match="step-up"):
        actions.confirm_holder_key(stale, holder.row, fingerprint=holder.row.fingerprint)


def test_an_administrator_who_holds_the_key_does_not_confirm_it(cleared):
    holder = proposed(cleared, OFFICER)
    HolderKey.objects.filter(pk=holder.row.pk).update(user_id=cleared[ADMIN].user_id)
    with pytest.raises(Refused, match="own-proposal"):
        actions.confirm_holder_key(cleared[ADMIN], holder.row, fingerprint=holder.row.fingerprint)


@pytest.mark.parametrize(
    ("who", "code"),
    [("brb.administration.administrator", "not-a-holding-desk"), ("brb.border.officer", "not-cleared")],
)
def test_who_is_not_cleared_or_sits_elsewhere_holds_no_key(cast, who, code):
    User.objects.filter(username=who).update(clearance=1)
    cast.pop(who, None)
    with pytest.raises(Refused) as refused:
        proposed(cast, who)
    assert refused.value.code == code


@pytest.mark.parametrize("public", ["", "no key", program.said(b"\x04" + bytes(64)), program.said(bytes(32)), "A" * 87])
def test_what_is_no_public_key_comes_back_with_words_at_its_field(cleared, client_for, public):
    given = {"public": public, "kept": "file", "why": "Order 12"}
    answer = client_for(OFFICER).post(reverse("sealing:keys"), given)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["public"]
    assert not HolderKey.objects.exists()


def test_a_key_is_registered_once(cleared):
    holder = proposed(cleared, OFFICER)
    with pytest.raises(ValidationError, match="registered already"):
        proposed(cleared, HEAD, holder.key)


def test_a_state_seals_once_three_keys_are_in_force_and_no_longer_when_one_ends(cleared):
    made = [confirmed(cleared, proposed(cleared, name)) for name in BARBADOS[:2]]
    assert queries.sealing_parties() == []
    made.append(confirmed(cleared, proposed(cleared, BARBADOS[2])))
    assert queries.sealing_parties() == ["BRB"]
    assert {one.user.username for one in queries.holders_of(["BRB", "JAM"])["BRB"]} == set(BARBADOS)
    actions.end_holder_key(cleared[ADMIN], made[0].row, because="lost")
    assert not queries.seals("BRB")
    assert queries.holders_of(["BRB"]) == {}


def test_a_thirteenth_holder_is_refused_and_a_newer_key_of_one_of_the_twelve_is_not(cleared):
    """With more of them nothing could be sealed for the State any more."""
    mine = confirmed(cleared, proposed(cleared, OFFICER))
    others = list(User.objects.exclude(username__in=BARBADOS).order_by("pk")[:11])
    HolderKey.objects.bulk_create(
        HolderKey(
            party_id="BRB",
            user=user,
            desk_id=mine.row.desk_id,
            public=program.said(program.FileKey().public),
            fingerprint="",
            kept="file",
            state="in_force",
            valid_from=mine.row.valid_from,
        )
        for user in others
    )
    thirteenth = proposed(cleared, HEAD)
    with pytest.raises(Refused, match="enough-holders"):
        confirmed(cleared, thirteenth)
    thirteenth.row.refresh_from_db()
    assert thirteenth.row.state == "proposed"
    confirmed(cleared, proposed(cleared, OFFICER))
    actions.end_holder_key(cleared[ADMIN], HolderKey.objects.get(user=others[0]), because="too many")
    assert confirmed(cleared, thirteenth).row.state == "in_force"


def test_a_newer_key_replaces_the_holders_own_and_the_holder_ends_it_alone(cleared):
    old = confirmed(cleared, proposed(cleared, OFFICER))
    new = confirmed(cleared, proposed(cleared, OFFICER))
    old.row.refresh_from_db()
    assert (old.row.state, new.row.state) == ("replaced", "in_force")
    assert actions.end_holder_key(cleared[OFFICER], new.row, because="stolen").state == "ended"
    with pytest.raises(Refused, match="wrong-state"):
        actions.end_holder_key(cleared[OFFICER], new.row, because="again")


def test_a_proposal_is_taken_back_and_another_partys_is_nobodys(cleared):
    holder = proposed(cleared, OFFICER)
    with pytest.raises(Refused, match="not-visible"):
        actions.withdraw_holder_key(cleared["jam.intelligence.officer"], holder.row)
    assert actions.withdraw_holder_key(cleared[OFFICER], holder.row).state == "withdrawn"


def test_desk_administration_and_oversight_are_told_and_it_is_in_the_audit(cleared, drain):
    confirmed(cleared, proposed(cleared, OFFICER))
    drain()
    told = set(Notice.objects.filter(code__startswith="sealing.").values_list("code", "owner__code"))
    desks = {"BRB.intelligence", "BRB.administration", "BRB.oversight"}
    assert told >= {(code, desk) for code in ("sealing.proposed", "sealing.confirmed") for desk in desks}
    verbs = set(AuditRecord.objects.filter(party="BRB", verb__startswith="holder_key.").values_list("verb", flat=True))
    assert verbs == {"holder_key.propose", "holder_key.confirm"}


def test_pages_and_api_show_keys_in_force_to_all_who_seal_and_names_to_the_own_party(cleared, client_for, api):
    made = holders(cleared)
    key = made[0].row
    page = client_for("jam.intelligence.officer").get(reverse("sealing:key", args=[key.pk]))
    assert page.status_code == 200
    said = page.content.decode()
    assert key.fingerprint in said
    assert key.user.full_name not in said
    own = client_for(HEAD).get(reverse("sealing:key", args=[key.pk])).content.decode()
    assert key.user.full_name in own
    rows = api("JAM.intelligence", "read").get(PLACE, {"state": "in_force"}).json()["results"]
    assert {row["fingerprint"] for row in rows} == {one.row.fingerprint for one in made}
    place = reverse("sealing:key_do", args=[key.pk, "end"])
    browser = client_for(ADMIN)
    assert browser.get(place).status_code == 200
    assert browser.post(place, {"because": "lost"}).url == reverse("sealing:key", args=[key.pk])


def test_the_list_asks_as_many_questions_for_one_key_as_for_three(cleared, client_for, django_assert_max_num_queries):
    holders(cleared)
    browser = client_for(OFFICER)
    browser.get(reverse("sealing:keys"))
    with django_assert_max_num_queries(14):
        browser.get(reverse("sealing:keys"))
