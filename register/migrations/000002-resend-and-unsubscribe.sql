-- When somebody asked for an undeliverable mail to be sent again: from then on it is no longer listed as undeliverable.
ALTER TABLE mail ADD COLUMN resent_at text;
CREATE INDEX mail_by_message_id ON mail (message_id);

-- Who wants no copies for information from an authority. Mail that somebody has to act on goes out all the same.
CREATE TABLE unsubscribed (
  authority text NOT NULL,
  recipient text NOT NULL,
  since     text NOT NULL,
  PRIMARY KEY (authority, recipient)
);
