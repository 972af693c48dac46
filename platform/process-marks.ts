import { createHash, createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EncryptionKeys } from './encryption/keys.ts';
import { packageRoot } from './package-root.ts';

/** As long as two are never alike by chance, and no more. */
const MARK_LENGTH = 16;

/** A mark by which a secret is compared with another; nothing leads back from it. */
export function secretMark(secret: string): string {
  return createHmac('sha256', secret).update('duecourse: which secret').digest('hex').slice(0, MARK_LENGTH);
}

/** The keys in their order, each by its id and a mark like a secret's. */
export function keyMarks(keys: EncryptionKeys): string[] {
  return keys.map(({ id, secret }) => {
    const mark = createHmac('sha256', secret).update('duecourse: which key').digest('hex').slice(0, MARK_LENGTH);
    return `${id}:${mark}`;
  });
}

export const codeMark = (bundle: { code: string }): string => createHash('sha256').update(bundle.code).digest('hex');

/** The mark of the files of bank holidays. */
export const bankHolidaysMark = (): string => filesMark([join('rules', 'bank-holidays')]);

/** The mark of the files that rules come from. */
export const rulesMark = (): string =>
  filesMark(['packs', 'constitutions', 'working-days.yaml'].map((name) => join('rules', name)));

/** Of data files alone: a README may say something else in each copy. */
const DATA = /\.(json|ya?ml)$/;

function filesMark(places: readonly string[]): string {
  const hash = createHash('sha256');
  for (const place of places)
    for (const name of namesAt(place)) {
      hash.update(`${name}\0`);
      hash.update(readFileSync(join(packageRoot(), name)));
    }
  return hash.digest('hex');
}

/** A file itself, or the data files of a folder, in their order. */
function namesAt(place: string): string[] {
  if (DATA.test(place)) return [place];
  return readdirSync(join(packageRoot(), place))
    .filter((name) => DATA.test(name))
    .sort()
    .map((name) => join(place, name));
}

/** The secret that this machine has made for itself, where it has; it is not made by asking. */
export function ownSecret(varDir: string): string | undefined {
  const path = join(varDir, 'secret');
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
