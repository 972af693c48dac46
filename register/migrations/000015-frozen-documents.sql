-- Documents that were frozen, of an inspection or of all of a council's.
CREATE INDEX entry_of_frozen ON entry (authority, reference, number) WHERE kind = 'document-frozen';
