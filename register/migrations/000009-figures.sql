-- What lists and figures show of an action beside its date.
ALTER TABLE milestone ADD COLUMN theme text;
ALTER TABLE milestone ADD COLUMN theme_title text;
ALTER TABLE milestone ADD COLUMN recommendations jsonb;

-- What figures of a past day are counted from: the parts of a duty's row that say when it was due, how it stood and whose it
-- was, as register/duty-changes.ts writes them. They repeat what `body` says, as the columns before them do; `register
-- verify` compares them. Figures are read from the index alone.
ALTER TABLE entry ADD COLUMN duty text;
ALTER TABLE entry DISABLE TRIGGER entry_is_append_only;
UPDATE entry SET duty = concat_ws('|', r ->> 'milestone', body::json ->> 'seq', r ->> 'due', r ->> 'dueAt', r ->> 'status', r ->> 'strength',
  r ->> 'owner', coalesce(r ->> 'endedAt', ''), r ->> 'firstDue', r ->> 'timesGranted', coalesce(r ->> 'theme', ''))
  FROM (SELECT authority AS council, number AS n, body::json -> 'row' AS r FROM entry) told
  WHERE council = authority AND n = number AND json_typeof(r) = 'object';
ALTER TABLE entry ENABLE TRIGGER entry_is_append_only;
CREATE INDEX entry_duty ON entry (authority, reference, number) INCLUDE (at, duty) WHERE duty IS NOT NULL;

-- When inspections began and ended, and whether the public may read about them.
CREATE INDEX entry_of_inspection ON entry (authority, reference, number) INCLUDE (at, kind)
  WHERE kind IN ('inspection-started', 'entries-missing', 'inspection-closed', 'inspection-cancelled', 'inspection-withdrawn');
