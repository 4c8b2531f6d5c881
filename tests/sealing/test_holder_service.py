"""The program of holders as a State runs it each minute, against the portal of a test."""

import contextlib
import io
import json
import urllib.error
from pathlib import Path
from typing import Any

import pytest

from apps.rifc.models import ReleasedShare, SealedShare
from apps.rifc.queries import sealed_texts
from apps.sealing.holder import caricom_holder as program
from tests.sealing.holders import (
    BARBADOS,
    TEXT,
    Holder,
    a_sealed_draft,
    asked,
    combined,
    confirmed,
    holders,
    proposed,
    release,
)

pytestmark = pytest.mark.django_db
PORTAL, PASSPHRASE = "https://portal.example", "a passphrase of the test"
AUTHOR, HEAD, POINT = BARBADOS
DESK = "BRB.intelligence"


class Machine:
    """A State's machine: one holder's key file, and the wire to the portal."""

    def __init__(self, folder: Path, client: Any, monkeypatch: Any) -> None:
        self.folder, self.client = folder, client
        self.called: list[str] = []
        (folder / "api-key").write_text("ccp_of_the_desk\n")
        monkeypatch.setenv("HOLDER_PASSPHRASE", PASSPHRASE)
        monkeypatch.setattr(program.urllib.request, "urlopen", self.urlopen)

    def keeps(self, key: program.FileKey) -> None:
        """The key that the program uses from now on."""
        (self.folder / "key.json").write_text(json.dumps(program.write_key_file(key, PASSPHRASE)))

    def urlopen(self, request: Any, timeout: float) -> Any:
        """What the portal answers."""
        path = request.full_url.removeprefix(PORTAL)
        self.called.append(path)
        send = {"content_type": "application/json", "data": request.data} if request.data else {}
        answer = (self.client.post if send else self.client.get)(path, **send)
        if answer.status_code >= 400:
            raise urllib.error.HTTPError(path, answer.status_code, "", None, io.BytesIO(answer.content))  # type: ignore[arg-type]
        return contextlib.closing(io.BytesIO(answer.content))

    def run(self, command: str, *words: str) -> int:
        """Its exit status."""
        own = ["--key", str(self.folder / "key.json"), "--api-key-file", str(self.folder / "api-key")]
        return program.main([command, *words, "--portal", PORTAL, *own])

    def released(self) -> int:
        """How many shares it has sent."""
        return sum(path.endswith("/release/") for path in self.called)


@pytest.fixture
def ours(cast):
    """Holders of Barbados."""
    return holders(cast)


@pytest.fixture
def machine(ours: list[Holder], client_for, tmp_path, monkeypatch):
    """Of the holder at the desk of contact."""
    made = Machine(tmp_path, client_for(POINT), monkeypatch)
    made.keeps(ours[2].key)
    return made


def test_the_service_releases_once_for_the_desks_that_it_is_for(cast, machine, capsys):
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    assert machine.run("serve", "--for", "BRB.customs") == 0
    assert machine.released() == 0
    assert machine.run("serve", "--for", DESK) == 0
    assert f"released: {opening.pk}" in capsys.readouterr().out
    assert machine.run("serve", "--for", DESK) == 0
    assert (machine.released(), capsys.readouterr().out) == (1, "")
    assert ReleasedShare.objects.filter(opening=opening, holder__username=POINT).count() == 1


def test_a_fault_with_one_opening_is_told_and_the_others_are_answered(cast, machine, capsys):
    openings = [asked(cast, HEAD, a_sealed_draft(cast)[0])[0] for _one in range(3)]
    SealedShare.objects.filter(text=openings[1].text, holder__username=POINT).update(check_hash="0" * 64)
    assert machine.run("serve", "--for", DESK) == 1
    told = capsys.readouterr()
    assert f"holder: {openings[1].pk}: this is not the share that was made" in told.err
    given = ReleasedShare.objects.filter(holder__username=POINT).values_list("opening", flat=True)
    assert set(given) == {openings[0].pk, openings[2].pk}
    assert [str(one.pk) in told.out for one in openings] == [True, False, True]


def test_what_waits_beyond_a_page_is_found_as_well(cast, machine, monkeypatch):
    row, _browser = a_sealed_draft(cast)
    for who in (AUTHOR, HEAD, HEAD):
        asked(cast, who, row)
    monkeypatch.setattr(program, "PAGE", 2)
    assert machine.run("serve", "--for", DESK) == 0
    assert machine.released() == 3


def test_an_opening_that_does_not_wait_for_the_holder_is_named(cast, machine, capsys):
    row, _browser = a_sealed_draft(cast)
    opening, _key = asked(cast, HEAD, row)
    assert machine.run("release", str(opening.pk)) == 0
    assert machine.run("release", str(opening.pk)) == 1
    assert f"holder: {opening.pk}: does not wait for this holder" in capsys.readouterr().err
    assert machine.released() == 1


def test_shares_are_carried_over_from_the_key_in_use_to_the_holders_newer_one(cast, ours, machine, capsys):
    """Also from a token, which no page can use."""
    rows = [a_sealed_draft(cast)[0] for _one in range(2)]
    stranger = program.said(program.FileKey().public)
    for wrong in (stranger, program.said(ours[2].key.public)):
        assert machine.run("carry-over", wrong) == 1
        assert "no newer key in force" in capsys.readouterr().err
    newer = confirmed(cast, proposed(cast, POINT))
    public = program.said(newer.key.public)
    assert machine.run("carry-over", public) == 0
    assert capsys.readouterr().out.count("carried over") == 2
    assert not sealed_texts.to_carry_over(cast[POINT]).exists()
    assert machine.run("carry-over", public) == 0
    assert capsys.readouterr().out == ""
    opening, browser = asked(cast, HEAD, rows[0])
    release(cast, newer, opening)
    assert combined(release(cast, ours[0], opening), browser) == TEXT


def test_a_share_that_does_not_fit_is_named_and_the_others_are_carried_over(cast, ours, machine, capsys):
    for _one in range(2):
        a_sealed_draft(cast)
    share = SealedShare.objects.filter(holder__username=POINT).order_by("pk")[0]
    SealedShare.objects.filter(pk=share.pk).update(check_hash="0" * 64)
    newer = confirmed(cast, proposed(cast, POINT))
    assert machine.run("carry-over", program.said(newer.key.public)) == 1
    assert f"holder: {share.pk}: this is not the share that was made" in capsys.readouterr().err
    assert sealed_texts.to_carry_over(cast[POINT]).get().pk == share.pk
