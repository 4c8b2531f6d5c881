"""Reports that speak of persons and things, and what is recorded of them."""

from typing import Any

from apps.entities.actions import statements
from apps.entities.models import Entity
from apps.rifc.models import Paragraph, Report
from tests.rifc.people import AUTHOR, HEAD, paragraph, shared
from tests.worlds import world

BRB, BRB_HEAD, JAM, TTO, GUY, RIFC = (
    AUTHOR,
    HEAD,
    "jam.contact.officer",
    "tto.contact.officer",
    "guy.contact.officer",
    "rifc.watch.officer",
)
TTO_AUTHOR, TTO_HEAD = "tto.customs.officer", "tto.customs.head"
TEXT = "Marlon Testcase met the fishing vessel Blue Demo (IMO 9074729) at Demo Bay; he uses +1 246 555 0101."


def of(report: Report, order: int = 1) -> dict[str, Any]:
    """How a statement names a paragraph."""
    row = Paragraph.objects.get(report=report, order=order)
    return {"report": report.thread, "paragraph": row.pid}


@world
def a_report(cast: Any, *to: str, text: str = TEXT, **more: Any) -> Report:
    """A shared report of Barbados with one paragraph."""
    return shared(cast, *to, paragraphs=[paragraph(text, **more.pop("para", {}))], **more)


def theirs(cast: Any, *to: str, text: str = TEXT, **more: Any) -> Report:
    """A shared report of Trinidad's customs."""
    return a_report(cast, *to, text=text, author=TTO_AUTHOR, head=TTO_HEAD, **more)


def a_person(cast: Any, report: Report, name: str = "Marlon Testcase", who: str = BRB, **more: Any) -> Entity:
    return statements.create_entity(cast[who], None, type="person", field="name", value=name, **of(report), **more)


def a_thing(cast: Any, report: Report, kind: str, field: str, value: str, who: str = BRB) -> Entity:
    return statements.create_entity(cast[who], None, type=kind, field=field, value=value, **of(report))


def record(cast: Any, entity: Entity, report: Report, field: str, value: str, who: str = BRB, **more: Any) -> Entity:
    return statements.record_entity_fact(cast[who], entity, field=field, value=value, **of(report), **more)


def link(cast: Any, a: Entity, b: Entity, report: Report, kind: str = "uses", who: str = BRB, **more: Any) -> Entity:
    return statements.link_entities(cast[who], a, to=b.pk, type=kind, **of(report), **more)
