-- What a plan's measures are called, and its decisions, are searched as its recommendations are.
ALTER TABLE recommendation RENAME TO searched;
ALTER TABLE searched ADD COLUMN what text NOT NULL DEFAULT 'recommendation';
ALTER TABLE searched DROP CONSTRAINT recommendation_pkey;
ALTER TABLE searched ADD PRIMARY KEY (authority, reference, what, id);
ALTER INDEX recommendation_words RENAME TO searched_words;

-- The long words that somebody has written: a question, its answer, a report on progress, a part of the reports. Null of all else, of
-- what somebody has changed into nonsense too: that is for whoever verifies the chain to find.
CREATE FUNCTION said_in(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN $1 IS JSON AND $1 !~* '\\u(0000|d[89a-f])' THEN $1::jsonb #>> '{data,text}' END
$$;
CREATE INDEX sealed_words ON sealed USING gin (words_of(authority, said_in(value))) WHERE part = 'words' AND said_in(value) IS NOT NULL;
