-- What of an address outside does not stand in its council's file: the secret that what it is sent is signed with (encrypted where
-- payloads are), the former one for as long as that signs too, and that it has said of itself that it is gone.
CREATE TABLE webhook (
  authority       text NOT NULL,
  id              text NOT NULL,
  secret          text,
  made_at         text,
  former_secret   text,
  former_until    text,
  stopped_at      text,
  -- The SHA-256 of the address that was: another one is not stopped.
  stopped_address text,
  PRIMARY KEY (authority, id)
);

-- What an address is to be told, or was: written in the transaction of the entry that it follows from. `id` is what it is known by
-- outside, the same however often it is written or sent. `at` is when it happened; the other instants are the database's own.
CREATE TABLE webhook_delivery (
  id         text PRIMARY KEY,
  authority  text NOT NULL,
  webhook    text NOT NULL,
  event      text NOT NULL,
  reference  text,
  at         text NOT NULL,
  told       jsonb NOT NULL,
  state      text NOT NULL,
  made_at    text NOT NULL,
  tries      integer NOT NULL DEFAULT 0,
  tried_at   text,
  -- What was answered last, a sentence.
  answer     text,
  -- When it is tried next, while it waits.
  next_at    text
);
CREATE INDEX webhook_delivery_waiting ON webhook_delivery (authority, webhook, next_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_list ON webhook_delivery (authority, webhook, made_at);
CREATE INDEX webhook_delivery_past ON webhook_delivery (made_at);
