"""Who has read a report, for its originator: also that somebody was sent there by another party."""

import pytest
from django.urls import reverse

from tests.people.seconding import browser_at, sent_to
from tests.rifc.people import HEAD, shared

pytestmark = pytest.mark.django_db


def test_the_read_log_says_who_sent_the_reader(cast, client_for):
    row = shared(cast, "JAM.contact")
    seat = sent_to(cast, "lca.contact.officer", "JAM.contact", "officer")
    place = reverse("rifc:report", args=[row.thread])
    assert browser_at(client_for, seat).get(place).status_code == 200
    client_for("jam.contact.officer").get(place)
    page = client_for(HEAD).get(place).content.decode()
    log = page.partition('id="rl-h"')[2].partition("</section>")[0]
    assert log.count("JAM.contact") == 2
    assert log.count(seat.user.full_name) == log.count("Seconded from LCA")
