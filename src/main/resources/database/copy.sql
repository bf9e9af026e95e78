-- A schema as the statements that make it again, in an order that mostly works; what fails is tried again after the rest.
-- Read with an empty search_path. That the copy is whole is proven by comparing the facts of both.
WITH space AS (
  SELECT n.* FROM pg_namespace n WHERE n.nspname !~ '^pg_' AND n.nspname NOT IN ('information_schema', 'saywhen_watch')
), extended AS (
  SELECT classid, objid FROM pg_depend WHERE deptype = 'e'
), relation AS (
  SELECT c.*, format('%I.%I', s.nspname, c.relname) AS name,
    CASE WHEN c.reloptions IS NULL THEN '' ELSE ' WITH (' || array_to_string(c.reloptions, ', ') || ')' END AS options
  FROM pg_class c JOIN space s ON s.oid = c.relnamespace
  WHERE c.relname NOT IN ('databasechangelog', 'databasechangeloglock')
    AND NOT EXISTS (SELECT FROM extended e WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
), routine AS (
  SELECT p.* FROM pg_proc p JOIN space s ON s.oid = p.pronamespace
  WHERE p.prokind IN ('f', 'p')
    AND NOT EXISTS (SELECT FROM extended e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid)
), kind AS (
  SELECT t.*, format('%I.%I', s.nspname, t.typname) AS name
  FROM pg_type t JOIN space s ON s.oid = t.typnamespace LEFT JOIN pg_class c ON c.oid = t.typrelid
  WHERE t.typtype IN ('e', 'd', 'r', 'c') AND (c.oid IS NULL OR c.relkind = 'c')
    AND NOT EXISTS (SELECT FROM extended e WHERE e.classid = 'pg_type'::regclass AND e.objid = t.oid)
), grants AS (
  SELECT 'SCHEMA' AS sort, format('%I', nspname) AS name, nspowner AS owner, nspacl AS acl FROM space
  UNION ALL SELECT CASE relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, name, relowner, relacl
    FROM relation WHERE relkind IN ('r', 'p', 'v', 'm', 'S')
  UNION ALL SELECT CASE prokind WHEN 'p' THEN 'PROCEDURE' ELSE 'FUNCTION' END, oid::regprocedure::text, proowner, proacl FROM routine
  UNION ALL SELECT 'TYPE', name, typowner, typacl FROM kind
), role AS (
  SELECT DISTINCT pg_get_userbyid(r) AS name FROM (
    SELECT owner AS r FROM grants
    UNION SELECT x.grantee FROM grants g, aclexplode(g.acl) x
    UNION SELECT x.grantee FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid, aclexplode(a.attacl) x
    UNION SELECT unnest(l.polroles) FROM pg_policy l JOIN relation r ON r.oid = l.polrelid) of WHERE r <> 0
), statements AS (
  SELECT 0 AS rank, format('CREATE ROLE %I', name) AS ddl FROM role WHERE name !~ '^pg_'
  UNION ALL SELECT 1, format('CREATE SCHEMA %I', nspname) FROM space WHERE nspname <> 'public'
  UNION ALL SELECT 2, format('CREATE EXTENSION %I SCHEMA %I VERSION %L', e.extname, n.nspname, e.extversion)
    FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE n.nspname !~ '^pg_'
  UNION ALL SELECT 3, format('CREATE COLLATION %I.%I (provider = %s, locale = %L, deterministic = %s)', s.nspname, o.collname,
      CASE o.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
      coalesce(o.collcollate, to_jsonb(o)->>'colllocale', to_jsonb(o)->>'colliculocale'), o.collisdeterministic)
    FROM pg_collation o JOIN space s ON s.oid = o.collnamespace
  UNION ALL SELECT 4, format('CREATE TYPE %s AS ENUM (%s)', name,
      (SELECT string_agg(quote_literal(l.enumlabel), ', ' ORDER BY l.enumsortorder) FROM pg_enum l WHERE l.enumtypid = k.oid))
    FROM kind k WHERE typtype = 'e'
  UNION ALL SELECT 4, format('CREATE TYPE %s AS (%s)', name,
      (SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)
       FROM pg_attribute a WHERE a.attrelid = k.typrelid AND a.attnum > 0 AND NOT a.attisdropped))
    FROM kind k WHERE typtype = 'c'
  UNION ALL SELECT 4, format('CREATE TYPE %s AS RANGE (SUBTYPE = %s)', name,
      (SELECT format_type(g.rngsubtype, NULL) FROM pg_range g WHERE g.rngtypid = k.oid)) FROM kind k WHERE typtype = 'r'
  UNION ALL SELECT 5, format('CREATE DOMAIN %s AS %s%s%s%s', name, format_type(typbasetype, typtypmod),
      CASE WHEN k.typcollation <> b.typcollation THEN ' COLLATE ' || k.typcollation::regcollation ELSE '' END,
      coalesce(' DEFAULT ' || k.typdefault, ''), CASE WHEN k.typnotnull THEN ' NOT NULL' ELSE '' END)
    FROM kind k, LATERAL (SELECT typcollation FROM pg_type WHERE oid = k.typbasetype) b WHERE k.typtype = 'd'
  UNION ALL SELECT 6, format('ALTER DOMAIN %s ADD CONSTRAINT %I %s', k.name, c.conname, pg_get_constraintdef(c.oid))
    FROM pg_constraint c JOIN kind k ON k.oid = c.contypid WHERE c.contype = 'c'
  UNION ALL SELECT 7, format('CREATE%s SEQUENCE %s AS %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s',
      CASE relpersistence WHEN 'u' THEN ' UNLOGGED' ELSE '' END, name,
      format_type(q.seqtypid, NULL), q.seqincrement, q.seqmin, q.seqmax, q.seqstart, q.seqcache,
      CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END)
    FROM relation r JOIN pg_sequence q ON q.seqrelid = r.oid
    WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype = 'i')
  UNION ALL SELECT 8, pg_get_functiondef(oid) FROM routine
  UNION ALL SELECT CASE WHEN r.relispartition THEN 10 ELSE 9 END,
    format('CREATE%s TABLE %s ', CASE r.relpersistence WHEN 'u' THEN ' UNLOGGED' ELSE '' END, r.name)
    || CASE WHEN r.relispartition THEN
         format('PARTITION OF %s %s', (SELECT inhparent::regclass FROM pg_inherits WHERE inhrelid = r.oid), pg_get_expr(r.relpartbound, r.oid))
       ELSE format('(%s)%s', (SELECT string_agg(concat(quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
               CASE WHEN a.attcollation <> t.typcollation THEN ' COLLATE ' || a.attcollation::regcollation END,
               CASE a.attgenerated WHEN 's' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                 WHEN 'v' THEN ' GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') VIRTUAL' END,
               CASE a.attidentity WHEN '' THEN NULL ELSE
                 (SELECT format(' GENERATED %s AS IDENTITY (SEQUENCE NAME %s INCREMENT %s MINVALUE %s MAXVALUE %s START %s CACHE %s%s)',
                    CASE a.attidentity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END, q.seqrelid::regclass,
                    q.seqincrement, q.seqmin, q.seqmax, q.seqstart, q.seqcache, CASE WHEN q.seqcycle THEN ' CYCLE' ELSE '' END)
                  FROM pg_depend p JOIN pg_sequence q ON q.seqrelid = p.objid
                  WHERE p.classid = 'pg_class'::regclass AND p.refobjid = r.oid AND p.refobjsubid = a.attnum AND p.deptype = 'i') END,
               CASE WHEN a.attnotnull THEN ' NOT NULL' END), ', ' ORDER BY a.attnum)
             FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
               LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attislocal),
           (SELECT ' INHERITS (' || string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) || ')'
            FROM pg_inherits i WHERE i.inhrelid = r.oid)) END
    || CASE WHEN r.relkind = 'p' THEN ' PARTITION BY ' || pg_get_partkeydef(r.oid) ELSE '' END || r.options
    FROM relation r WHERE r.relkind IN ('r', 'p')
  UNION ALL SELECT 11, format('ALTER TABLE ONLY %s ALTER COLUMN %I SET DEFAULT %s', r.name, a.attname, pg_get_expr(d.adbin, d.adrelid))
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attgenerated = '' JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum
    WHERE r.relkind IN ('r', 'p', 'v')
  UNION ALL SELECT 11, format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STORAGE %s', r.name, a.attname,
      CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END)
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped JOIN pg_type t ON t.oid = a.atttypid
    WHERE r.relkind IN ('r', 'p') AND a.attstorage <> t.typstorage
  UNION ALL SELECT 11, format('ALTER TABLE ONLY %s ALTER COLUMN %I SET STATISTICS %s', r.name, a.attname, a.attstattarget)
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('r', 'p', 'm') AND a.attstattarget >= 0
  UNION ALL SELECT 12, format('ALTER SEQUENCE %s OWNED BY %s.%I', r.name, d.refobjid::regclass, a.attname)
    FROM relation r JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = r.oid AND d.deptype = 'a'
      JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid WHERE r.relkind = 'S'
  UNION ALL SELECT CASE c.contype WHEN 'f' THEN 15 WHEN 'c' THEN 14 ELSE 13 END,
      format('ALTER TABLE %s ADD CONSTRAINT %I %s', r.name, c.conname, pg_get_constraintdef(c.oid))
    FROM pg_constraint c JOIN relation r ON r.oid = c.conrelid
    WHERE c.contype IN ('p', 'u', 'c', 'x', 'f') AND c.conislocal AND c.conparentid = 0
  UNION ALL SELECT 16, pg_get_indexdef(i.indexrelid)
    FROM pg_index i JOIN relation r ON r.oid = i.indrelid
    WHERE NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x'))
      AND NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = i.indexrelid)
  UNION ALL SELECT 17, format('ALTER TABLE %s CLUSTER ON %I', r.name, c.relname)
    FROM pg_index i JOIN relation r ON r.oid = i.indrelid JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indisclustered
  UNION ALL SELECT 17, format('ALTER TABLE %s REPLICA IDENTITY %s', r.name, CASE r.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
      ELSE 'USING INDEX ' || (SELECT quote_ident(c.relname) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = r.oid AND i.indisreplident) END)
    FROM relation r WHERE r.relkind IN ('r', 'p') AND r.relreplident <> 'd'
  UNION ALL SELECT 18, format('CREATE %s %s%s AS %s', CASE relkind WHEN 'v' THEN 'VIEW' ELSE 'MATERIALIZED VIEW' END, name, options,
      rtrim(pg_get_viewdef(oid), ';'))
    FROM relation WHERE relkind IN ('v', 'm')
  UNION ALL SELECT 19, pg_get_ruledef(w.oid) FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class WHERE w.rulename <> '_RETURN'
  UNION ALL SELECT 20, pg_get_triggerdef(g.oid) FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid
    WHERE NOT g.tgisinternal AND g.tgparentid = 0
  UNION ALL SELECT 21, format('ALTER TABLE %s %s TRIGGER %I', r.name,
      CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, g.tgname)
    FROM pg_trigger g JOIN relation r ON r.oid = g.tgrelid WHERE NOT g.tgisinternal AND g.tgenabled <> 'O'
  UNION ALL SELECT 22, format('CREATE POLICY %I ON %s AS %s FOR %s TO %s%s%s', l.polname, r.name,
      CASE WHEN l.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
      CASE l.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
      (SELECT string_agg(CASE x WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x)) END, ', ') FROM unnest(l.polroles) x),
      coalesce(' USING (' || pg_get_expr(l.polqual, l.polrelid) || ')', ''),
      coalesce(' WITH CHECK (' || pg_get_expr(l.polwithcheck, l.polrelid) || ')', ''))
    FROM pg_policy l JOIN relation r ON r.oid = l.polrelid
  UNION ALL SELECT 23, format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', name) FROM relation WHERE relrowsecurity
  UNION ALL SELECT 23, format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', name) FROM relation WHERE relforcerowsecurity
  UNION ALL SELECT 24, pg_get_statisticsobjdef(x.oid) FROM pg_statistic_ext x JOIN space s ON s.oid = x.stxnamespace
  UNION ALL SELECT 25, format('COMMENT ON %s %s IS %L', CASE WHEN o.type LIKE '%column' THEN 'COLUMN'
      WHEN o.type IN ('table constraint', 'domain constraint') THEN 'CONSTRAINT' WHEN o.type = 'composite type' THEN 'TYPE'
      ELSE upper(o.type) END, o.identity, d.description)
    FROM pg_description d, LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) o
    WHERE d.objoid >= 16384
      AND (o.schema IN (SELECT quote_ident(nspname) FROM space)
        OR (o.type = 'schema' AND o.identity IN (SELECT quote_ident(nspname) FROM space) AND o.identity <> 'public')
        OR (o.schema IS NULL AND o.type IN ('trigger', 'policy', 'rule', 'table constraint', 'domain constraint')))
      AND o.identity !~ '(^|\.)databasechangelog'
      AND NOT EXISTS (SELECT FROM extended e WHERE e.classid = d.classoid AND e.objid = d.objoid)
  UNION ALL SELECT 26, format('ALTER %s %s OWNER TO %I', sort, name, pg_get_userbyid(owner)) FROM grants
    WHERE NOT (sort = 'SEQUENCE' AND EXISTS (SELECT FROM relation r JOIN pg_depend d ON d.classid = 'pg_class'::regclass
      AND d.objid = r.oid AND d.deptype IN ('a', 'i') AND d.refclassid = 'pg_class'::regclass WHERE r.name = grants.name))
  UNION ALL SELECT 27, format('REVOKE ALL ON %s %s FROM PUBLIC, %I', sort, name, pg_get_userbyid(owner)) FROM grants
    WHERE acl IS NOT NULL
  UNION ALL SELECT 28, format('GRANT %s ON %s %s TO %s%s', x.privilege_type, g.sort, g.name,
      CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
      CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
    FROM grants g, aclexplode(g.acl) x
  UNION ALL SELECT 28, format('GRANT %s (%I) ON TABLE %s TO %s', x.privilege_type, a.attname, r.name,
      CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END)
    FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid, aclexplode(a.attacl) x
)
SELECT ddl FROM statements ORDER BY rank, ddl COLLATE "C"
