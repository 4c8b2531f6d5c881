"""Rows of one desk alone, rows that are never changed, and what search knows of a report."""

from django.db import migrations

# a source's reference is read and written by its own desk's transactions alone, whatever the program asks for
SOURCES = """
    ALTER TABLE rifc_sourcereference ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own_desk ON rifc_sourcereference
        USING (desk_id = NULLIF(current_setting('app.desk', true), '')::bigint)
        WITH CHECK (desk_id = NULLIF(current_setting('app.desk', true), '')::bigint);
"""
# a reading is never changed or removed; an action writes the state of a new row once more
READINGS = """
    REVOKE UPDATE, DELETE, TRUNCATE ON rifc_readlog FROM portal_app;
    GRANT UPDATE (state) ON rifc_readlog TO portal_app;
"""

# one statement writes what search knows of versions; what was taken back is its own desk's alone in the same moment
INDEX = """
CREATE FUNCTION public.rifc_index(reports uuid[]) RETURNS void LANGUAGE sql AS $body$
  INSERT INTO public.rifc_reporttext (report_id, text, keys)
  SELECT r.id,
    setweight(to_tsvector('pg_catalog.english', r.title), 'A')
      || setweight(to_tsvector('pg_catalog.english', r.words || ' ' || r.event_place), 'B'),
    CASE WHEN r.recalled_at IS NOT NULL OR r.state = 'withdrawn' THEN ARRAY['d' || r.owner_id] ELSE
      ARRAY['d' || r.owner_id]
      || CASE WHEN r.shared_at IS NOT NULL THEN ARRAY['p' || r.originator_id] ELSE '{}' END
      || CASE WHEN r.shared_at IS NOT NULL AND r.tlp IN ('GREEN', 'CLEAR') AND NOT r.orcon THEN ARRAY['*'] ELSE '{}' END
      || ARRAY(SELECT DISTINCT 'd' || g.group_id FROM public.rifc_sharedreportdeskgrant AS g
               WHERE g.content_object_id = r.id)
      || ARRAY(SELECT 'u' || n.user_id FROM public.rifc_namedperson AS n WHERE n.report_id = r.id)
      || public.search_numbers(r.number, '')
      || public.search_numbers(r.register_number, 'p' || r.originator_id)
      || public.search_identifiers(r.title || E'\\n' || r.words)
      || public.search_sounds(r.title || E'\\n' || r.words)
    END
  FROM public.rifc_report AS r JOIN unnest(reports) AS wanted(id) ON wanted.id = r.id
  ON CONFLICT (report_id) DO UPDATE SET text = EXCLUDED.text, keys = EXCLUDED.keys;
$body$;

CREATE FUNCTION public.rifc_index_report() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM public.rifc_index(ARRAY[NEW.id]);
  RETURN NULL;
END $body$;
CREATE TRIGGER index_new AFTER INSERT ON public.rifc_report
  FOR EACH ROW EXECUTE FUNCTION public.rifc_index_report();
CREATE TRIGGER index_changed AFTER UPDATE ON public.rifc_report FOR EACH ROW
  WHEN ((OLD.title, OLD.words, OLD.event_place, OLD.number, OLD.register_number, OLD.tlp, OLD.orcon, OLD.state,
         OLD.shared_at, OLD.recalled_at)
    IS DISTINCT FROM (NEW.title, NEW.words, NEW.event_place, NEW.number, NEW.register_number, NEW.tlp, NEW.orcon,
         NEW.state, NEW.shared_at, NEW.recalled_at))
  EXECUTE FUNCTION public.rifc_index_report();

CREATE FUNCTION public.rifc_index_granted() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM public.rifc_index(ARRAY(SELECT DISTINCT content_object_id FROM made));
  RETURN NULL;
END $body$;
CREATE TRIGGER index_granted AFTER INSERT ON public.rifc_sharedreportdeskgrant
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.rifc_index_granted();

CREATE FUNCTION public.rifc_index_named() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM public.rifc_index(ARRAY(SELECT DISTINCT report_id FROM made));
  RETURN NULL;
END $body$;
CREATE TRIGGER index_named AFTER INSERT ON public.rifc_namedperson
  REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.rifc_index_named();
"""
NO_INDEX = """
DROP TRIGGER index_named ON public.rifc_namedperson;
DROP TRIGGER index_granted ON public.rifc_sharedreportdeskgrant;
DROP TRIGGER index_changed ON public.rifc_report;
DROP TRIGGER index_new ON public.rifc_report;
DROP FUNCTION public.rifc_index_named();
DROP FUNCTION public.rifc_index_granted();
DROP FUNCTION public.rifc_index_report();
DROP FUNCTION public.rifc_index(uuid[]);
"""

# row security keeps references of sources to their desk; those of drafts that were thrown away go without it
FORGET = """
CREATE FUNCTION public.rifc_forget_sources(given uuid) RETURNS void LANGUAGE sql SECURITY DEFINER
  SET search_path = pg_catalog AS $body$
  DELETE FROM public.rifc_sourcereference AS s USING public.rifc_paragraph AS p, public.rifc_report AS r
  WHERE s.paragraph_id = p.id AND p.report_id = r.id AND r.id = given
    AND r.state = 'withdrawn' AND r.shared_at IS NULL AND r.changed_at < now() - interval '30 days'
$body$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("rifc", "0001_initial"),
        ("search", "0002_database"),
    ]
    operations = [
        migrations.RunSQL(
            SOURCES,
            "DROP POLICY own_desk ON rifc_sourcereference; ALTER TABLE rifc_sourcereference DISABLE ROW LEVEL SECURITY;",
        ),
        migrations.RunSQL(READINGS, "GRANT UPDATE, DELETE ON rifc_readlog TO portal_app;"),
        migrations.RunSQL(INDEX, NO_INDEX),
        migrations.RunSQL(FORGET, "DROP FUNCTION public.rifc_forget_sources(uuid);"),
    ]
