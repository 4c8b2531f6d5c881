"""Data protection in the demonstration: requests of persons, and a purpose that waits for its second person."""

import datetime

from django.utils import timezone

from apps.journeys.models import Traveller
from apps.protection import actions
from apps.protection.models import SubjectRequest
from demo.people import seated
from demo.scenes import Scene

OVERSIGHT, ADMIN, BORDER = "jam.oversight.officer", "jam.administration.administrator", "jam.border.officer"


def load() -> int:
    """Make what is not there yet; the number of requests."""
    if SubjectRequest.objects.exists():
        return SubjectRequest.objects.count()
    today = timezone.now().date()
    officer, border = seated(OVERSIGHT), seated(BORDER)
    rows = Traveller.objects.visible_to(border).filter(withdrawn_at=None, masked_at=None).exclude(birth_date="")
    people = list(rows.exclude(surname="").order_by("-pk")[:2])
    for one in people:
        request = _record(one.surname, one.given_names, one.birth_date, today - datetime.timedelta(days=12))
        for who in (border, officer):
            request = actions.gather_subject_data(who, request)
        actions.prepare_subject_answer(officer, request, outcome="given", note="")
    done = SubjectRequest.objects.order_by("pk").first()
    if done is not None:
        actions.release_subject_answer(seated(ADMIN), done)
    _record("ABERNETHY", "Clarice", "1984-05-17", today - datetime.timedelta(days=3), right="correction")
    actions.propose_purpose_change(
        officer,
        None,
        code="visa-waiver",
        name="Checks of visitors who need no visa",
        legal_basis="Immigration Act, draft of the regulations",
        categories="Visitors: declared names, documents, journeys",
        recipients="Jamaica's border desk",
        retention="90 days after the journey",
        valid_from=today + datetime.timedelta(days=30),
        source="Note of the ministry, 3/2026",
    )
    return SubjectRequest.objects.count()


def _record(surname: str, given: str, born: str, received_on: datetime.date, right: str = "access") -> SubjectRequest:
    made: SubjectRequest = actions.record_subject_request(
        seated(OVERSIGHT),
        None,
        right=right,
        surname=surname,
        given_names=given,
        birth_date=datetime.date.fromisoformat(born),
        document="",
        asked_by="The person, by letter",
        identity="certified",
        ground="Data protection law, right of access",
        received_on=received_on,
    )
    return made


SCENES = [Scene("requests of persons", load)]
