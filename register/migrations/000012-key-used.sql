-- When a key last opened anything, to the hour.
ALTER TABLE access_key ADD COLUMN used_at text;
