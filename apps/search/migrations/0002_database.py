"""Functions of PostgreSQL that read texts as people write them; the same for what is kept and asked."""

from django.db import migrations

# A reference without zeros and signs, and all its endings of two parts and more: "IR 2026 BRB 142", "2026 BRB 142".
NUMBER = """
CREATE FUNCTION public.search_number(said text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
  SELECT string_agg(CASE WHEN part[1] ~ '^[0-9]+$' THEN coalesce(nullif(ltrim(part[1], '0'), ''), '0')
                         ELSE part[1] END, ' ' ORDER BY place)
  FROM regexp_matches(upper(said), '[A-Z]+|[0-9]+', 'g') WITH ORDINALITY AS parts(part, place)
$body$;
CREATE FUNCTION public.search_numbers(said text, before text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
  SELECT coalesce(array_agg(before || '#' || array_to_string(parts[first:], ' ')), '{}')
  FROM (SELECT string_to_array(public.search_number(said), ' ') AS parts) AS split,
       generate_series(1, cardinality(parts) - 1) AS first
$body$;
"""
# Telephone numbers (also without the country's 1 and without the area), plates, IMO and document numbers.
IDENTIFIERS = r"""
CREATE FUNCTION public.search_identifiers(said text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
  WITH called AS (
    SELECT regexp_replace(found[1], '[^0-9]', '', 'g') AS digits
    FROM regexp_matches(said, '(?<![[:alnum:]])(\+?[0-9][0-9 ().-]{5,20}[0-9])(?![[:alnum:]])', 'g') AS found
  ), dialled AS (
    SELECT CASE WHEN length(digits) = 11 AND left(digits, 1) = '1' THEN right(digits, 10) ELSE digits END AS digits
    FROM called WHERE length(digits) >= 7
  ), marked AS (
    SELECT regexp_replace(found[1], '[ -]', '', 'g') AS mark
    FROM regexp_matches(upper(said),
      '(?<![A-Z0-9])([A-Z]{1,4}[ -]?[0-9]{2,9}[A-Z]{0,2}|[0-9]{1,5}[ -]?[A-Z]{1,3})(?![A-Z0-9])', 'g') AS found
  )
  SELECT coalesce(array_agg(DISTINCT '=' || one), '{}') FROM (
    SELECT digits AS one FROM dialled
    UNION ALL SELECT right(digits, 7) FROM dialled WHERE length(digits) = 10
    UNION ALL SELECT mark FROM marked
  ) AS every
$body$;
"""
# How the words with a capital sound (double metaphone): Mohamed, Muhammad and Mohammed are one.
SOUNDS = """
CREATE FUNCTION public.search_sounds(said text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
  SELECT coalesce(array_agg(DISTINCT '~' || code), '{}')
  FROM (SELECT DISTINCT lower(translate(found[1], 'ÁÀÂÄÃÉÈÊËÍÌÎÏÓÒÔÖÕÚÙÛÜÑÇáàâäãéèêëíìîïóòôöõúùûüñç',
                                                  'AAAAAEEEEIIIIOOOOOUUUUNCaaaaaeeeeiiiiooooouuuunc')) AS word
        FROM regexp_matches(said, '[[:upper:]][[:alpha:]]{2,}', 'g') AS found) AS words,
       LATERAL (VALUES (public.dmetaphone(word)), (public.dmetaphone_alt(word))) AS codes(code)
  WHERE code <> ''
$body$;
"""
MAKE = NUMBER + IDENTIFIERS + SOUNDS
DROP = """
DROP FUNCTION public.search_sounds(text);
DROP FUNCTION public.search_identifiers(text);
DROP FUNCTION public.search_numbers(text, text);
DROP FUNCTION public.search_number(text);
"""
# what was asked is never changed or removed; an action writes the state of a new row once more
ASKED = """
REVOKE UPDATE, DELETE, TRUNCATE ON search_asked FROM portal_app;
GRANT UPDATE (state) ON search_asked TO portal_app;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [
        migrations.RunSQL(MAKE, DROP),
        migrations.RunSQL(ASKED, "GRANT UPDATE, DELETE ON search_asked TO portal_app;"),
    ]
