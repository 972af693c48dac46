-- Which actions of the council's other inspections answer an open inspection's recommendations, each as
-- `inspection/action`: short names alone. Of an action's own inspection it is asked who else counts on it.
ALTER TABLE kept_state ADD COLUMN answered_in text[] NOT NULL DEFAULT '{}';
