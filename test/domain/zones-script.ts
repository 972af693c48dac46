/** Plays two stories and prints everything that came of them: run by the zones test under several process zones. */
import { preview } from '../../domain/preview/preview.ts';
import { calendar, factsOf, startOf } from '../support/facts.ts';
import { Story } from '../../domain/preview/story.ts';

const parts = {
  commitments: [{ rule: 'cabinet-update' }],
  actions: [{ id: 'audit', title: 'Audit', owner: 'team-manager', due: '2016-10-31' }],
};
const story = new Story(startOf(parts), '2016-02-19T23:30:00.000Z').until('2017-04-03T12:00:00.000Z');
const mails = story.mails.map(
  (mail) => `${mail.at} ${mail.day} ${mail.recipient.email} ${mail.notices.map((notice) => notice.kind).join('+')}`,
);
process.stdout.write(JSON.stringify({ mails, entries: story.entries, preview: preview(factsOf(parts), calendar) }));
