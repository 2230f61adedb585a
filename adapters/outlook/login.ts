import {
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginFlow,
  type LoginStep,
  type Secrets,
} from '../../src-shared/channel.ts';
import { askClient, type ClientStep, GraphConfig, providerOf, wordsOfScope } from '../_kit/graph/index.ts';
import { createHttp } from '../_kit/http/index.ts';
import { browserLogin, deviceLogin, type TokenSet, tokensSecret } from '../_kit/oauth/index.ts';
import { neededScopes, openOutlook, scopes } from './outlook.ts';
import { readOwner } from './owner.ts';

export const logins: readonly LoginFlow[] = [
  { id: 'browser', label: 'With Microsoft, in your browser' },
  { id: 'device', label: 'With Microsoft, by a code on another device' },
];

const steps = `Microsoft gives access to programs by an application of your own, registered once:
1. Register it: https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade
   Choose “Accounts in any organizational directory and personal Microsoft accounts”.
2. Under Authentication add the platform “Mobile and desktop applications” with the redirect http://localhost; for the login by code switch on “Allow public client flows”.
3. Copy the “Application (client) ID” here. There is no secret.
In an organisation an administrator may have to agree first.`;
const clientStep: ClientStep = {
  title: 'Connect Outlook',
  text: steps,
  tenant: 'common',
  tenantHelp: '“common” for accounts of any kind; the directory’s ID when the application is for one organisation.',
};

/** The application's line, then the browser or a code, then a look whether the mailbox opens. What went wrong leads back. */
export async function* login(
  flow: string,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, LoginDone, LoginAnswers> {
  if (!logins.some(({ id }) => id === flow))
    throw new ChannelError('login', 'refused', `Outlook has no login called “${flow}”.`);
  const { existing, log, clock, signal } = environment;
  const before = existing && GraphConfig.safeParse(existing.config).data;
  let config: GraphConfig = before ?? { clientId: '', tenant: 'common' };
  let error: string | undefined;
  for (;;) {
    config = yield* askClient(clientStep, config, error);
    const provider = providerOf(config, scopes, existing?.key);
    const http = createHttp({ vendor: 'Microsoft', fetch: environment.fetch, clock, log, signal });
    try {
      const options = { provider, http, clock, signal };
      const tokens =
        flow === 'device' ? yield* deviceLogin(options) : yield* browserLogin({ ...options, host: 'localhost' });
      const given = new Set(tokens.scopes.map(wordsOfScope));
      if (!neededScopes.every((scope) => given.has(wordsOfScope(scope))))
        throw new ChannelError(
          'scope',
          'refused',
          'Access to the mailbox was not given. Try again and accept all of it.',
        );
      environment.progress?.('Opening the mailbox');
      return await accountOf(config, tokens, environment);
    } catch (cause) {
      if (signal.aborted || !(cause instanceof ChannelError)) throw cause;
      log.info('login did not work', { code: cause.code });
      error = cause.message;
    }
  }
}

/** Whose mailbox it is, which only Microsoft can tell. */
async function accountOf(config: GraphConfig, tokens: TokenSet, environment: LoginEnvironment): Promise<LoginDone> {
  const secrets = new Map([[tokensSecret, JSON.stringify(tokens)]]);
  const held: Secrets = {
    get: async (name) => secrets.get(name),
    set: async (name, value) => void secrets.set(name, value),
  };
  const { signal, existing } = environment;
  const graph = openOutlook({ ...environment, secrets: held }, { key: 'login', config }, signal);
  const { address: key, identities } = await readOwner(graph, signal);
  if (key === undefined) throw new ChannelError('setup', 'refused', 'This Microsoft account has no mail address.');
  // Whether there is a mailbox at all shows only when it is opened.
  await graph.tell({ path: '/me/mailFolders/inbox', query: { $select: 'id' } }, { signal });
  const label = existing?.key === key ? existing.label : key;
  return {
    account: { key, label, identities, config: { ...config } },
    secrets: Object.fromEntries(secrets),
  };
}
