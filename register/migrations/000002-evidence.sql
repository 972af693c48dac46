-- Files of evidence, each once in a council's record. Entries of the kind 'evidence-added' name them by their SHA-256, so that
-- the chain commits to their content. `unclaimed_since`: kept, and no entry names it yet; it goes after a while.
CREATE TABLE evidence_file (
  authority       text NOT NULL,
  sha256          text NOT NULL,
  type            text NOT NULL,
  bytes           integer NOT NULL,
  content         bytea NOT NULL,
  unclaimed_since text,
  PRIMARY KEY (authority, sha256)
);

CREATE INDEX evidence_file_unclaimed ON evidence_file (unclaimed_since) WHERE unclaimed_since IS NOT NULL;
CREATE INDEX entry_evidence ON entry (authority, reference, number) WHERE kind = 'evidence-added';

-- What an entry names is changed by an erasure alone; what none names may go.
CREATE FUNCTION refuse_change_of_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.unclaimed_since IS NOT NULL OR current_setting('duecourse.erasing', true) = 'on' THEN RETURN OLD; END IF;
  ELSIF NEW.content = OLD.content AND NEW.sha256 = OLD.sha256 AND NEW.authority = OLD.authority
    AND (NEW.unclaimed_since IS NULL OR OLD.unclaimed_since IS NOT NULL) THEN RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the register is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

CREATE TRIGGER evidence_is_kept BEFORE UPDATE OR DELETE ON evidence_file FOR EACH ROW EXECUTE FUNCTION refuse_change_of_evidence();
CREATE TRIGGER evidence_is_never_truncated BEFORE TRUNCATE ON evidence_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
