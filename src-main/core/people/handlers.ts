import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { Store } from '../../store/api.ts';

export const peopleHandlers = (store: Store): Handlers<'people.find' | 'people.get'> => ({
  'people.find': (query) => store.query('people.find', query),
  'people.get': (query) => store.query('people.get', query),
});
