"""Shared reports in quantity, by SQL: two hundred thousand, of which a desk sees about thirty thousand."""

from typing import Any

import psycopg
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils import timezone

from apps.access.managers import permission_id
from apps.people.models import Desk, User
from apps.rifc import policy
from apps.rifc.models import Paragraph, Receipt, Report, SharedReportDeskGrant

KNOWN = [
    *("vessel", "firearm", "cocaine", "harbour", "passport", "container", "pistol", "shipment", "airport", "fuel"),
    *("cannabis", "cash", "courier", "fishing", "ferry", "smuggler", "warehouse", "telephone", "vehicle", "gang"),
]
SYLLABLES = [a + b for a in "bdgklmnprtvz" for b in "aou"]
VOCABULARY = 5000
RARE, RARE_EACH = "quillotarva", 2003
PLACES = ["Demo Bay", "Port Royal Cay", "Kingfisher Point", "Mangrove Inlet"]
CATEGORIES = ["drugs", "firearms", "trafficking_persons", "cyber", "terrorism"]
RECIPIENTS = 8
COUNTED = (
    "rifc_report",
    "rifc_paragraph",
    "rifc_receipt",
    "rifc_sharedreportdeskgrant",
    "rifc_reporttext",
    "entities_assertion",
)

CENTRE = "00000000-0000-4000-8000-000000000001"
"""The entity of which most is known."""
FACTS_EACH, CENTRE_EACH = 10, 600
ENTITIES = f"""-- a person for every tenth report, and one whom several hundred name, with links and sightings
    CREATE TABLE bench_said AS SELECT row_number() OVER (ORDER BY r.id) AS n, gen_random_uuid() AS entity,
        r.id AS thread, p.pid, encode(sha256(convert_to(p.text, 'UTF8')), 'hex') AS words,
        r.originator_id AS party, r.owner_id AS desk
      FROM rifc_report AS r JOIN rifc_paragraph AS p ON p.report_id = r.id AND p.order = 1;
    DELETE FROM bench_said WHERE n % {FACTS_EACH} <> 0;
    INSERT INTO entities_entity (id, type, party_id, state)
      SELECT entity, 'person', party, 'live' FROM bench_said
      UNION ALL SELECT '{CENTRE}', 'person', min(party), 'live' FROM bench_said;
    INSERT INTO entities_assertion (id, thread, pid, words, originator_id, report_desk_id, desk_id, party_id,
        by_seat_id, recorded_at, reason, state, entity_id, field, value, normal, mark, keys)
      SELECT uuidv7(), thread, pid, words, party, desk, desk, party, 1, now(), '', 'current', entity, 'name',
        'Person ' || n, 'person ' || n, '', '{{}}'::varchar[] FROM bench_said
      UNION ALL SELECT uuidv7(), thread, pid, words, party, desk, desk, party, 1, now(), '', 'current', '{CENTRE}',
        'alias', 'Pelican ' || n, 'pelican ' || n, '', '{{}}'::varchar[] FROM bench_said WHERE n % {CENTRE_EACH} = 0;
    INSERT INTO entities_link (id, type, from_entity_id, to_entity_id)
      SELECT gen_random_uuid(), 'associate_of', '{CENTRE}', entity FROM bench_said WHERE n % {2 * CENTRE_EACH} = 0;
    INSERT INTO entities_linkevidence (id, thread, pid, words, originator_id, report_desk_id, desk_id, party_id,
        by_seat_id, recorded_at, reason, state, link_id)
      SELECT uuidv7(), thread, pid, words, party, desk, desk, party, 1, now(), '', 'current', l.id
      FROM bench_said AS s JOIN entities_link AS l ON l.to_entity_id = s.entity;
    INSERT INTO entities_sighting (id, thread, pid, words, originator_id, report_desk_id, desk_id, party_id,
        by_seat_id, recorded_at, reason, state, entity_id, at, precision, place, uncertainty_m, count)
      SELECT uuidv7(), thread, pid, words, party, desk, desk, party, 1, now(), '', 'current', '{CENTRE}', now(), 'day',
        'Demo Bay', 0, 1 FROM bench_said WHERE n % {2 * CENTRE_EACH} = 0;
"""  # noqa: S608  (constants)


