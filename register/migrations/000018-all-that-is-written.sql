-- All that somebody writes and that is searched, of whatever command: domain/commands/searched-texts.ts says which of its fields. A
-- reason stands in an entry as `reason`, that of a call-in and of a decision within it; what is said of a mail was written by nobody.
DROP INDEX sealed_words;
-- In PL/pgSQL, for the guard comes first there: as one expression, what is no JSON would be read as it is planned.
CREATE OR REPLACE FUNCTION said_in(value text) RETURNS text LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
  data jsonb;
BEGIN
  IF $1 IS NULL OR $1 IS NOT JSON OR $1 ~* '\\u(0000|d[89a-f])' THEN
    RETURN NULL;
  END IF;
  data := $1::jsonb -> 'data';
  IF data ? 'messageId' THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT string_agg(said, E'\n' ORDER BY place) FROM unnest(ARRAY[
    data ->> 'text',
    data ->> 'reason',
    data ->> 'reasons',
    data ->> 'note',
    data ->> 'awaiting',
    data ->> 'source',
    data ->> 'minute',
    CASE WHEN data ?| ARRAY['link', 'sha256'] THEN data ->> 'title' END,
    data #>> '{callIn,reasons}',
    data #>> '{decision,resolved}',
    data #>> '{decision,reasons}',
    data #>> '{decision,alternatives}',
    data #>> '{decision,notSubjectToCallIn}'
  ]) WITH ORDINALITY AS each(said, place) WHERE said <> '');
END $$;
CREATE INDEX sealed_words ON sealed USING gin (words_of(authority, said_in(value))) WHERE part = 'words' AND said_in(value) IS NOT NULL;
