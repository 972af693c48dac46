import { keyMarks, secretMark } from '../platform/process-marks.ts';
import { secretOf } from '../platform/secret.ts';
import type { Settings } from '../platform/settings.ts';
import type { InstallationRegister, KeyMark } from './installation.ts';
import type { Register } from './register.ts';

/** What a process is, as far as it matters for what it must share with its fellows. */
export type BelongingPart = 'setup' | 'everything on one machine' | 'worker' | 'pages' | 'command' | 'reading command';

type Check = (installation: InstallationRegister, settings: Settings, now: string) => Promise<void>;

const NAMED = 'DUECOURSE_SECRET';

const sign: Check = (installation, settings, now) =>
  installation.shareSecret(secretMark(secretOf(settings)), secretName(settings), now);

/** Where a process signs nothing itself, the secret that it is given must be the right one all the same. */
const compareSecret: Check = async (installation, { environment }) => {
  const { DUECOURSE_SECRET: secret } = environment;
  if (secret !== undefined) await installation.mustShareSecret(secretMark(secret), NAMED);
};

const shareGivenSecret: Check = async (installation, { environment }, now) => {
  const { DUECOURSE_SECRET: secret } = environment;
  if (secret !== undefined) await installation.shareSecret(secretMark(secret), NAMED, now);
};

const takeKeys: Check = (installation, { keys }, now) => installation.takeKeys(marksOf(keys), now);
const haveKeys: Check = (installation, { keys }) => installation.mustHaveKeys(marksOf(keys));

const CHECKS: Record<BelongingPart, readonly Check[]> = {
  setup: [shareGivenSecret],
  'everything on one machine': [sign, takeKeys],
  worker: [shareGivenSecret, takeKeys],
  pages: [sign, haveKeys],
  command: [compareSecret, haveKeys],
  'reading command': [compareSecret],
};

/**
 * Does this process belong to the duecourse whose register this is, by its secret and its encryption keys?
 *
 * @throws OtherInstallation with what differs, and what to do
 */
export async function mustBelong(
  { installation }: Pick<Register, 'installation'>,
  settings: Settings,
  part: BelongingPart,
): Promise<void> {
  const now = new Date().toISOString();
  for (const check of CHECKS[part]) await check(installation, settings, now);
}

/** How the secret of a process is called: one of its own making has no variable. */
const secretName = ({ environment, varDir }: Settings): string =>
  environment.DUECOURSE_SECRET === undefined ? `${varDir}/secret, because DUECOURSE_SECRET is not set,` : NAMED;

function marksOf(keys: Settings['keys']): KeyMark[] {
  return keyMarks(keys).map((each) => {
    const colon = each.lastIndexOf(':');
    return { id: each.slice(0, colon), mark: each.slice(colon + 1) };
  });
}
