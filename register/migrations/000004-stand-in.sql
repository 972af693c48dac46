-- The event whose day is not on file, where a duty's date counts from another event's that stands in for it.
ALTER TABLE milestone ADD COLUMN stand_in text;
