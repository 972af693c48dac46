-- The register: append-only entries, one hash chain an authority; beside them tables that lists are read from.

CREATE TABLE authority_chain (
  authority   text PRIMARY KEY,
  head_number bigint NOT NULL,
  head_hash   text NOT NULL
);

-- `body` is the canonical JSON that the hash is made from, kept to the letter; the other columns repeat parts of it for queries.
CREATE TABLE entry (
  authority     text NOT NULL,
  number        bigint NOT NULL,
  reference     text NOT NULL,
  key           text NOT NULL,
  at            text NOT NULL,
  kind          text NOT NULL,
  milestone     text,
  body          text NOT NULL,
  previous_hash text NOT NULL,
  hash          text NOT NULL,
  PRIMARY KEY (authority, number),
  UNIQUE (authority, reference, key)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the register is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_is_never_truncated BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE inspection (
  authority  text NOT NULL,
  reference  text NOT NULL,
  title      text NOT NULL,
  division   text NOT NULL,
  status     text NOT NULL,
  started_at text NOT NULL,
  ended_at   text,
  PRIMARY KEY (authority, reference)
);

-- One row a milestone: its newest state.
CREATE TABLE milestone (
  authority      text NOT NULL,
  reference      text NOT NULL,
  milestone      text NOT NULL,
  seq            bigint NOT NULL,
  strand         text NOT NULL,
  title          text NOT NULL,
  due            text NOT NULL,
  due_at         text NOT NULL,
  due_version    integer NOT NULL,
  status         text NOT NULL,
  owner          text NOT NULL,
  owner_title    text NOT NULL,
  strength       text NOT NULL,
  provisional    boolean NOT NULL,
  explanation    jsonb NOT NULL,
  ended_at       text,
  hold_review_on text,
  PRIMARY KEY (authority, reference, milestone)
);
-- Instants are ISO 8601 in UTC with milliseconds: they sort as text.
CREATE INDEX milestone_pending ON milestone (due_at) WHERE status IN ('open', 'held');

-- One row a digest: claimed before it is sent, so that no crash can send a second, different one.
CREATE TABLE mail (
  digest     text PRIMARY KEY,
  authority  text NOT NULL,
  reference  text NOT NULL,
  recipient  text NOT NULL,
  day        text NOT NULL,
  message_id text NOT NULL,
  state      text NOT NULL,
  content    jsonb NOT NULL,
  claimed_at text NOT NULL,
  settled_at text,
  attempts   integer NOT NULL DEFAULT 1,
  reason     text
);
CREATE INDEX mail_by_inspection ON mail (authority, reference, claimed_at);
CREATE INDEX mail_undeliverable ON mail (settled_at) WHERE state = 'undeliverable';
