-- What the chain only commits to: who acted, and what was said. An entry's body holds SHA-256(salt, value) in its place,
-- so that a person's data can be erased and the chain stays whole. `value` is canonical JSON, kept to the letter.
CREATE TABLE sealed (
  authority text NOT NULL,
  number    bigint NOT NULL,
  part      text NOT NULL,
  salt      text NOT NULL,
  value     text NOT NULL,
  PRIMARY KEY (authority, number, part)
);

CREATE TRIGGER sealed_is_kept BEFORE UPDATE OR DELETE ON sealed FOR EACH ROW EXECUTE FUNCTION refuse_change_but_for_erasure();
CREATE TRIGGER sealed_is_never_truncated BEFORE TRUNCATE ON sealed FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_but_for_erasure();
