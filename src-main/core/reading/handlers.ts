import type { FeatureName } from '../../../src-shared/channel.ts';
import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import type { Directory } from '../accounts/directory.ts';
import type { Presence } from '../people/index.ts';
import type { Supervisor } from '../supervisor/index.ts';
import { sourceOf, withSource } from './source.ts';

type Names =
  | 'inbox.page'
  | 'inbox.total'
  | 'inbox.newer'
  | 'inbox.counts'
  | 'labels.list'
  | 'conversation.get'
  | 'conversation.page'
  | 'conversation.thread'
  | 'conversation.pins'
  | 'message.get'
  | 'message.source'
  | 'message.versions'
  | 'search.query';

export const readingHandlers = ({
  store,
  directory,
  supervisor,
  presence,
  now,
}: {
  store: Store;
  directory: Directory;
  supervisor: Supervisor;
  presence: Presence;
  now: () => number;
}): Handlers<Names> => ({
  'inbox.page': (query) => store.query('list.page', query),
  'inbox.total': async (filter) => ({ total: await store.query('list.total', filter) }),
  'inbox.newer': async (filter) => ({ count: await store.query('list.newer', filter) }),
  'inbox.counts': ({ reading }) => store.query('list.counts', reading === undefined ? {} : { reading }),
  'labels.list': ({ account }) => store.query('labels', account === undefined ? {} : { account }),
  'conversation.get': async ({ conversation }) => {
    const found = await store.query('conversation', { conversation });
    if (!found) return null;
    const { channel, limits, readOnly } = await directory.of(found.account, conversation);
    const { limitsPatch: _patch, ...view } = found;
    const people = presence.of(
      view.account,
      [...view.members, ...view.people].map(({ key }) => key),
    );
    return {
      ...view,
      limits,
      readOnly,
      features: Object.keys(channel.features).filter(isFeature),
      ...(people.length > 0 && { presence: [...new Set(people)] }),
    };
  },
  'conversation.page': async ({ conversation, around, at, cursor, limit }) => {
    const page = await store.query('conversation.page', {
      conversation,
      limit,
      ...(around === undefined ? {} : { around }),
      ...(at === undefined ? {} : { at }),
      ...(cursor === undefined ? {} : { cursor }),
    });
    return { ...page, messages: await Promise.all(page.messages.map((view) => withSource(directory, view))) };
  },
  'conversation.thread': ({ message, before, limit }) =>
    store.query('conversation.thread', { message, limit, ...(before === undefined ? {} : { before }) }),
  'conversation.pins': (query) => store.query('conversation.pins', query),
  'message.get': async (query) => {
    const view = await store.query('message', query);
    return view && withSource(directory, view);
  },
  'message.source': ({ message }) => sourceOf({ store, directory, supervisor }, message),
  'message.versions': (query) => store.query('message.versions', query),
  'search.query': (query) => store.query('search', { ...query, now: now() }),
});

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
  'press',
  'typing',
  'presence',
  'drafts',
  'search',
  'contacts',
  'group',
]);
const isFeature = (name: string): name is FeatureName => names.has(name);
