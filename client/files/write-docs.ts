// Run by `npm run docs:files` after a change of domain/schemas or domain/doctor: the JSON Schemas for editors, and the
// reference pages.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { doctorPage, doctorPageFile } from './doctor-page.ts';
import { jsonSchemas, jsonSchemasFolder } from './json-schemas.ts';
import { referencePage, referencePageFile } from './reference-page.ts';

mkdirSync(jsonSchemasFolder(), { recursive: true });
for (const [name, text] of Object.entries(jsonSchemas())) writeFileSync(join(jsonSchemasFolder(), name), text);
writeFileSync(referencePageFile(), referencePage());
writeFileSync(doctorPageFile(), doctorPage());
