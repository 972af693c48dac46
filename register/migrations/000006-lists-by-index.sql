-- Lists and counts are read from indexes alone. Whether the inspection is open stands beside each of its milestones, so
-- that a list of one council, or of all, needs no join to find its page.
ALTER TABLE milestone ADD COLUMN inspection_open boolean NOT NULL DEFAULT true;
UPDATE milestone m SET inspection_open = false WHERE NOT EXISTS (
  SELECT 1 FROM inspection i WHERE i.authority = m.authority AND i.reference = m.reference AND i.status = 'open');

CREATE INDEX milestone_in_order ON milestone (due_at, authority, reference, milestone)
  INCLUDE (status, strength, strand, owner, body) WHERE inspection_open;
CREATE INDEX milestone_counted ON milestone (authority, status, due_at)
  INCLUDE (strength, strand, owner, body) WHERE inspection_open;

-- What these two do now.
DROP INDEX milestone_pending;
DROP INDEX milestone_pending_by_authority;
DROP INDEX milestone_by_status;
