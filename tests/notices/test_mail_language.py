"""In which language a mail is written: the one its reader chose on a page, else that of their party."""

from typing import Any

import pytest
from django.core import mail

from apps.people.models import Party
from tests.notices.telling import DECIDER, NUMBER, READER, told

pytestmark = pytest.mark.django_db
SAYS = {
    "fr": ("Destinataire\N{NO-BREAK SPACE}: Barbade, Ministère", "12 fév 2008"),
    "nl": ("Voor Barbados, Ministerie", "12 feb 2008"),
    "es": ("Para Barbados, Ministerio", "12 feb 2008"),
    "en-gb": ("For Barbados, Ministry", "12 Feb 2008"),
}


@pytest.mark.parametrize("language", SAYS)
def test_a_mail_is_in_the_language_that_its_reader_chose(cast: Any, drain: Any, client_for: Any, language: str) -> None:
    client_for(READER).post("/language/", {"language": language})
    told()
    drain()
    words = {message.to[0].partition("@")[0]: message.subject + message.body for message in mail.outbox}
    assert [said for said in SAYS[language] if said not in words[READER]] == []
    assert [said for said in SAYS["en-gb"] if said not in words[DECIDER]] == []
    assert NUMBER in words[READER]


def test_who_chose_no_language_is_written_to_in_that_of_their_party(cast: Any, drain: Any) -> None:
    Party.objects.filter(code="BRB").update(languages=["ht", "nl"])
    told()
    drain()
    assert {"Voor Barbados" in message.body for message in mail.outbox} == {True}
