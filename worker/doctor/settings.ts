import { finding, type Finding } from '../../domain/doctor/finding.ts';
import { unknownVariables } from '../../domain/schemas/environment.ts';
import { signerOf } from '../../register/signing-key.ts';
import type { DoctorParts } from './parts.ts';

/** Two variables that say something together only. */
const TOGETHER = [
  ['DUECOURSE_DEPLOYMENT', 'DUECOURSE_BUILD_ID'],
  ['DUECOURSE_NOTIFY_KEY', 'DUECOURSE_NOTIFY_TEMPLATE'],
  ['DUECOURSE_OIDC_ISSUER', 'DUECOURSE_OIDC_CLIENT_ID'],
] as const;

/** Whether the settings say what is meant; that they can be read has been seen by then. */
export function lookAtSettings({ settings, variables }: Pick<DoctorParts, 'settings' | 'variables'>): Finding[] {
  const { environment, temporal } = settings;
  const unknown = unknownVariables(variables).map(({ name }) => finding('setting-unknown', name));
  const halves = TOGETHER.filter(
    ([one, other]) => (environment[one] === undefined) !== (environment[other] === undefined),
  ).map(([one, other]) => {
    const [set, missing] = environment[one] === undefined ? [other, one] : [one, other];
    return finding('setting-incomplete', `${set} is set, and ${missing} is not; each is of use with the other only.`);
  });
  const apart = environment.DATABASE_URL !== undefined || temporal !== undefined;
  const secret = apart && environment.DUECOURSE_SECRET === undefined ? [finding('secret-missing')] : [];
  return [...unknown, ...halves, ...secret, ...lookAtSigningKey(settings)];
}

/** A worker reads it at its start, and does not start where it can't be used. */
function lookAtSigningKey(settings: DoctorParts['settings']): Finding[] {
  try {
    signerOf(settings, false);
    return [];
  } catch (error) {
    return [finding('settings-unusable', error instanceof Error ? error.message : String(error))];
  }
}
