import type { StandInNewsInput } from '../../activities/activities.ts';
import { withoutWebhooks } from '../../domain/webhooks/without-webhooks.ts';
import { FILE_CHANGED, standInNewsId } from '../../workflows/stand-in-news-id.ts';
import type { EngineClient } from './engine-client.ts';

/** Those who stand in for others. */
export interface EngineStandIns {
  /** Sees to it that whoever stands in otherwise by a council's changed file is told once mail may go out. */
  tellStandIns(news: StandInNewsInput): Promise<void>;
}

export function engineStandIns({ client, taskQueue, patiently }: EngineClient): EngineStandIns {
  return {
    async tellStandIns({ before, authority, calendar }) {
      const now = { authority: withoutWebhooks(authority), calendar };
      await patiently('change', () =>
        client.workflow.signalWithStart('standInNews', {
          ...{ taskQueue, workflowId: standInNewsId(authority.id) },
          args: [{ ...now, before: withoutWebhooks(before) }],
          ...{ signal: FILE_CHANGED, signalArgs: [now] },
        }),
      );
    },
  };
}
