-- Every table that holds rows, one row for each: its columns, the file of its rows, and what this transaction did to them.
-- Read with an empty search_path.
WITH RECURSIVE held AS (
  SELECT c.oid, format('%I.%I', n.nspname, c.relname) AS name, c.relfilenode AS file
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE (c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'saywhen_watch'))
    OR c.oid = 'pg_catalog.pg_largeobject'::regclass -- a trigger may take them with the rows that refer to them
), kept AS (
  SELECT a.* FROM held h JOIN pg_attribute a ON a.attrelid = h.oid
  WHERE a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
), made (holder, type) AS ( -- which types its values are made of; what PostgreSQL brought itself stays as it is
  SELECT attrelid, atttypid FROM kept WHERE atttypid >= 16384
  UNION
  SELECT m.holder, inner_type.oid FROM made m JOIN pg_type t ON t.oid = m.type, LATERAL (
    SELECT unnest(ARRAY[t.typelem, t.typbasetype]) AS oid
    UNION ALL SELECT r.rngsubtype FROM pg_range r WHERE t.oid IN (r.rngtypid, r.rngmultitypid)
    UNION ALL SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
  ) inner_type WHERE inner_type.oid >= 16384
), columns AS (
  SELECT attrelid AS holder, array_agg(attnum::text ORDER BY attnum) AS numbers,
    array_agg(quote_ident(attname) ORDER BY attnum) AS names
  FROM kept GROUP BY attrelid
), attributes AS (
  SELECT m.holder, array_agg(DISTINCT a.attrelid || '.' || a.attnum) AS numbers
  FROM made m JOIN pg_type t ON t.oid = m.type JOIN pg_attribute a ON a.attrelid = t.typrelid
  WHERE a.attnum > 0 AND NOT a.attisdropped GROUP BY m.holder
), opened AS (
  SELECT DISTINCT relation FROM pg_locks
  WHERE pid = pg_backend_pid() AND locktype = 'relation' AND mode = 'RowExclusiveLock'
)
SELECT h.oid, h.name, h.file,
  pg_stat_get_xact_tuples_inserted(h.oid) AS added,
  pg_stat_get_xact_tuples_updated(h.oid) AS changed,
  pg_stat_get_xact_tuples_deleted(h.oid) AS deleted,
  o.relation IS NOT NULL AS opened,
  coalesce(c.numbers, '{}') AS numbers, coalesce(c.names, '{}') AS columns, coalesce(a.numbers, '{}') AS attributes
FROM held h LEFT JOIN columns c ON c.holder = h.oid LEFT JOIN attributes a ON a.holder = h.oid
  LEFT JOIN opened o ON o.relation = h.oid
ORDER BY h.name
