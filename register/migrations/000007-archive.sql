-- The engine's own histories of ended lifecycles, kept before the engine forgets them: one row a run, its events as the
-- engine gave them (protobuf, temporal.api.history.v1.History), compressed with gzip. What they must be is in the chain:
-- the manifests of the entries of kind 'history-archived'.
CREATE TABLE archived_history (
  authority text NOT NULL,
  reference text NOT NULL,
  run       text NOT NULL,
  content   bytea NOT NULL,
  PRIMARY KEY (authority, reference, run)
);

-- Public halves of the keys that manifests are signed with, by the SHA-256 of their DER form: checking needs no secret.
CREATE TABLE signing_key (
  fingerprint text PRIMARY KEY,
  public_key  text NOT NULL
);

-- Only an erasure changes what is archived, and it says so on its own connection and in the chain.
CREATE FUNCTION refuse_change_but_for_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'TRUNCATE' AND current_setting('duecourse.erasing', true) = 'on' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the register is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

CREATE TRIGGER archived_history_is_kept BEFORE UPDATE OR DELETE ON archived_history FOR EACH ROW EXECUTE FUNCTION refuse_change_but_for_erasure();
CREATE TRIGGER archived_history_is_never_truncated BEFORE TRUNCATE ON archived_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_but_for_erasure();
