import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readableConstitutions, readablePacks } from '../../client/files/readable-rules.ts';
import { ownRulesFolder } from '../../platform/own-rules.ts';

describe('a council’s own rules that can’t be used', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'duecourse-own-'));
    for (const kind of ['packs', 'constitutions']) mkdirSync(join(folder, kind));
    writeFileSync(join(folder, 'packs', 'broken.yaml'), 'id: broken\n');
    writeFileSync(join(folder, 'constitutions', 'middlesbrough.yaml'), 'id: middlesbrough\n');
    process.env['DUECOURSE_RULES'] = folder;
  });
  afterEach(() => {
    delete process.env['DUECOURSE_RULES'];
    rmSync(folder, { recursive: true, force: true });
  });

  test('are said, each with its place, and take no other away', () => {
    const packs = readablePacks();
    expect(packs.broken).toEqual([{ id: 'broken', problem: expect.stringMatching(/broken\.yaml:1:1 /) as string }]);
    expect(packs.read.map(({ name }) => name)).toEqual(expect.arrayContaining(['ilacs-2018', 'ilacs-2018.v1']));
    const constitutions = readableConstitutions();
    expect(constitutions.broken.map(({ id }) => id)).toEqual(['middlesbrough']);
    expect(constitutions.read.length).toBeGreaterThan(15);
  });
});

test('a name of a version is of one version: the newest needs no number', () => {
  for (const { read, broken } of [readablePacks(), readableConstitutions()]) {
    expect(broken).toEqual([]);
    const names = read.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('a copy of the program’s rules beside one is nobody’s own', () => {
  // The tests run in the program's own folder, which has rules/.
  expect(ownRulesFolder({})).toBeUndefined();
});
