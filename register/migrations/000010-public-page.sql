-- Whether the public may read about an inspection is its newest entry of these: asked at every look at the public page.
CREATE INDEX entry_of_public_page ON entry (authority, reference, number) INCLUDE (kind)
  WHERE kind IN ('public-page-opened', 'public-page-closed');

-- An inspection's newest entry, by which one knows whether anything of it has changed.
CREATE INDEX entry_in_inspection ON entry (authority, reference, number);
