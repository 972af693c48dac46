-- The state of each inspection's lifecycle as of its last entry of a day in London, once that day is over or the inspection has ended:
-- JSON, compressed with zlib. Documents of a past day are made from it. It has names and addresses in it: an erasure rewrites it.
CREATE TABLE state_of_day (
  authority text NOT NULL,
  reference text NOT NULL,
  day       text NOT NULL,
  content   bytea NOT NULL,
  PRIMARY KEY (authority, reference, day)
);
