-- The register: append-only entries, one hash chain an authority; beside them tables that lists are read from, and what
-- the board keeps. Instants are ISO 8601 in UTC with milliseconds: they sort as text.

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

CREATE INDEX entry_limit_near ON entry (authority, at) WHERE kind = 'limit-near';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the register is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

CREATE TRIGGER entry_is_append_only BEFORE UPDATE OR DELETE ON entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER entry_is_never_truncated BEFORE TRUNCATE ON entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Only an erasure changes what is sealed or archived, and it says so on its own connection and in the chain.
CREATE FUNCTION refuse_change_but_for_erasure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'TRUNCATE' AND current_setting('duecourse.erasing', true) = 'on' THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the register is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$;

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

-- What lifecycles are started with, go on with or send that is too large for the engine (platform/large-payloads.ts): it holds
-- a reference by `hash`, the SHA-256 of the payload (protobuf, temporal.api.common.v1.Payload; encrypted where there are
-- keys); `content` is that, compressed with gzip. Released once the run that refers to it has ended and is archived.
CREATE TABLE large_payload (
  authority   text NOT NULL,
  reference   text NOT NULL,
  hash        text NOT NULL,
  content     bytea NOT NULL,
  stored_at   text NOT NULL,
  released_at text,
  PRIMARY KEY (authority, reference, hash)
);

CREATE TRIGGER archived_history_is_kept BEFORE UPDATE OR DELETE ON archived_history FOR EACH ROW EXECUTE FUNCTION refuse_change_but_for_erasure();
CREATE TRIGGER archived_history_is_never_truncated BEFORE TRUNCATE ON archived_history FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_but_for_erasure();

-- Public halves of the keys that manifests are signed with, by the SHA-256 of their DER form: checking needs no secret.
CREATE TABLE signing_key (
  fingerprint text PRIMARY KEY,
  public_key  text NOT NULL
);

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

-- The state of each open inspection's lifecycle as of its last entry: JSON, compressed with zlib. From it its clock is started
-- again where the engine has lost it. It has names and addresses in it: an erasure rewrites it, and it goes when the inspection ends.
CREATE TABLE kept_state (
  authority text NOT NULL,
  reference text NOT NULL,
  seq       bigint NOT NULL,
  recorded  bigint NOT NULL,
  kept_at   text NOT NULL,
  content   bytea NOT NULL,
  PRIMARY KEY (authority, reference)
);

-- One row a milestone: its newest state. Its columns are those of domain/milestone/columns.ts. Whether the inspection is
-- open stands beside each of its milestones, so that a list of one council, or of all, needs no join to find its page.
CREATE TABLE milestone (
  authority       text NOT NULL,
  reference       text NOT NULL,
  milestone       text NOT NULL,
  seq             bigint NOT NULL,
  strand          text NOT NULL,
  title           text NOT NULL,
  due             text NOT NULL,
  due_at          text NOT NULL,
  due_version     integer NOT NULL,
  status          text NOT NULL,
  owner           text NOT NULL,
  owner_title     text NOT NULL,
  beside          jsonb NOT NULL,
  strength        text NOT NULL,
  provisional     boolean NOT NULL,
  explanation     jsonb NOT NULL,
  ended_at        text,
  hold_review_on  text,
  body            text,
  first_due       text NOT NULL,
  times_granted   integer NOT NULL,
  slippage        text NOT NULL,
  rating          text,
  percent         integer,
  forecast        text,
  reported_on     text,
  inspection_open boolean NOT NULL DEFAULT true,
  PRIMARY KEY (authority, reference, milestone)
);

-- Lists and counts are read from indexes alone.
CREATE INDEX milestone_in_order ON milestone (due_at, authority, reference, milestone)
  INCLUDE (status, strength, strand, owner, body) WHERE inspection_open;
CREATE INDEX milestone_counted ON milestone (authority, status, due_at)
  INCLUDE (strength, strand, owner, body) WHERE inspection_open;
-- Few duties have somebody beside their owner.
CREATE INDEX milestone_beside ON milestone USING gin (beside) WHERE inspection_open AND beside <> '[]';

-- One row a digest: claimed before it is sent, so that no crash can send a second, different one. `resent_at` is when
-- somebody asked for an undeliverable mail to be sent again: from then on it is no longer listed as undeliverable. `holder`
-- is the attempt that has claimed it, `holder_at` when the engine gave that out, in milliseconds: a later one takes it over.
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
  reason     text,
  resent_at  text,
  holder     text NOT NULL,
  holder_at  bigint NOT NULL
);
CREATE INDEX mail_by_inspection ON mail (authority, reference, claimed_at);
CREATE INDEX mail_undeliverable ON mail (settled_at) WHERE state = 'undeliverable';
CREATE INDEX mail_by_message_id ON mail (message_id);

