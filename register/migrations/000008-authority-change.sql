-- Every change of an authority's file, with the file before it (null: it was the first) and after it: who changed what, and
-- what it takes to put it back. `number` counts them; the file in force carries the number of the change that made it.
ALTER TABLE authority_file ADD COLUMN number integer NOT NULL DEFAULT 1;

CREATE TABLE authority_change (
  authority  text NOT NULL,
  number     integer NOT NULL,
  changed_at text NOT NULL,
  changed_by text,
  before     jsonb,
  after      jsonb NOT NULL,
  PRIMARY KEY (authority, number)
);
