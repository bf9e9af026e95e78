-- Everything that a change set may change in a schema, one row for each thing: kind, name, and what it is.
-- Read with an empty search_path, so that every name is written in full.
WITH space AS (
  SELECT n.* FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'saywhen_watch')
), extended AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
  SELECT c.*, format('%I.%I', s.nspname, c.relname) AS name
  FROM pg_class c JOIN space s ON s.oid = c.relnamespace
  WHERE c.relname NOT IN ('databasechangelog', 'databasechangeloglock',
                          'databasechangelog_pkey', 'databasechangeloglock_pkey')
    AND NOT EXISTS (SELECT FROM extended e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
), facts AS (
  SELECT 'extension' AS kind, format('%I', e.extname) AS name, concat_ws(' ', e.extversion, n.nspname) AS fact
  FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE n.nspname !~ '^pg_'
  UNION ALL
  SELECT 'schema', format('%I', s.nspname), concat_ws(' ', pg_get_userbyid(s.nspowner),
    (SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(coalesce(s.nspacl, acldefault('n', s.nspowner))) a))
  FROM space s
  UNION ALL
  SELECT CASE r.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
           WHEN 'f' THEN 'foreign table' ELSE 'table' END, r.name,
    concat_ws(' ', r.relkind, r.relpersistence, r.reloptions::text,
      'row security ' || r.relrowsecurity || r.relforcerowsecurity, 'identity ' || r.relreplident::text,
      pg_get_userbyid(r.relowner),
      (SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(coalesce(r.relacl,
         acldefault(CASE WHEN r.relkind = 'S' THEN 's' ELSE 'r' END::"char", r.relowner))) a),
      CASE WHEN r.relkind = 'p' THEN pg_get_partkeydef(r.oid) END,
      pg_get_expr(r.relpartbound, r.oid),
      (SELECT 'of ' || string_agg(i.inhparent::regclass::text, ',' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = r.oid),
      CASE WHEN r.relkind IN ('v', 'm') THEN pg_get_viewdef(r.oid) END,
      CASE WHEN r.relkind = 'm' THEN 'populated ' || r.relispopulated END,
      (SELECT concat_ws(' ', format_type(q.seqtypid, NULL), q.seqstart, q.seqincrement, q.seqmax, q.seqmin, q.seqcache, q.seqcycle)
         FROM pg_sequence q WHERE q.seqrelid = r.oid),
      (SELECT 'owned by ' || d.refobjid::regclass || ' ' || d.refobjsubid::text || ' ' || d.deptype::text
         FROM pg_depend d WHERE r.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = r.oid
          AND d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid < 0))
  FROM relation r WHERE r.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
  UNION ALL
  SELECT 'sequence owner', r.name, r2.oid::regclass || '.' || quote_ident(a.attname) || ' ' || d.deptype::text
  FROM relation r JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype IN ('a', 'i')
    JOIN pg_class r2 ON r2.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
  WHERE r.relkind = 'S' AND d.refclassid = 'pg_class'::regclass
  UNION ALL
  SELECT 'column', r.name || '.' || quote_ident(a.attname),
    concat_ws(' ', format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN 'not null' END,
      CASE WHEN a.attcollation <> t.typcollation THEN 'collate ' || a.attcollation::regcollation END,
      CASE WHEN d.adbin IS NOT NULL THEN CASE a.attgenerated WHEN '' THEN 'default ' ELSE 'generated ' || a.attgenerated::text || ' ' END
        || pg_get_expr(d.adbin, d.adrelid) END,
      CASE WHEN a.attidentity <> '' THEN 'identity ' || a.attidentity::text END,
      'storage ' || a.attstorage::text, nullif(a.attcompression::text, ''), a.attoptions::text,
      CASE WHEN a.attstattarget >= 0 THEN 'statistics ' || a.attstattarget END,
      (SELECT string_agg(x::text, ',' ORDER BY x::text COLLATE "C") FROM unnest(a.attacl) x))
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f', 'c')
  UNION ALL
  SELECT 'order', r.name, string_agg(quote_ident(a.attname), ',' ORDER BY a.attnum)
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE r.relkind IN ('r', 'p') GROUP BY r.name
  UNION ALL
  SELECT 'constraint', coalesce(r.name, format('%I.%I', ts.nspname, ty.typname)) || '.' || quote_ident(k.conname),
    concat_ws(' ', pg_get_constraintdef(k.oid), CASE WHEN NOT k.convalidated THEN 'not valid' END,
      CASE WHEN k.conislocal THEN 'local' END, k.coninhcount)
  FROM pg_constraint k LEFT JOIN relation r ON r.oid = k.conrelid LEFT JOIN pg_type ty ON ty.oid = k.contypid
    LEFT JOIN space ts ON ts.oid = ty.typnamespace
  WHERE k.contype IN ('p', 'u', 'c', 'x', 'f') AND (r.oid IS NOT NULL OR ts.oid IS NOT NULL)
    AND NOT EXISTS (SELECT FROM extended e WHERE e.classid = 'pg_type'::regclass AND e.objid = k.contypid)
  UNION ALL
  SELECT 'index', format('%I.%I', s.nspname, c.relname),
    concat_ws(' ', pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'invalid' END,
      CASE WHEN i.indisclustered THEN 'clustered' END, CASE WHEN i.indisreplident THEN 'identity' END)
  FROM pg_index i JOIN relation r ON r.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid JOIN space s ON s.oid = c.relnamespace
  UNION ALL
  SELECT 'type', format('%I.%I', s.nspname, t.typname),
    concat_ws(' ', t.typtype, pg_get_userbyid(t.typowner),
      (SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(coalesce(t.typacl, acldefault('T', t.typowner))) a),
      (SELECT string_agg(quote_literal(l.enumlabel), ',' ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = t.oid),
      CASE WHEN t.typtype = 'd' THEN format_type(t.typbasetype, t.typtypmod) || ' ' || t.typnotnull || ' '
        || coalesce(t.typdefault, '') || ' ' || t.typcollation::regcollation::text END,
      (SELECT format_type(g.rngsubtype, NULL) FROM pg_range g WHERE g.rngtypid = t.oid))
  FROM pg_type t JOIN space s ON s.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE t.typtype IN ('e', 'd', 'r', 'c') AND (c.oid IS NULL OR c.relkind = 'c')
    AND NOT EXISTS (SELECT FROM extended e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
  UNION ALL
  SELECT 'routine', p.oid::regprocedure::text,
    concat_ws(' ', CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END, pg_get_userbyid(p.proowner),
      (SELECT string_agg(a::text, ',' ORDER BY a::text COLLATE "C") FROM unnest(coalesce(p.proacl, acldefault('f', p.proowner))) a))
  FROM pg_proc p JOIN space s ON s.oid = p.pronamespace
  WHERE NOT EXISTS (SELECT FROM extended e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
  UNION ALL
  SELECT 'trigger', r.name || '.' || quote_ident(g.tgname), pg_get_triggerdef(g.oid) || ' ' || g.tgenabled::text
  FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid WHERE NOT g.tgisinternal
  UNION ALL
  SELECT 'policy', r.name || '.' || quote_ident(l.polname),
    concat_ws(' ', l.polcmd, l.polpermissive,
      (SELECT string_agg(CASE x WHEN 0 THEN 'public' ELSE pg_get_userbyid(x) END, ',' ORDER BY x) FROM unnest(l.polroles) x),
      pg_get_expr(l.polqual, l.polrelid), 'check ' || pg_get_expr(l.polwithcheck, l.polrelid))
  FROM pg_policy l JOIN relation r ON r.oid = l.polrelid
  UNION ALL
  SELECT 'rule', r.name || '.' || quote_ident(w.rulename), pg_get_ruledef(w.oid) || ' ' || w.ev_enabled::text
  FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'
  UNION ALL
  SELECT 'statistics', format('%I.%I', s.nspname, x.stxname), pg_get_statisticsobjdef(x.oid)
  FROM pg_statistic_ext x JOIN space s ON s.oid = x.stxnamespace
  UNION ALL
  SELECT 'collation', format('%I.%I', s.nspname, o.collname),
    concat_ws(' ', o.collprovider, o.collisdeterministic, o.collcollate, o.collctype)
  FROM pg_collation o JOIN space s ON s.oid = o.collnamespace
  UNION ALL
  SELECT 'comment', o.type || ' ' || o.identity, d.description
  FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
  WHERE d.objoid >= 16384 -- what PostgreSQL brought itself has lower numbers
    AND (o.schema IN (SELECT quote_ident(nspname) FROM space) OR o.type = 'schema')
    AND (o.type <> 'schema' OR o.identity IN (SELECT quote_ident(nspname) FROM space))
    AND NOT (d.classoid = 'pg_namespace'::regclass AND o.identity = 'public')
    AND NOT EXISTS (SELECT FROM extended e WHERE e.classid = d.classoid AND e.objid = d.objoid)
    AND o.identity !~ '(^|\.)databasechangelog'
  UNION ALL
  SELECT 'comment', o.type || ' ' || o.identity, d.description
  FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
  WHERE d.objoid >= 16384 AND o.schema IS NULL AND o.type IN ('trigger', 'policy', 'rule', 'table constraint', 'domain constraint')
)
SELECT kind, name, coalesce(fact, '') AS fact FROM facts ORDER BY kind COLLATE "C", name COLLATE "C"
