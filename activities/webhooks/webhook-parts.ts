import { secretBox, type SecretBox } from '../../platform/encryption/secret-box.ts';
import { type Outside, outsideBy } from '../../platform/outside/outside.ts';
import type { Settings } from '../../platform/settings.ts';

/** What it takes to tell addresses outside. */
export interface WebhookParts {
  outside: Outside;
  secrets: Pick<SecretBox, 'open'>;
}

export const webhookPartsOf = ({ environment, keys }: Settings): { webhooks: WebhookParts } => ({
  webhooks: { outside: outsideBy({ allow: environment.DUECOURSE_OUTSIDE_ADDRESSES }), secrets: secretBox(keys) },
});
