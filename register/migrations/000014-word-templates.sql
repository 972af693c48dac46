-- A council's own Word template: every one that was put in place, and that one was taken away (no content). The newest is in
-- force; since when another is in its place, or nobody's, is said by `replaced_at`.
CREATE TABLE word_template (
  authority   text NOT NULL,
  number      integer NOT NULL,
  name        text NOT NULL,
  content     bytea,
  put_at      text NOT NULL,
  put_by      text NOT NULL,
  replaced_at text,
  PRIMARY KEY (authority, number)
);
CREATE UNIQUE INDEX word_template_in_force ON word_template (authority) WHERE replaced_at IS NULL;