def vocabulary() -> list[str]:
    """Words from the most to the least frequent: the known ones, then made-up ones of four syllables."""
    made = []
    for number in range(VOCABULARY - len(KNOWN)):
        rest, word = number, ""
        for _place in range(4):
            rest, part = divmod(rest, len(SYLLABLES))
            word += SYLLABLES[(part * 7 + 5) % len(SYLLABLES)]
        made.append(word)
    return [*KNOWN, *made]


def build(reports: int) -> dict[str, int]:
    """Fill the scratch database; counts by table. Triggers are off meanwhile, the index is written at the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        name = cursor.fetchone()[0]
    with psycopg.connect(settings.DATABASE_OWNER_URL, dbname=name, autocommit=True) as owner:
        for table in COUNTED[:4]:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")  # type: ignore[arg-type]
        owner.execute("SELECT setseed(0.2008)")
        _prepare(owner)
        owner.execute(_insert(Report, _report(), "numbered"), [reports])  # type: ignore[arg-type]
        owner.execute(_insert(Paragraph, _paragraph(), "split"))  # type: ignore[arg-type]
        owner.execute(_insert(SharedReportDeskGrant, _grant(), "going"))  # type: ignore[arg-type]
        owner.execute(_insert(Receipt, _receipt(), "sent"))  # type: ignore[arg-type]
        owner.execute("ANALYZE")
        # built at once: row by row a GIN index takes many times as long
        owner.execute("DROP INDEX reports_by_text")
        owner.execute("SELECT rifc_index(ARRAY(SELECT id FROM rifc_report))")
        owner.execute("CREATE INDEX reports_by_text ON rifc_reporttext USING gin (text, keys) WITH (fastupdate = off)")
        for table in COUNTED[:4]:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")  # type: ignore[arg-type]
        owner.execute(ENTITIES)
        return {table: owner.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COUNTED}  # type: ignore  # noqa: S608


def _prepare(owner: Any) -> None:
    desks = list(
        Desk.objects.filter(active=True, function_id__in=policy.CISNET).order_by("pk").values_list("pk", "party_id")
    )
    owner.execute("CREATE TABLE bench_desks (place int PRIMARY KEY, desk bigint, party text)")
    owner.execute("CREATE TABLE bench_words (place int PRIMARY KEY, word text)")
    with owner.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_desks VALUES (%s, %s, %s)", [(n, *row) for n, row in enumerate(desks)])
        cursor.executemany("INSERT INTO bench_words VALUES (%s, %s)", list(enumerate(vocabulary())))
    author = User.objects.get(username="brb.intelligence.officer").pk
    sources = f"""-- made-up words, reports, and to whom they go
    CREATE FUNCTION bench_text(n int, words int) RETURNS text LANGUAGE sql VOLATILE AS $f$
      SELECT string_agg(w.word, ' ') FROM (SELECT floor(power(random(), 3) * {VOCABULARY})::int AS at
        FROM generate_series(1, words) AS each WHERE n IS NOT NULL) AS chosen JOIN bench_words AS w ON w.place = at
    $f$;
    CREATE FUNCTION bench_numbered(most int) RETURNS TABLE (n int, id uuid, at timestamptz, desk bigint, party text,
      chance float8, marking float8, author bigint, said text) LANGUAGE sql VOLATILE AS $f$
      SELECT n, uuidv7(make_interval(mins => n - most)), now() + make_interval(mins => n - most), d.desk, d.party,
        random(), random(), {author}::bigint, bench_text(n, 60)
      FROM generate_series(1, most) AS n JOIN bench_desks AS d ON d.place = (n * 7919) % {len(desks)}
    $f$;
    CREATE VIEW bench_split AS SELECT r.id, k.n, r.level,
        CASE k.n WHEN 1 THEN left(r.words, 240) ELSE substr(r.words, 241) END AS said
      FROM rifc_report AS r CROSS JOIN (VALUES (1), (2)) AS k(n);
    CREATE VIEW bench_going AS SELECT r.id, r.shared_at, d.desk, r.owner_id, r.tlp FROM (
        SELECT id, shared_at, owner_id, tlp, floor(random() * {len(desks)})::int AS first,
          1 + floor(random() * 11)::int AS step
        FROM rifc_report OFFSET 0) AS r
      CROSS JOIN generate_series(0, {RECIPIENTS}) AS k
      JOIN bench_desks AS d ON d.place = CASE WHEN k = 0 THEN (SELECT place FROM bench_desks WHERE desk = r.owner_id)
                                              ELSE (r.first + k * r.step) % {len(desks)} END
      WHERE k = 0 OR (d.desk <> r.owner_id AND r.tlp <> 'RED');
    CREATE VIEW bench_sent AS SELECT g.content_object_id AS id, g.group_id AS desk, g.at
      FROM rifc_sharedreportdeskgrant AS g JOIN rifc_report AS r ON r.id = g.content_object_id
      WHERE g.group_id <> r.owner_id;
    """  # noqa: S608  (constants)
    owner.execute(sources)


def _insert(model: Any, given: dict[str, str], source: str) -> str:
    """INSERT of a model's rows from a source; columns that are not given get what Django would write."""
    columns = {field.column: given.get(field.attname, _plain(field)) for field in model._meta.concrete_fields}
    columns = {name: said for name, said in columns.items() if said}
    taken = {"numbered": "bench_numbered(%s)"}.get(source, f"bench_{source}")
    return (
        f"INSERT INTO {model._meta.db_table} ({', '.join(map(_quoted, columns))})"  # noqa: S608  (constant names)
        f" SELECT {', '.join(columns.values())} FROM {taken} AS s ON CONFLICT DO NOTHING"
    )


