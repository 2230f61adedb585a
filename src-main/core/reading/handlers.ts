import type { FeatureName } from '../../../src-shared/channel.ts';
import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';

type Names =
  | 'inbox.page'
  | 'inbox.total'
  | 'inbox.counts'
  | 'labels.list'
  | 'conversation.get'
  | 'conversation.page'
  | 'message.get'
  | 'message.source'
  | 'message.versions'
  | 'search.query';

/** A source is for looking at: beyond this it is cut. Characters. */
const mostSource = 1_000_000;

export const readingHandlers = (store: Store, directory: Directory, now: () => number): Handlers<Names> => ({
  'inbox.page': (query) => store.query('list.page', query),
  'inbox.total': async (filter) => ({ total: await store.query('list.total', filter) }),
  'inbox.counts': () => store.query('list.counts', {}),
  'labels.list': ({ account }) => store.query('labels', account === undefined ? {} : { account }),
  'conversation.get': async ({ conversation }) => {
    const found = await store.query('conversation', { conversation });
    if (!found) return null;
    const { channel, limits, readOnly } = await directory.of(found.account, conversation);
    const { limitsPatch: _patch, ...view } = found;
    return { ...view, limits, readOnly, features: Object.keys(channel.features).filter(isFeature) };
  },
  'conversation.page': ({ conversation, around, at, cursor, limit }) =>
    store.query('conversation.page', {
      conversation,
      limit,
      ...(around === undefined ? {} : { around }),
      ...(at === undefined ? {} : { at }),
      ...(cursor === undefined ? {} : { cursor }),
    }),
  'message.get': (query) => store.query('message', query),
  'message.source': async ({ message }) => {
    const found = await store.query('message.source', { message });
    if (!found) return null;
    // Latin-1 shows every byte as one character; mail that is UTF-8 throughout reads better as that.
    const text = found.source ? decode(found.source) : JSON.stringify(found.raw ?? {}, null, 2);
    return { text: text.slice(0, mostSource), truncated: text.length > mostSource };
  },
  'message.versions': (query) => store.query('message.versions', query),
  'search.query': (query) => store.query('search', { ...query, now: now() }),
});

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('latin1').decode(bytes);
  }
}

const names: ReadonlySet<string> = new Set<FeatureName>([
  'backfill',
  'import',
  'edit',
  'remove',
  'react',
  'receipts',
  'flag',
  'label',
  'archive',
  'mute',
  'pin',
  'typing',
  'presence',
  'drafts',
  'search',
  'contacts',
  'group',
]);
const isFeature = (name: string): name is FeatureName => names.has(name);
