-- What somebody is writing into an inspection's plan and has not carried out: one for each person and inspection, its edits as
-- text, for what somebody types may hold what a jsonb can't. `edition` is one more at every change of it.
CREATE TABLE plan_draft (
  authority  text NOT NULL,
  reference  text NOT NULL,
  email      text NOT NULL,
  role       text NOT NULL,
  revision   integer NOT NULL,
  edition    integer NOT NULL,
  edits      text NOT NULL,
  begun_at   text NOT NULL,
  changed_at text NOT NULL,
  PRIMARY KEY (authority, reference, email)
);

CREATE INDEX plan_draft_changed ON plan_draft (changed_at);
