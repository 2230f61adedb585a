import {
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginFlow,
} from '../../src-shared/channel.ts';
import { createHttp } from '../_kit/http/index.ts';
import {
  browserLogin,
  holdSecrets,
  type Steps,
  type TokenSet,
  tokensSecret,
  untilLoggedIn,
} from '../_kit/oauth/index.ts';
import { clientSecretName, GmailConfig, mailScope, providerOf, readServer } from './config.ts';
import { openGoogle } from './google.ts';
import { userKey } from './ids.ts';
import { Profile } from './wire.ts';

export const logins: readonly LoginFlow[] = [{ id: 'browser', label: 'With Google, in your browser' }];

const steps = `Google gives access to programs by a client of your own, made once:
1. Make a project: https://console.cloud.google.com/projectcreate
2. Enable the Gmail API: https://console.cloud.google.com/apis/library/gmail.googleapis.com and, for your contacts, the People API: https://console.cloud.google.com/apis/library/people.googleapis.com
3. Fill in the consent screen and publish it (“In production”): https://console.cloud.google.com/auth/overview
4. Create a client of the type “Desktop app” and copy its two lines here: https://console.cloud.google.com/auth/clients
Google will warn that the app is not verified: it is yours, choose “Advanced” and go on.`;

interface Client {
  readonly config: GmailConfig;
  readonly secret: string;
}

/** The client's two lines, then the browser, then a look whether the mailbox opens. What went wrong leads back to the lines. */
export async function* login(flow: string, environment: LoginEnvironment): Steps<LoginDone> {
  if (!logins.some(({ id }) => id === flow))
    throw new ChannelError('login', 'refused', `Gmail has no login called “${flow}”.`);
  const { existing, log, clock, signal, fetch } = environment;
  const before = GmailConfig.safeParse(existing?.config).data ?? { clientId: '' };
  return yield* untilLoggedIn<Client>(
    environment,
    { config: before, secret: '' },
    {
      ask: askClient,
      async *goOn(client) {
        const provider = providerOf(client.config, client.secret, existing?.key);
        const http = createHttp({ vendor: 'Google', fetch, clock, log, signal });
        const tokens = yield* browserLogin({ provider, http, clock, signal });
        if (!tokens.scopes.includes(mailScope))
          throw new ChannelError(
            'scope',
            'refused',
            'Access to the mailbox was not ticked. Try again and tick every box.',
          );
        environment.progress?.('Opening the mailbox');
        return await accountOf(client, tokens, environment);
      },
    },
  );
}

async function* askClient(known: Client, trouble: string | undefined): Steps<Client> {
  let error = trouble;
  let { clientId, server } = known.config;
  for (;;) {
    const answers: LoginAnswers = yield {
      show: 'fields',
      id: 'client',
      title: 'Connect Gmail',
      text: steps,
      fields: [
        { id: 'clientId', label: 'Client ID', type: 'text', required: true, value: clientId },
        { id: 'clientSecret', label: 'Client secret', type: 'password', required: true },
        {
          id: 'server',
          label: 'Simulated Google',
          type: 'text',
          advanced: true,
          help: 'Only to try Carillon out on this machine: http://127.0.0.1 and a port. Empty for Google itself.',
          ...(server === undefined ? {} : { value: server }),
        },
      ],
      ...(error === undefined ? {} : { error }),
    };
    clientId = (answers.clientId ?? '').trim();
    const secret = (answers.clientSecret ?? '').trim() || known.secret;
    const typed = (answers.server ?? '').trim();
    server = typed === '' ? undefined : readServer(typed);
    if (typed !== '' && server === undefined) error = 'A simulated Google is at http://127.0.0.1 and a port.';
    else if (clientId === '' || secret === '') error = 'Both the client ID and the client secret are needed.';
    else return { config: { clientId, ...(server === undefined ? {} : { server }) }, secret };
  }
}

/** Whose mailbox it is, which only the mailbox itself can tell. */
async function accountOf(
  { config, secret }: Client,
  tokens: TokenSet,
  environment: LoginEnvironment,
): Promise<LoginDone> {
  const secrets = holdSecrets({ [clientSecretName]: secret, [tokensSecret]: JSON.stringify(tokens) });
  const google = openGoogle({ ...environment, config, account: 'login', secrets });
  const { emailAddress } = await google.call(Profile, { signal: environment.signal }, () =>
    google.users.getProfile({ userId: 'me' }),
  );
  const key = userKey(emailAddress);
  const { existing } = environment;
  return {
    account: {
      key,
      label: existing?.key === key ? existing.label : emailAddress,
      identities: existing?.key === key ? existing.identities : [{ key }],
      config: { ...config },
    },
    secrets: secrets.all(),
  };
}