def _quoted(name: str) -> str:
    return f'"{name}"'


def _plain(field: Any) -> str:
    if field.null:
        return "NULL"
    if isinstance(field, models.AutoField | models.BigAutoField):
        return ""
    if isinstance(field, ArrayField):
        return "'{}'"
    if isinstance(field, models.BooleanField):
        return "false"
    if isinstance(field, models.IntegerField):
        return str(field.get_default() or 0)
    if isinstance(field, models.DateTimeField):
        return f"'{timezone.now().isoformat()}'"
    return "''" if not field.has_default() else f"'{field.get_default()}'"


def _report() -> dict[str, str]:
    return {
        "id": "s.id",
        "thread": "s.id",
        "owner_id": "s.desk",
        "originator_id": "s.party",
        "author_id": "s.author",
        "level": "(CASE WHEN s.marking < 0.3 THEN 0 WHEN s.marking < 0.9 THEN 1 ELSE 2 END)",
        "kind": "(ARRAY['information_report','intelligence_report','product'])[1 + s.n %% 3]",
        "title": "left(s.said, 50)",
        "words": f"s.said || CASE WHEN s.n %% {RARE_EACH} = 1 THEN ' {RARE}' ELSE '' END"
        " || ' Call +1 868 ' || (1000000 + s.n)",
        "tlp": "CASE WHEN s.chance < 0.05 THEN 'GREEN' WHEN s.chance < 0.06 THEN 'CLEAR'"
        " WHEN s.chance < 0.26 THEN 'AMBER+STRICT' WHEN s.chance < 0.29 THEN 'RED' ELSE 'AMBER' END",
        "threat_categories": f"ARRAY[(ARRAY{CATEGORIES})[1 + s.n %% {len(CATEGORIES)}]]",
        "event_place": f"(ARRAY{PLACES})[1 + s.n %% {len(PLACES)}]",
        "number": "'RIFC/IR/2026/' || s.party || '/' || lpad(s.n::text, 6, '0')",
        "register_number": "'RIFC/IR/2026/' || s.party || '/' || lpad(s.n::text, 6, '0')",
        "shared_at": "s.at",
        "created_at": "s.at",
        "changed_at": "s.at",
        "state": "'shared'",
    }


def _paragraph() -> dict[str, str]:
    return {
        "id": "uuidv7()",
        "pid": "uuidv7()",
        "report_id": "s.id",
        "order": "s.n",
        "text": "s.said",
        "portion": "s.level",
    }


def _grant() -> dict[str, str]:
    view = permission_id(Report, "view")
    return {
        "content_object_id": "s.id", "group_id": "s.desk", "permission_id": str(view), "at": "s.shared_at",
        "until": "'9999-12-31'",
    }  # fmt: skip


def _receipt() -> dict[str, str]:
    return {
        "id": "uuidv7()", "report_id": "s.id", "desk_id": "s.desk", "added_at": "s.at", "delivered_at": "s.at",
        "basis": "'originator'", "added_by_seat_id": "1", "state": "'delivered'",
    }  # fmt: skip
