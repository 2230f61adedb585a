import { z } from 'zod';
import { ChannelError } from '../../../src-shared/channel.ts';
import { asCursor } from '../../../src-shared/model/index.ts';
import { scopeWords } from '../errors.ts';
import { compareTs } from '../ids.ts';
import { missingScopes } from '../manifest.ts';
import { AuthTest } from '../wire/answers.ts';
import type { Conversation } from '../wire/setting.ts';
import { historyEvent, isUntouched } from './rescan.ts';
import { leftEvent, listConversations, told } from './settings.ts';
import type { Work } from './work.ts';

/** First contact: who we are here, which conversations there are, and from where on to listen. */
export async function arrive(work: Work): Promise<void> {
  const { web, over: signal } = work;
  const who = await web.call('auth.test', {}, { answer: AuthTest, signal });
  if (who.user_id !== work.me)
    throw new ChannelError(
      'auth',
      'refused',
      'This token belongs to another person or workspace. Log in again with your own.',
    );
  const missing = missingScopes(web.scopes);
  if (missing.length > 0) throw new ChannelError('scope', 'refused', scopeWords(missing));
  await renamed(work, who.team);
  await conversations(work);
}

async function renamed(work: Work, name: string | undefined): Promise<void> {
  const { context } = work;
  if (!name || name === context.account.config.teamName) return;
  await context.describe({ label: name, config: { ...context.account.config, teamName: name } });
}

/** The channels there were last time: one that is missing was left meanwhile. */
const idsScope = 'conversations';
const Ids = z.array(z.string());

/** Every conversation as it is now; history is opened for those not met before. */
export async function conversations(work: Work): Promise<void> {
  const { windows, context, over: signal } = work;
  const found = await listConversations(work, { signal, background: false });
  const before = Ids.parse(JSON.parse((await context.checkpoint(idsScope)) ?? '[]'));
  const known: Conversation[] = [];
  // Handed in one after the other and stored many at a time: a workspace may have hundreds.
  const storing: Promise<void>[] = [];
  for (const conversation of found) {
    windows.enter(conversation.id);
    if ((await windows.load(conversation.id)) !== undefined) {
      known.push(conversation);
      continue;
    }
    const named = !conversation.is_im && !conversation.is_mpim && conversation.name;
    windows.put(conversation.id, windows.get(conversation.id));
    const stored = context.emit({
      events: [told(work, conversation), historyEvent(conversation.id, named ? `#${named}` : undefined)],
      origin: 'history',
      checkpoint: windows.checkpoint(conversation.id),
    });
    // Told below; should the loop end early, that is what is told.
    stored.catch(() => undefined);
    storing.push(stored);
  }
  const there = new Set(found.map(({ id }) => id));
  // A direct conversation that is missing was only put out of sight; writing there opens it again.
  const ids = found.filter(({ is_im: direct, is_mpim: group }) => !direct && !group).map(({ id }) => id);
  const gone = before.filter((id) => !there.has(id) && !id.startsWith('D'));
  for (const id of gone) windows.leave(id);
  const left = gone.map((id) => leftEvent(id, work.web.now()));
  const listed = context.emit({
    events: [...known.map((conversation) => told(work, conversation)), ...left],
    origin: 'history',
    checkpoint: { scope: idsScope, cursor: asCursor(JSON.stringify(ids)) },
  });
  await Promise.all([...storing, listed]);
}

/** Those whose history has begun, the most lately used first. */
export const followed = ({ windows }: Work): readonly string[] =>
  windows.channels
    .filter((channel) => !isUntouched(windows.get(channel)))
    .toSorted((a, b) => compareTs(windows.get(b).seen, windows.get(a).seen));
