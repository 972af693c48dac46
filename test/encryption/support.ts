import { type EncryptionKeys, newKey, parseKeys } from '../../platform/encryption/keys.ts';

const made = new Map<string, string>();

/** Keys of the tests' own by their ids: the same id is the same key wherever it stands. */
export function keysNamed(...ids: string[]): EncryptionKeys {
  return ids.length === 0 ? [] : parseKeys(settingOf(...ids), 'the test');
}

/** The same as DUECOURSE_ENCRYPTION_KEYS has them. */
export function settingOf(...ids: string[]): string {
  return ids
    .map((id) => {
      const secret = made.get(id) ?? newKey('2026-11-02').split(':')[1] ?? '';
      made.set(id, secret);
      return `${id}:${secret}`;
    })
    .join(',');
}
