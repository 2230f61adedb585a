import { ChannelError } from '../../../src-shared/channel.ts';
import { authWords } from '../errors.ts';
import { AboutUser, Body, Revoked } from '../wire/events.ts';
import { type Batches, quiet } from './batches.ts';
import { aboutConversation } from './live-conversations.ts';
import { notDisturbed, pin, reaction } from './live-marks.ts';
import { messageBatches } from './live-messages.ts';
import type { Refresher } from './refresh.ts';
import type { Work } from './work.ts';

/** Events are delivered again until they are acknowledged; so many of the last are known by name. */
const remembered = 2000;

/** Events about the one they are told to. */
const personal = new Set([
  'channel_left',
  'group_left',
  'channel_joined',
  'group_joined',
  'im_created',
  'im_open',
  'mpim_open',
  'group_open',
]);

/** An event that was handed in to be stored. */
export interface Taken {
  /** Resolves once it is committed; rejects when it was not. */
  readonly stored: Promise<unknown>;
}
/**
 * What happened on the network, one event at a time: the next may be taken once this one is handed in, for what is emitted is
 * stored in order. Rejects when an event could not be handed in.
 */
export interface Live {
  take(body: unknown): Promise<Taken>;
}
const nothing: Taken = { stored: Promise.resolve() };
export function createLive(work: Work, refresher: Refresher): Live {
  const taken = new Map<string, Taken>();
  return {
    async take(body) {
      const read = Body.safeParse(body).data;
      if (!read) {
        work.log.warn('An event of Slack was not understood');
        return nothing;
      }
      const { event, event_id: id, authorizations = [] } = read;
      const toAnother = authorizations.length > 0 && !authorizations.some(({ user_id: user }) => user === work.me);
      // Who installed the same app comes and goes by themselves.
      if (toAnother && personal.has(event.type)) return nothing;
      const before = id === undefined ? undefined : taken.get(id);
      if (before) return before;
      const batches = await batchesOf(work, refresher, event);
      const storing: Promise<void>[] = [];
      for (const make of batches) {
        const batch = make();
        if (!batch) continue;
        const one = work.context.emit(batch);
        // Told by `stored`; should the next batch not come about, that is what is told.
        one.catch(() => undefined);
        storing.push(one);
      }
      const stored = Promise.all(storing);
      if (id === undefined) return { stored };
      taken.set(id, { stored });
      stored.catch(() => taken.delete(id));
      const [oldest] = taken.keys();
      if (taken.size > remembered && oldest !== undefined) taken.delete(oldest);
      return { stored };
    },
  };
}

async function batchesOf(work: Work, refresher: Refresher, event: { readonly type: string }): Promise<Batches> {
  switch (event.type) {
    case 'message':
      return messageBatches(work, event);
    case 'reaction_added':
    case 'reaction_removed':
      return reaction(work, event);
    case 'pin_added':
    case 'pin_removed':
      return pin(work, event);
    case 'user_change':
    case 'user_profile_changed':
    case 'team_join':
      return quiet(work.directory.learn(AboutUser.safeParse(event).data?.user));
    case 'dnd_updated_user':
      return notDisturbed(work, event);
    case 'emoji_changed':
      refresher.emoji();
      return [];
    case 'tokens_revoked':
      if (Revoked.safeParse(event).data?.tokens?.oauth?.includes(work.me) === false) return [];
      throw new ChannelError('auth', 'refused', authWords('it was revoked'));
    case 'app_uninstalled':
      throw new ChannelError('auth', 'refused', authWords('the app was removed from the workspace'));
    default:
      return aboutConversation(work, refresher, event);
  }
}
