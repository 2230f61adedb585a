import { AsyncLocalStorage } from 'node:async_hooks';
import type { HostContact } from '../../../src-shared/ipc/index.ts';

/** What a connection is opened for. */
export type Errand = Pick<HostContact, 'why' | 'who'>;

const errands = new AsyncLocalStorage<Errand>();

/** Whatever `work` connects to, now or later, is on this errand; an inner one counts before an outer one. */
export const onErrand = <T>(errand: Errand, work: () => T): T => errands.run(errand, work);
export const currentErrand = (): Errand | undefined => errands.getStore();

/** The errand of a call from a window, by its name. */
export const errandOfCall = (name: string): Errand => ({
  why: name.startsWith('login.') ? 'login' : name === 'accounts.test' ? 'test' : 'other',
  who: '',
});
