CREATE TYPE mood AS ENUM ('calm', 'busy');
CREATE TYPE address AS (street text, town text);
CREATE DOMAIN isbn AS text CHECK (value ~ '^[0-9xaA]');
CREATE SEQUENCE ticket START 100;
CREATE TABLE author (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, born date, home address);
CREATE TABLE book (
  id bigserial PRIMARY KEY, title varchar(40) NOT NULL, author_id bigint NOT NULL REFERENCES author,
  price numeric(8,2) CHECK (price > 0), state text NOT NULL DEFAULT 'in' CHECK (state IN ('in', 'out', 'lost')),
  feeling mood, tags text[], pages int, added timestamptz NOT NULL DEFAULT now(), data jsonb, blurb text,
  length int GENERATED ALWAYS AS (length(title)) STORED);
CREATE UNIQUE INDEX book_title ON book (title);
CREATE INDEX book_lower ON book (lower(title)) WHERE state = 'in';
CREATE TABLE loan (book_id bigint NOT NULL REFERENCES book ON DELETE CASCADE, day date NOT NULL, note text, PRIMARY KEY (book_id, day))
  PARTITION BY RANGE (day);
CREATE TABLE loan_old PARTITION OF loan FOR VALUES FROM ('1900-01-01') TO ('2000-01-01');
CREATE TABLE loan_new PARTITION OF loan FOR VALUES FROM ('2000-01-01') TO ('2100-01-01');
CREATE TABLE trail (at timestamptz NOT NULL DEFAULT now(), what text);
CREATE TABLE vault (id int PRIMARY KEY, code text NOT NULL CHECK (md5(code) = 'nobody finds it'));
CREATE TABLE tree (id int PRIMARY KEY, parent int REFERENCES tree);
CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO trail (what) VALUES (TG_OP); RETURN new; END $$;
CREATE TRIGGER book_changes AFTER UPDATE ON book FOR EACH ROW EXECUTE FUNCTION note_change();
CREATE VIEW cheap AS SELECT id, title FROM book WHERE price < 10;
CREATE MATERIALIZED VIEW by_author AS SELECT author_id, count(*) AS books FROM book GROUP BY author_id;
CREATE UNIQUE INDEX by_author_id ON by_author (author_id);
ALTER TABLE author ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_authors ON author USING (true);
CREATE STATISTICS book_some ON state, feeling FROM book;
COMMENT ON TABLE book IS 'what we lend';
COMMENT ON COLUMN book.pages IS 'counted by hand';
COMMENT ON CONSTRAINT book_price_check ON book IS 'no gifts';
GRANT SELECT ON book TO PUBLIC;
GRANT UPDATE (title) ON book TO PUBLIC;
