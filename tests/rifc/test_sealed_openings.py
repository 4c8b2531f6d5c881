"""Opening a sealed text by two of n, and what follows: recall, loss and exchange of keys."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from apps.access.refusal import Refused
from apps.notices.models import Notice
from apps.people.models import User
from apps.rifc.actions import openings, recalls, shares
from apps.rifc.models import Opening, ReadLog, ReleasedShare, Report, SealedShare
from apps.rifc.queries import sealed_texts
from apps.rifc.tasks import run_rifc_clock
from apps.sealing import actions as keys
from apps.sealing.holder import caricom_holder as program
from apps.sealing.queries import for_scripts, holders_of
from tests.rifc.people import a_draft, fresh
from tests.rifc.sealed import AUTHOR, HEAD, POINT, READER, approved, opened, shared
from tests.sealing.holders import (
    JAMAICA,
    TEXT,
    a_sealed_draft,
    as_sent,
    asked,
    combined,
    confirmed,
    proposed,
    release,
)

pytestmark = pytest.mark.django_db


# --- opening by two of n ----------------------------------------------------------------------------------------------


def test_recipients_open_it_by_any_two_of_their_holders_and_the_originator_sees_it(
    cast, ours, theirs, client_for, drain
):
    row = shared(cast, ours, "JAM")
    opening, browser = asked(cast, READER, row)
    drain()
    assert Notice.objects.filter(code="rifc.opening_asked", owner__code="JAM.contact").exists()
    opening = release(cast, theirs[2], opening)
    assert opening.state == "asked"
    with pytest.raises(Refused, match="wrong-state"):
        openings.read_sealed_text(cast[READER], opening)
    opening = release(cast, theirs[1], opening)
    assert opening.state == "open"
    openings.read_sealed_text(cast[READER], opening)
    assert combined(opening, browser) == TEXT
    log = ReadLog.objects.get(report=row, channel="opened", user__username=READER)
    assert log.desk.code == "JAM.intelligence"
    page = client_for(AUTHOR).get(reverse("rifc:report", args=[row.thread])).content.decode()
    assert "sealed text opened" in page
    assert "JAM.intelligence" in page


def test_one_holder_twice_is_one_and_opens_nothing(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    for _again in range(2):
        opening = release(cast, ours[0], opening)
    assert (opening.state, ReleasedShare.objects.filter(opening=opening).count()) == ("asked", 1)


def test_a_reader_who_is_a_holder_counts_as_one_of_the_two(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, browser = asked(cast, HEAD, row)
    opening = release(cast, ours[1], opening)
    opening = release(cast, ours[0], opening)
    assert combined(opening, browser) == TEXT


def test_holders_of_another_state_and_people_without_a_share_release_nothing(cast, ours, theirs):
    row = shared(cast, ours, "JAM")
    opening, _key = asked(cast, READER, row)
    made = {"enc": program.said(program.FileKey().public), "share": program.said(bytes(48))}
    # the originator sees the opening, and has no part in it
    with pytest.raises(Refused, match="other-state"):
        openings.release_key_share(cast[HEAD], opening, **made)
    with pytest.raises(Refused, match="not-visible"):
        openings.release_key_share(cast["jam.border.head"], opening, **made)
    with pytest.raises(Refused, match="not-reader"):
        openings.close_sealed_opening(cast[JAMAICA[1]], opening)


def test_what_is_no_share_is_told_beside_the_file_and_nothing_is_lost(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    opening = release(cast, ours[0], opening)
    with pytest.raises(ValidationError) as wrong:
        openings.release_key_share(cast[ours[2].name], opening, enc="x", share="y")
    assert list(wrong.value.message_dict) == ["share"]
    assert ReleasedShare.objects.filter(opening=opening).count() == 1


def test_a_holder_refuses_with_a_reason_and_what_was_released_is_removed(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    opening = release(cast, ours[0], opening)
    done = openings.refuse_sealed_opening(cast[ours[1].name], opening, answer="not his case")
    assert (done.state, done.answer) == ("refused", "not his case")
    assert not ReleasedShare.objects.filter(opening=opening).exists()


def test_nobody_asks_for_what_is_not_sealed_or_not_for_their_state(cast, ours, client_for):
    plain = a_draft(cast)
    with pytest.raises(Refused, match="not-sealed"):
        asked(cast, HEAD, plain)
    row, _browser = a_sealed_draft(cast)
    SealedShare.objects.filter(text__report=row).exclude(x=1).delete()
    with pytest.raises(Refused, match="no-shares-here"):
        asked(cast, HEAD, row)
    row, _browser = a_sealed_draft(cast)
    with pytest.raises(ValidationError, match="made no key"):
        openings.ask_sealed_opening(cast[HEAD], None, of=row, why="x", public="no point")
    with pytest.raises(Refused, match="not-visible"):
        asked(cast, READER, row)


def test_an_opening_lapses_and_takes_the_shares_with_it(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, _key = opened(cast, HEAD, row, ours[0], ours[1])
    waiting, _key = asked(cast, HEAD, row)
    later = timezone.now() + datetime.timedelta(days=4)
    assert run_rifc_clock(later)["openings"] == 2
    assert {fresh(one).state for one in (opening, waiting)} == {"over"}
    assert not ReleasedShare.objects.exists()
    assert run_rifc_clock(later)["openings"] == 0


def test_what_is_too_late_is_refused_before_the_clock_comes(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, _key = opened(cast, HEAD, row, ours[0], ours[1])
    waiting, _key = asked(cast, HEAD, row)
    Opening.objects.update(until=timezone.now() - datetime.timedelta(minutes=1))
    with pytest.raises(Refused, match="opening-over"):
        openings.read_sealed_text(cast[HEAD], fresh(opening))
    with pytest.raises(Refused, match="opening-over"):
        release(cast, ours[0], fresh(waiting))


def test_a_reader_closes_an_opening_and_the_shares_go(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, _key = opened(cast, HEAD, row, ours[0], ours[1])
    assert openings.close_sealed_opening(cast[HEAD], opening).state == "over"
    assert not ReleasedShare.objects.exists()


# --- recall, loss, exchange -------------------------------------------------------------------------------------------


def test_a_recall_ends_openings_and_nobody_opens_it_any_more(cast, ours, theirs):
    row = shared(cast, ours, "JAM")
    opening, _key = opened(cast, READER, row, theirs[0], theirs[1])
    waiting, _key = asked(cast, JAMAICA[1], row)
    recalls.recall_rifc_report(cast[HEAD], row, reason_code="inaccurate", text="Request withdrawn.")
    assert {fresh(one).state for one in (opening, waiting)} == {"over"}
    assert not ReleasedShare.objects.exists()
    with pytest.raises(Refused, match="not-visible"):
        asked(cast, READER, row)
    again = recalls.undo_recall(cast[HEAD], fresh(row), text="It holds after all.")
    newest = Report.objects.filter(thread=again.thread).order_by("-edition")[0]
    third, browser = opened(cast, READER, newest, theirs[1], theirs[2])
    assert combined(third, browser) == TEXT


def test_who_lost_sight_gets_no_share(cast, ours, theirs):
    row = shared(cast, ours, "JAM")
    opening, _key = asked(cast, READER, row)
    shares.withdraw_report_entry(cast[HEAD], row, recipient="JAM.intelligence", reason="by mistake")
    with pytest.raises(Refused, match="reader-lost-sight"):
        release(cast, theirs[0], fresh(opening))


def test_after_a_loss_the_other_two_open_it_and_give_everybody_new_shares(cast, ours):
    row, _browser = a_sealed_draft(cast)
    keys.end_holder_key(cast[POINT], ours[2].row, because="the disk is broken")
    opening, browser = opened(cast, HEAD, row, ours[0], ours[1])
    found = [
        {"x": one.x, "check": one.check_hash, "enc": one.enc, "share": one.share}
        for one in sealed_texts.released(opening)
    ]
    text = str(opening.text.text_id)
    key = program.combine(browser, text, "BRB", str(opening.pk), found)
    newer = confirmed(cast, proposed(cast, POINT))
    states = for_scripts(holders_of(["BRB"]))
    given_anew = program.shares_for(text, "BRB", key, states["BRB"])
    openings.give_key_shares(cast[HEAD], None, of=opening, party="BRB", shares=given_anew)
    assert SealedShare.objects.filter(text=opening.text).count() == 3
    second, reader = opened(cast, AUTHOR, row, newer, ours[1])
    assert combined(second, reader) == TEXT
    assert combined(fresh(opening), browser) == TEXT, "what was open stays open"


def test_the_originator_seals_it_for_a_further_state_once_it_is_open(cast, ours, theirs):
    row = approved(cast, ours)
    opening, browser = opened(cast, HEAD, row, ours[0], ours[1])
    found = [
        {"x": one.x, "check": one.check_hash, "enc": one.enc, "share": one.share}
        for one in sealed_texts.released(opening)
    ]
    text = str(opening.text.text_id)
    key = program.combine(browser, text, "BRB", str(opening.pk), found)
    made = program.shares_for(text, "JAM", key, for_scripts(holders_of(["JAM"]))["JAM"])
    openings.give_key_shares(cast[HEAD], None, of=opening, party="JAM", shares=made)
    row = shares.share_rifc_report(cast[AUTHOR], fresh(row), to=["JAM.intelligence"], without_rifc="no keys")
    second, reader = opened(cast, READER, row, theirs[0], theirs[2])
    assert combined(second, reader) == TEXT
    # a recipient gives no other State anything
    ours_again = program.shares_for(text, "BRB", key, for_scripts(holders_of(["BRB"]))["BRB"])
    with pytest.raises(Refused, match="not-originator"):
        openings.give_key_shares(cast[READER], None, of=second, party="BRB", shares=ours_again)
    with pytest.raises(Refused, match="not-visible"):
        openings.give_key_shares(cast["jam.border.head"], None, of=second, party="JAM", shares=made)
    with pytest.raises(ValidationError, match="TTO"):
        openings.give_key_shares(cast[HEAD], None, of=opening, party="TTO", shares=made)
    with pytest.raises(ValidationError, match="shares"):
        openings.give_key_shares(cast[HEAD], None, of=opening, party="JAM", shares="none")
    openings.close_sealed_opening(cast[HEAD], fresh(opening))
    with pytest.raises(Refused, match="opening-over"):
        openings.give_key_shares(cast[HEAD], None, of=opening, party="JAM", shares=made)


def test_half_an_opening_under_the_old_shares_is_asked_for_again(cast, ours):
    row, _browser = a_sealed_draft(cast)
    waiting, reader = asked(cast, AUTHOR, row)
    waiting = release(cast, ours[0], waiting)
    opening, browser = opened(cast, HEAD, row, ours[0], ours[1])
    found = [
        {"x": one.x, "check": one.check_hash, "enc": one.enc, "share": one.share}
        for one in sealed_texts.released(opening)
    ]
    text = str(opening.text.text_id)
    key = program.combine(browser, text, "BRB", str(opening.pk), found)
    made = program.shares_for(text, "BRB", key, for_scripts(holders_of(["BRB"]))["BRB"])
    openings.give_key_shares(cast[HEAD], None, of=opening, party="BRB", shares=made)
    assert not ReleasedShare.objects.filter(opening=waiting).exists()
    for holder in ours[1:]:
        waiting = release(cast, holder, fresh(waiting))
    assert combined(waiting, reader) == TEXT


def test_a_holder_carries_their_shares_over_to_a_newer_key_alone(cast, ours):
    row, _browser = a_sealed_draft(cast)
    share = SealedShare.objects.get(text__report=row, holder__username=POINT)
    with pytest.raises(Refused, match="no-newer-key"):
        openings.rewrap_key_share(cast[POINT], share, enc=share.enc, share=share.share)
    newer = confirmed(cast, proposed(cast, POINT))
    opening, browser = asked(cast, HEAD, row)
    opening = release(cast, ours[2], opening)  # the former key opens until the share is carried over
    made = program.rewrap(ours[2].key, str(share.text.text_id), "BRB", as_sent(share), program.said(newer.key.public))
    with pytest.raises(Refused, match="not-a-holder"):
        openings.rewrap_key_share(cast[HEAD], fresh(share), **made)
    with pytest.raises(ValidationError, match="no share"):
        openings.rewrap_key_share(cast[POINT], fresh(share), enc="x", share="y")
    done = openings.rewrap_key_share(cast[POINT], fresh(share), **made)
    assert done.key_id == newer.row.pk
    assert not sealed_texts.to_carry_over(cast[POINT]).exists()
    opening = release(cast, ours[0], opening)
    assert combined(opening, browser) == TEXT
    second, reader = opened(cast, AUTHOR, row, newer, ours[1])
    assert combined(second, reader) == TEXT


def test_an_ended_key_opens_nothing(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    keys.end_holder_key(cast[POINT], ours[2].row, because="stolen")
    with pytest.raises(Refused, match="not-a-holder"):
        release(cast, ours[2], opening)


def test_a_share_that_was_released_of_a_key_that_has_ended_is_not_counted(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, browser = asked(cast, HEAD, row)
    opening = release(cast, ours[2], opening)
    keys.end_holder_key(cast[POINT], ours[2].row, because="stolen")
    opening = release(cast, ours[0], opening)
    assert (opening.state, [one.x for one in sealed_texts.released(opening)]) == ("asked", [1])
    opening = release(cast, ours[1], opening)
    assert opening.state == "open"
    assert combined(opening, browser) == TEXT


def test_a_holder_who_is_no_longer_cleared_to_hold_sees_no_opening_and_releases_nothing(cast, ours):
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    assert Opening.objects.visible_to(cast[POINT]).exists()
    User.objects.filter(username=POINT).update(clearance=1)
    cast.pop(POINT)
    assert not Opening.objects.visible_to(cast[POINT]).exists()
    with pytest.raises(Refused, match="not-visible"):
        release(cast, ours[2], opening)


def test_a_holder_sees_who_asks_though_not_cleared_for_the_text(cast, ours, client_for):
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    assert not Report.objects.visible_to(cast[POINT]).filter(pk=row.pk).exists()
    browser, place = client_for(POINT), reverse("rifc:opening", args=[opening.pk])
    assert place in browser.get(reverse("rifc:openings")).content.decode()
    assert "Release your share" in browser.get(place).content.decode()
    assert "Open the sealed text of a draft?" in browser.get("/people/desk/").content.decode()
    [told] = browser.get(reverse("api:rifc-openings-list")).json()["results"]
    assert told["own_share"]["public"] == next(one for one in ours if one.name == POINT).row.public
    place = reverse("api:rifc-openings-list")
    assert len(browser.get(place, {"waits": "true"}).json()["results"]) == 1
    assert client_for(HEAD).get(place, {"waits": "true"}).json()["results"] != [], "who asks may hold a share as well"
    release(cast, ours[2], opening)
    assert browser.get(place, {"waits": "true"}).json()["results"] == []
    assert browser.get(place, {"waits": "no"}).status_code == 400
