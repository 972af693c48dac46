-- The cycle that a duty is a round of: a list shows its rounds as one row.
ALTER TABLE milestone ADD COLUMN cycle text;

-- Lists and counts are read from indexes alone, by kind of date too; whether a round stands for others is looked up in one.
DROP INDEX milestone_in_order;
CREATE INDEX milestone_in_order ON milestone (due_at, authority, reference, milestone)
  INCLUDE (status, strength, strand, owner, body, cycle) WHERE inspection_open;
DROP INDEX milestone_counted;
CREATE INDEX milestone_counted ON milestone (authority, status, due_at)
  INCLUDE (strength, strand, owner, body, reference, cycle) WHERE inspection_open;
CREATE INDEX milestone_rounds ON milestone (authority, reference, cycle, due_at, milestone)
  INCLUDE (status, strength, strand, owner, body) WHERE inspection_open AND cycle IS NOT NULL;

-- The words of a text as a search finds them: in small letters, without what stands between them, long ones cut. "A1.2" is a1 and 2.
CREATE FUNCTION words_of(text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY(SELECT left(word, 60) FROM unnest(regexp_split_to_array(lower($1), '[^[:alnum:]]+')) AS word WHERE word <> ''))
$$;

-- What somebody looks for, as words that begin so, all of them. Nothing is found by what has no letter and no figure in it.
CREATE FUNCTION words_sought(text) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg('''' || left(word, 60) || ''':*', ' & '), '')::tsquery FROM unnest(regexp_split_to_array(lower($1), '[^[:alnum:]]+')) AS word WHERE word <> ''
$$;

CREATE INDEX milestone_words ON milestone USING gin (words_of(title || ' ' || milestone || ' ' || reference));

-- The recommendations of each inspection in their words, as of its last kept state: they are searched, and stay when it has
-- ended. They may name people: an erasure rewrites them.
CREATE TABLE recommendation (
  authority text NOT NULL,
  reference text NOT NULL,
  id        text NOT NULL,
  words     text NOT NULL,
  PRIMARY KEY (authority, reference, id)
);
CREATE INDEX recommendation_words ON recommendation USING gin (words_of(words || ' ' || id || ' ' || reference));

-- What somebody has chosen of a list, kept under a name of theirs: the address without its page.
CREATE TABLE saved_view (
  id      text PRIMARY KEY,
  email   text NOT NULL,
  name    text NOT NULL,
  chosen  text NOT NULL,
  made_at text NOT NULL
);
CREATE UNIQUE INDEX saved_view_by_name ON saved_view (email, lower(name));
