import type { AccountDescription, Channel, Clock, Log, LoginDone } from '../../../src-shared/channel.ts';
import type { Handlers } from '../../../src-shared/ipc/index.ts';
import type { AccountId } from '../../../src-shared/model/index.ts';
import type { AccountRow, Store } from '../../store/api.ts';
import type { Changes } from '../changes/index.ts';
import type { Registry } from '../channels/registry.ts';
import { CallError, notFound } from '../errors.ts';
import type { AccountSecrets, Supervisor } from '../supervisor/index.ts';
import { Login } from './login.ts';
import { needNoTwin } from './mailbox.ts';

export interface LoginServiceOptions {
  readonly store: Store;
  readonly registry: Registry;
  readonly supervisor: Supervisor;
  readonly changes: Changes;
  readonly clock: Clock;
  readonly log: Log;
  readonly fetch: typeof fetch;
  readonly secretsFor: (account: { channel: string; key: AccountDescription['key'] }) => AccountSecrets;
}

/** Logins under way. Ends in an account whose secrets were saved before it. */
export class LoginService {
  readonly #options: LoginServiceOptions;
  readonly #logins = new Map<string, Login>();

  constructor(options: LoginServiceOptions) {
    this.#options = options;
  }

  handlers(): Handlers<'login.start' | 'login.answer' | 'login.cancel'> {
    return {
      'login.start': async ({ channel: id, flow, account }) => {
        const existing = account === undefined ? undefined : this.#options.supervisor.runner(account).row;
        const channel = await this.#options.registry.load(existing?.channel ?? id);
        const login = this.#begin(channel, flow, existing);
        this.#logins.set(login.id, login);
        return this.#following(login, await login.answer({}));
      },
      'login.answer': async ({ login: id, answers }) => {
        const login = this.#logins.get(id);
        if (!login) throw notFound('The login');
        return this.#following(login, await login.answer(answers));
      },
      'login.cancel': async ({ login: id }) => {
        const login = this.#logins.get(id);
        this.#logins.delete(id);
        await login?.cancel();
        return null;
      },
    };
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#logins.values()].map((login) => login.cancel()));
    this.#logins.clear();
  }

  #begin(channel: Channel, flow: string | undefined, existing: AccountRow | undefined): Login {
    const chosen = flow ?? channel.logins[0]?.id;
    if (chosen === undefined || !channel.logins.some((each) => each.id === chosen))
      throw new CallError('no-such-login', `${channel.name} has no such way to log in.`);
    const { clock, log, fetch, changes } = this.#options;
    return new Login({
      channel,
      flow: chosen,
      environment: { clock, log, fetch, existing: existing?.description },
      done: (result) => this.#save(channel, result, existing),
      changed: (view) => {
        if (view.step === null) this.#logins.delete(view.login);
        changes.emit('login', view);
      },
      progress: (login, doing) => changes.emit('login-progress', { login, doing }),
    });
  }

  #following<V extends { readonly step: unknown }>(login: Login, view: V): V {
    if (view.step === null) this.#logins.delete(login.id);
    return view;
  }

  /** Secrets first: an account without them could not connect, secrets without an account harm nobody. */
  async #save(channel: Channel, result: LoginDone, existing: AccountRow | undefined): Promise<AccountId> {
    const { store, supervisor } = this.#options;
    const { account: description, secrets } = result;
    if (existing && existing.description.key !== description.key)
      throw new CallError(
        'other-account',
        `That is ${description.label}, not ${existing.description.label}. Log in as the same person, or add a new account.`,
      );
    if (!existing) await needNoTwin(this.#options, channel, description.key);
    await this.#options.secretsFor({ channel: channel.id, key: description.key }).replace(secrets);
    const inboxIsLabel = channel.features.label?.inboxIsLabel ?? false;
    const saved = await store.command('account.save', { channel: channel.id, description, inboxIsLabel });
    const row = (await store.query('accounts', {})).find((each) => each.id === saved.account);
    if (!row) throw new CallError('internal', 'The account was saved but is not there.');
    await supervisor.renew(row);
    return saved.account;
  }
}
