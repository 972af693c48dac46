-- What somebody was told last of a later date that they asked for: their first page says so, and reads it for a few duties.
CREATE INDEX entry_later_dates ON entry (authority, reference, milestone, number)
  WHERE kind IN ('extension-requested', 'extension-declined', 'milestone-extended');

-- What somebody has typed into a form and put by on purpose, to go on with another day: one a person and page.
CREATE TABLE saved_form (
  email text NOT NULL,
  page  text NOT NULL,
  typed text NOT NULL,
  at    text NOT NULL,
  PRIMARY KEY (email, page)
);
