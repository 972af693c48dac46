-- Who belongs to which authority, as its file was last applied: who may sign in, and in which roles. Not part of the
-- chain: it holds addresses.
CREATE TABLE authority_file (
  authority text PRIMARY KEY,
  content   jsonb NOT NULL,
  kept_at   text NOT NULL
);

-- Secrets are kept as SHA-256 hashes only. Instants are ISO 8601 in UTC.
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

-- The answers to writes that came with an idempotency key.
CREATE TABLE answered_request (
  email    text NOT NULL,
  key      text NOT NULL,
  request  text NOT NULL,
  status   integer NOT NULL,
  answer   text NOT NULL,
  at       text NOT NULL,
  PRIMARY KEY (email, key)
);

CREATE INDEX milestone_pending_by_authority ON milestone (authority, due_at) WHERE status IN ('open', 'held');
CREATE INDEX milestone_by_status ON milestone (status, due_at);

ALTER TABLE milestone ADD COLUMN body text;
