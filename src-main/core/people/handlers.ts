import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';
import { CallError, notFound } from '../errors.ts';
import { readSettings } from '../settings/settings.ts';
import type { Pictures } from './pictures.ts';
import type { Presence } from './presence.ts';

type Names =
  | 'people.find'
  | 'people.reach'
  | 'people.get'
  | 'people.page'
  | 'people.picture'
  | 'people.ownEmoji'
  | 'people.presence'
  | 'people.merge'
  | 'people.split'
  | 'people.note'
  | 'files.page';

export const peopleHandlers = ({
  store,
  presence,
  pictures,
}: {
  store: Store;
  presence: Presence;
  pictures: Pictures;
}): Handlers<Names> => ({
  'people.find': (query) => store.query('people.find', query),
  'people.reach': ({ text, account, limit }) =>
    store.query('people.reach', { text, limit, ...(account === undefined ? {} : { account }) }),
  'people.get': (query) => store.query('people.get', query),
  'people.picture': (query) => pictures.get(query),
  'people.ownEmoji': ({ account }) => pictures.ownEmoji(account),
  'people.presence': async () => presence.all(),
  'people.page': (query) => store.query('people.page', query),
  'people.merge': async ({ into, from }) => {
    if (into === from) throw new CallError('invalid-input', 'A person cannot be merged with themselves.');
    const both = await Promise.all([into, from].map((person) => store.query('people.get', { person })));
    if (both.includes(null)) throw notFound('The person');
    await store.command('people.merge', { into, from });
    const { notifyRules } = await readSettings(store);
    const { [`person:${from}`]: left, ...rules } = notifyRules;
    if (left) await store.command('settings.set', { patch: { notifyRules: { [`person:${into}`]: left, ...rules } } });
    return null;
  },
  'people.note': async ({ person, text }) => {
    if (!(await store.query('people.get', { person }))) throw notFound('The person');
    await store.command('people.note', { person, text });
    return null;
  },
  'people.split': async ({ identities }) => {
    const { person } = await store.command('people.split', { identities });
    return { person };
  },
  'files.page': (query) => store.query('files.page', query),
});