-- Who wants no copies for information from an authority. Mail that somebody has to act on goes out all the same.
CREATE TABLE unsubscribed (
  authority text NOT NULL,
  recipient text NOT NULL,
  since     text NOT NULL,
  PRIMARY KEY (authority, recipient)
);

-- The newest good feed of bank holidays that was read, one beside it that is hard to believe and waits for an administrator,
-- and how the last reading went, with what the source said, to the letter: one row.
CREATE TABLE bank_holiday_feed (
  one           boolean PRIMARY KEY DEFAULT true CHECK (one),
  source        text NOT NULL,
  content       jsonb,
  notes         jsonb NOT NULL DEFAULT '[]',
  doubted       jsonb,
  said          text,
  read_at       text,
  checked_at    text NOT NULL,
  problem       text,
  problem_since text
);

-- The bank holidays that an authority's administrator has approved last; inspections started later count by them.
CREATE TABLE approved_holidays (
  authority   text PRIMARY KEY,
  content     jsonb NOT NULL,
  approved_at text NOT NULL,
  approved_by text NOT NULL
);

-- Who belongs to which authority, as its file was last applied: who may sign in, and in which roles. Not part of the
-- chain: it holds addresses.
CREATE TABLE authority_file (
  authority text PRIMARY KEY,
  content   jsonb NOT NULL,
  kept_at   text NOT NULL
);

-- What follows is kept for a time only: domain/retention.ts says how long. Secrets are kept as SHA-256 hashes.
CREATE TABLE sign_in_link (
  hash       text PRIMARY KEY,
  email      text NOT NULL,
  leads_to   text NOT NULL,
  expires_at text NOT NULL,
  used_at    text
);

CREATE TABLE web_session (
  hash       text PRIMARY KEY,
  person     jsonb NOT NULL,
  form_token text NOT NULL,
  began_at   text NOT NULL,
  expires_at text NOT NULL
);

-- Addresses of calendar feeds and keys of the API: unguessable, revocable.
CREATE TABLE access_key (
  id         text PRIMARY KEY,
  hash       text NOT NULL UNIQUE,
  email      text NOT NULL,
  kind       text NOT NULL,
  subject    jsonb NOT NULL,
  made_at    text NOT NULL,
  revoked_at text
);
CREATE INDEX access_key_by_email ON access_key (email) WHERE revoked_at IS NULL;

-- The answers to writes that came with an idempotency key, or from a form of the pages.
CREATE TABLE answered_request (
  email    text NOT NULL,
  key      text NOT NULL,
  request  text NOT NULL,
  status   integer NOT NULL,
  answer   text NOT NULL,
  at       text NOT NULL,
  PRIMARY KEY (email, key)
);

-- Which workers and pages run, and by what: each says so every minute. `keys` and `secret` are marks, by which two
-- processes are compared, and from which neither can be had. Seen by the database's clock, so that a process whose own is
-- wrong is seen like any other.
CREATE TABLE running_process (
  identity      text PRIMARY KEY,
  part          text NOT NULL,
  host          text NOT NULL,
  version       text NOT NULL,
  code          text NOT NULL,
  bank_holidays text NOT NULL,
  rules         text NOT NULL,
  keys          jsonb NOT NULL,
  secret        text,
  task_queue    text NOT NULL,
  namespace     text NOT NULL,
  clock_off_ms  bigint NOT NULL,
  started_at    text NOT NULL,
  seen_at       text NOT NULL,
  ended_at      text
);

-- The newest look whether all is well, by whichever process had its turn: one row. `begun_at` is that turn, by the
-- database's clock.
CREATE TABLE doctor_report (
  one      boolean PRIMARY KEY DEFAULT true CHECK (one),
  begun_at text NOT NULL,
  at       text,
  findings jsonb
);

-- What is not well, as long as that lasts: how many looks in a row have seen it, or have not, and when the operator was
-- told of it.
CREATE TABLE operator_notice (
  key        text PRIMARY KEY,
  finding    jsonb NOT NULL,
  since      text NOT NULL,
  seen       integer NOT NULL,
  missed     integer NOT NULL,
  told_at    text
);

-- What was typed into a form of the pages, until it is confirmed: a session that ends loses none of it.
CREATE TABLE form_draft (
  form  text PRIMARY KEY,
  typed text NOT NULL,
  at    text NOT NULL
);

-- What every process of one duecourse shares, by marks from which neither the secret nor a key can be had: a process with
-- another secret, or without a key by which something was encrypted, is refused. `encrypts_since`: when a worker first had it
-- as the key that encrypts.
CREATE TABLE installation (
  one         boolean PRIMARY KEY DEFAULT true CHECK (one),
  secret_mark text NOT NULL,
  set_at      text NOT NULL
);

CREATE TABLE encryption_key (
  id             text PRIMARY KEY,
  mark           text NOT NULL,
  known_since    text NOT NULL,
  encrypts_since text
);
