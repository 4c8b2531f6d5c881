"""Stored search keys follow the matcher: after a change of it they are rewritten."""

import pytest
from django.core.management import call_command

from apps.access.outbox import drain
from apps.entities.models import Assertion
from apps.journeys.models import Traveller
from apps.screening.models import EntryKey
from apps.travellers.loaders import reference
from tests.entities.world import some_things
from tests.jrcc.people import AGENT, QUILL, RAM, list_entry, send
from tests.rifc.world import some_reports

pytestmark = pytest.mark.django_db


def stored():
    """All keys, as the matcher wrote them at first."""
    return (
        set(EntryKey.objects.values_list("entry_id", "key")),
        {one.pk: sorted(one.keys) for one in Traveller.objects.all()},
        {one.pk: sorted(one.keys) for one in Assertion.objects.all()},
    )


def test_keys_of_an_older_matcher_are_rewritten_as_this_one_writes_them(cast):
    reference.load_travellers_reference()
    some_reports(cast)
    some_things(cast)
    list_entry(cast["jam.intelligence.officer"])
    send(cast[AGENT], RAM, QUILL)
    drain()
    written = stored()
    assert all(written)
    EntryKey.objects.rewrite({entry: ["old"] for entry, _key in written[0]})
    Traveller.objects.update(keys=["old"])
    Assertion.objects.exclude(keys=[]).update(keys=["old"])
    assert stored() != written
    call_command("rewrite_keys", verbosity=0)
    assert stored() == written
