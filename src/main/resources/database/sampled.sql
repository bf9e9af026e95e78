-- The columns of every table whose rows may be sampled, in the order of the tables and theirs. A column that is generated
-- is not among them. "key" says whether others may point at it, or it at others.
SELECT c.oid AS table_oid, format('%I.%I', n.nspname, c.relname) AS table_name, a.attname AS name,
  format_type(a.atttypid, a.atttypmod) AS type, b.typname AS base, b.typtype AS sort,
  e.typname AS element, a.attnotnull AND d.adbin IS NULL AND a.attidentity = '' AS needed,
  EXISTS (SELECT FROM pg_constraint k WHERE (k.contype IN ('p', 'u', 'f') AND k.conrelid = c.oid AND a.attnum = ANY (k.conkey))) AS key,
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
