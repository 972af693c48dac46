import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey, type Signer, signerFrom } from './signing.ts';
import { EnvironmentProblems } from '../domain/schemas/environment.ts';
import type { Settings } from '../platform/settings.ts';

/**
 * What archives are signed with: DUECOURSE_SIGNING_KEY (a key in PEM form, or the file of one), or on one machine a key of
 * its own, made once and kept under `var/` for this user alone. A worker beside others makes none: a key that nobody has
 * seen before would prove nothing (docs/decisions/0012-retention-and-erasure.md).
 *
 * @throws EnvironmentProblems where what is set is no such key
 */
export function signerOf({ environment, varDir }: Settings, alone: boolean): Signer | undefined {
  const given = environment.DUECOURSE_SIGNING_KEY;
  if (given !== undefined) return configured(given);
  if (!alone) return undefined;
  const path = join(varDir, 'signing-key.pem');
  mkdirSync(varDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, newSigningKey(), { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return signerFrom(readFileSync(path, 'utf8'));
}

function configured(given: string): Signer {
  try {
    return signerFrom(
      given.includes('-----BEGIN') ? given.replaceAll(String.raw`\n`, '\n') : readFileSync(given, 'utf8'),
    );
  } catch {
    throw new EnvironmentProblems(
      "These settings can't be used:\n  DUECOURSE_SIGNING_KEY: expected an Ed25519 private key in PEM form, or a file that holds one; make one with: openssl genpkey -algorithm ed25519 -out signing-key.pem",
    );
  }
}
