-- The words of a text with the council whose text it is, as a word that no text has: of one council's words its own are found in
-- the index, and not everybody's looked through.
CREATE FUNCTION words_of(authority text, said text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(ARRAY['@' || $1] || ARRAY(
    SELECT left(word, 60) FROM unnest(regexp_split_to_array(lower($2), '[^[:alnum:]]+')) AS word WHERE word <> ''))
$$;

-- Any of these councils; nothing is asked of the index where there is none.
CREATE FUNCTION councils_sought(authorities text[]) RETURNS tsquery LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT coalesce(string_agg('''@' || authority || '''', ' | '), '')::tsquery FROM unnest($1) AS authority
$$;

DROP INDEX milestone_words;
CREATE INDEX milestone_words ON milestone USING gin (words_of(authority, title || ' ' || milestone || ' ' || reference));
DROP INDEX recommendation_words;
CREATE INDEX recommendation_words ON recommendation USING gin (words_of(authority, words || ' ' || id || ' ' || reference));
DROP FUNCTION words_of(text);
