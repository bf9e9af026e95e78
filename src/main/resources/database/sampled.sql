-- The columns of every table whose rows may be sampled, in the order of the tables and theirs. A column that is generated
-- is not among them. "key" says whether it tells the row by itself, others point at it, or it at others; that it is unique
-- says nothing of the kind. A type has a name only if PostgreSQL made it: another one may have the same and hold anything.
SELECT c.oid AS table_oid, format('%I.%I', n.nspname, c.relname) AS table_name, a.attname AS name,
  format_type(a.atttypid, a.atttypmod) AS type,
  CASE WHEN b.typnamespace = 'pg_catalog'::regnamespace OR b.typname = 'citext' THEN b.typname ELSE '' END AS base,
  b.typtype AS sort,
  CASE WHEN e.typnamespace = 'pg_catalog'::regnamespace OR e.typname = 'citext' THEN e.typname END AS element,
  a.attnotnull AND d.adbin IS NULL AND a.attidentity = '' AS needed,
  EXISTS (SELECT FROM pg_constraint k WHERE (k.contype IN ('p', 'f') AND k.conrelid = c.oid AND a.attnum = ANY (k.conkey))
    OR (k.contype = 'f' AND k.confrelid = c.oid AND a.attnum = ANY (k.confkey))) AS key,
  (SELECT array_position(k.conkey, a.attnum) FROM pg_constraint k WHERE k.contype = 'p' AND k.conrelid = c.oid) AS place
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  JOIN pg_type t ON t.oid = a.atttypid
  JOIN pg_type b ON b.oid = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
  LEFT JOIN pg_type e ON e.oid = b.typelem AND b.typcategory = 'A'
  LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_'
  AND n.nspname NOT IN ('information_schema', 'saywhen_keep')
  AND c.relname NOT IN ('databasechangelog', 'databasechangeloglock')
ORDER BY c.oid, a.attnum
