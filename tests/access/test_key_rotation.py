"""A new FIELD_KEY: what was kept before is read, then written anew, and the old key may go; marks stay."""

import ast
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.apps import apps
from django.core.management import CommandError, call_command

from apps.access import encryption
from apps.access.database_context import portal_context
from apps.access.key_rotation import Kept
from apps.access.manifest import registry
from apps.entities.queries import keyed_hashes
from apps.entrance.models import AccountChange
from apps.exchange.queries import subject_keys
from apps.gateway.queries import subjects
from apps.people.models import Handover, User
from apps.rifc.models import Paragraph, Report, SourceReference
from apps.rifc.queries import source_references
from apps.taxii.queries import namespace
from caricom_portal import checks
from tests.entrance.directories import proposed
from tests.rifc.people import a_draft, paragraph

PROJECT = Path(__file__).resolve().parents[2]
SHORT_LIVED = {
    "apps/access/stream_log.py": "the place of an open stream; an unknown one begins anew",
    "apps/people/queries/saved_input.py": "a form, for a quarter of an hour",
}


def new_key(settings: Any) -> tuple[str, str]:
    """(the key of before, the new one that encrypts from now on)."""
    old, settings.FIELD_KEY = settings.FIELD_KEY, Fernet.generate_key().decode()
    settings.FIELD_KEYS_BEFORE = [old]
    return old, settings.FIELD_KEY


def rewritten() -> str:
    out = StringIO()
    call_command("encrypt_anew", stdout=out)
    return out.getvalue()


def test_texts_of_before_are_opened_and_new_ones_are_under_the_new_key(settings):
    before = encryption.sealed("seed")
    _old, new = new_key(settings)
    assert encryption.opened(before) == "seed"
    assert Fernet(new).decrypt(encryption.sealed("seed").encode()) == b"seed"
    with pytest.raises(InvalidToken):
        Fernet(new).decrypt(before.encode())
    settings.FIELD_KEYS_BEFORE = []
    with pytest.raises(InvalidToken):
        encryption.opened(before)


def test_marks_ids_and_short_names_are_the_same_under_a_new_key_and_after_the_old_one_has_gone(settings):
    def marks() -> list[Any]:
        return [
            encryption.mark_of("x"),
            keyed_hashes.mark_of("passport", "A1"),
            subject_keys.key_of("phone", "+18765550100"),
            subjects.digest_question("SLTD", {"number": "A1"}),
            namespace.namespace(),
            namespace.page_key(),
            source_references.pseudonym("JAM", "JAM.customs", "x"),
        ]

    before = marks()
    old, _new = new_key(settings)
    assert marks() == before
    settings.MARK_KEY, settings.FIELD_KEYS_BEFORE = old, []
    assert marks() == before
    settings.MARK_KEY = ""
    assert not set(marks()) & set(before), "each of them is made under a key"


def everything_kept(cast: Any) -> dict[str, Any]:
    """A row of each kind with a text under FIELD_KEY; {key of the register: how its text is read}."""
    officer, user = cast["jam.customs.officer"], User.objects.get(username="jam.customs.officer")
    directory = proposed(cast, "https://login.gov.example/realm")
    handover = Handover.objects.create(
        user=user, party_id="JAM", what="code", sealed=encryption.sealed("half"), first_id=user.pk
    )
    change = AccountChange.objects.create(user=user, what="address", former=encryption.sealed("a@b.example"))
    factors = apps.get_model("mfa", "Authenticator").objects
    totp = factors.create(user=user, type="totp", data={"secret": encryption.sealed("SEED")})
    codes = factors.create(user=user, type="recovery_codes", data={"migrated_codes": [encryption.sealed("c1")]})
    hooks = apps.get_model("notices", "Webhook").objects
    hook = hooks.create(
        owner_id=officer.desk_id, originator_id="JAM", url="https://x.example", sealed=encryption.sealed("hook")
    )
    report = a_draft(cast, paragraphs=[paragraph(source_ref="Cousin Winston")])
    written = Paragraph.objects.get(report=report)

    def source() -> list[str]:
        with portal_context("command", desk=Report.objects.get(pk=report.pk).owner_id):
            row = SourceReference.objects.get(paragraph=written)
        return [source_references.opened(row.party_id, row.sealed)]

    def of(row: Any, read: Any) -> Any:
        def fresh() -> list[str]:
            row.refresh_from_db()
            return [encryption.opened(one) for one in read(row)]

        return fresh

    return {
        "entrance.directory": of(directory, lambda row: [row.sealed]),
        "people.handover": of(handover, lambda row: [row.sealed]),
        "entrance.accountchange": of(change, lambda row: [row.former]),
        "mfa.authenticator": lambda: (
            of(totp, lambda row: [row.data["secret"]])() + of(codes, lambda row: row.data["migrated_codes"])()
        ),
        "notices.webhook": of(hook, lambda row: [row.sealed]),
        "rifc.sourcereference": source,
    }


@pytest.mark.django_db
def test_the_command_writes_every_kind_anew_and_the_old_key_may_go(cast, settings):
    kept = everything_kept(cast)
    assert set(kept) == set(registry.offered("access.encrypted")), "make one here of what an app offers"
    before = {name: read() for name, read in kept.items()}
    old, _new = new_key(settings)
    said = rewritten()
    settings.MARK_KEY, settings.FIELD_KEYS_BEFORE = old, []
    assert {name: read() for name, read in kept.items()} == before
    assert all(f"{name}: 0 texts" not in said for name in kept)
    assert "1 written anew" not in rewritten(), "a second round finds nothing to do"


@pytest.mark.django_db
def test_a_text_under_none_of_the_keys_is_counted_and_left_as_it_is(cast, settings):
    directory = proposed(cast, "https://login.gov.example/realm")
    before = directory.sealed
    new_key(settings)
    settings.MARK_KEY, settings.FIELD_KEYS_BEFORE = settings.FIELD_KEYS_BEFORE[0], []
    with pytest.raises(CommandError, match="1 texts are under none of the keys"):
        rewritten()
    directory.refresh_from_db()
    assert directory.sealed == before


@pytest.mark.django_db
def test_another_key_of_marks_stops_the_start_once_a_key_was_changed(cast, settings):
    assert checks.marks_are_known_again() == []
    old, _new = new_key(settings)
    rewritten()
    assert checks.marks_are_known_again() == []
    settings.FIELD_KEYS_BEFORE = []
    assert [one.id for one in checks.marks_are_known_again()] == ["portal.E013"]
    with pytest.raises(CommandError, match="MARK_KEY"):
        rewritten()
    settings.MARK_KEY = old
    assert checks.marks_are_known_again() == []


def test_every_module_that_keeps_texts_under_the_key_belongs_to_an_app_that_offers_them():
    offering = {name.split(".")[0] for name in registry.offered("access.encrypted")} | {"entrance"}
    for path in (PROJECT / "apps").rglob("*.py"):
        name = str(path.relative_to(PROJECT))
        if name in SHORT_LIVED or path.parent.name == "access" or "migrations" in path.parts:
            continue
        called = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        imported = {
            alias.name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom) and node.module == "apps.access.encryption"
            for alias in node.names
        }
        keeps = "sealed" in imported or ("encryption" in path.read_text() and called & {"sealed_by"})
        assert not keeps or path.parts[-3] in offering or path.relative_to(PROJECT).parts[1] in offering, name


def test_what_is_offered_are_columns_that_there_are():
    for name, kept in registry.offered("access.encrypted").items():
        assert isinstance(kept, Kept)
        assert apps.get_model(kept.model)._meta.get_field(kept.column)
        assert kept.model.lower() == name
