-- What somebody has lately said to be done, or submitted: their first page says so.
CREATE INDEX entry_met ON entry (authority, at) INCLUDE (number, reference, milestone)
  WHERE kind IN ('milestone-completed', 'milestone-submitted');
