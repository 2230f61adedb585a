import {
  ChannelError,
  type LoginAnswers,
  type LoginDone,
  type LoginEnvironment,
  type LoginField,
  type LoginStep,
} from '../../src-shared/channel.ts';
import { Config, readApiUrl, secretNames, usualApi } from './config.ts';
import { appTokenWords, scopeWords } from './errors.ts';
import { accountKey, userKey } from './ids.ts';
import { manifestText, missingScopes } from './manifest.ts';
import { nameOfUser } from './map/setting.ts';
import { createWeb, type Web } from './web.ts';
import { AuthTest, Nothing, UserInfo } from './wire/answers.ts';

export const flow = { id: 'tokens', label: 'With an app of your own' };

const explained = `Slack gives access to programs by an app of your own, made once:
1. Open https://api.slack.com/apps?new_app=1, choose “From a manifest” and your workspace.
2. Choose JSON, replace what stands there by the manifest below, and press “Create”.
3. On the left “Install App”, then “Install to Workspace”. Copy the “User OAuth Token” (xoxp-…) here.
4. For news at once: “Basic Information”, “App-Level Tokens”, “Generate”, add the scope connections:write. Copy it (xapp-…) here. Without it Slack is asked every now and then.
More: https://docs.slack.dev/app-manifests/configuring-apps-with-app-manifests`;

const fields = (answers: LoginAnswers, apiUrl: string): readonly LoginField[] => [
  {
    id: 'manifest',
    label: 'Manifest',
    type: 'text',
    value: manifestText(),
    help: 'Select all of it and copy.',
  },
  { id: 'userToken', label: 'User OAuth Token', type: 'password', required: true, value: answers.userToken ?? '' },
  {
    id: 'appToken',
    label: 'App-Level Token',
    type: 'password',
    value: answers.appToken ?? '',
    help: 'May be left empty: then news take up to a few minutes.',
  },
  {
    id: 'apiUrl',
    label: 'Address of the Web API',
    type: 'text',
    value: answers.apiUrl ?? apiUrl,
    help: 'Another one only for GovSlack: https://slack-gov.com/api/',
    advanced: true,
  },
];

/** Asks until both tokens are good; nothing is kept open between two questions. */
export async function* login(
  flowId: string,
  environment: LoginEnvironment,
): AsyncGenerator<LoginStep, LoginDone, LoginAnswers> {
  if (flowId !== flow.id) throw new ChannelError('flow', 'refused', `Slack has no way in called ${flowId}.`);
  const before = Config.safeParse(environment.existing?.config).data;
  let answers: LoginAnswers = {};
  let error: string | undefined;
  for (;;) {
    answers = yield {
      show: 'fields',
      id: 'tokens',
      title: 'Connect Slack',
      text: explained,
      fields: fields(answers, before?.apiUrl ?? usualApi),
      ...(error !== undefined && { error }),
    };
    const tried = await attempt(answers, environment, before);
    if (typeof tried !== 'string') return tried;
    error = tried;
  }
}

/** The account, or a sentence about what was wrong. */
async function attempt(
  answers: LoginAnswers,
  environment: LoginEnvironment,
  before: Config | undefined,
): Promise<LoginDone | string> {
  const userToken = (answers.userToken ?? '').trim();
  const appToken = (answers.appToken ?? '').trim();
  const url = readApiUrl(answers.apiUrl ?? '');
  if (typeof url === 'string') return url;
  const mistaken = mistake(userToken, appToken);
  if (mistaken !== undefined) return mistaken;
  const ending = new AbortController();
  const over = AbortSignal.any([environment.signal, ending.signal]);
  const web = (token: string): Web =>
    createWeb({
      apiUrl: url.href,
      token,
      fetch: environment.fetch,
      clock: environment.clock,
      log: environment.log,
      over,
    });
  try {
    environment.progress?.('Asking Slack who you are');
    const client = web(userToken);
    const who = await client.call('auth.test', {}, { answer: AuthTest, signal: over });
    if (before && (before.team !== who.team_id || before.user !== who.user_id))
      return 'This token belongs to another person or workspace than the account being mended.';
    const missing = missingScopes(client.scopes);
    if (missing.length > 0) return scopeWords(missing);
    if (appToken !== '') {
      environment.progress?.('Trying the live connection');
      await tryAppToken(web(appToken), over);
    }
    const { user } = await client.call('users.info', { user: who.user_id }, { answer: UserInfo, signal: over });
    return {
      account: {
        key: accountKey(who.team_id, who.user_id),
        label: who.team ?? who.team_id,
        identities: [{ key: userKey(who.user_id), name: nameOfUser(user) }],
        config: { apiUrl: url.href, team: who.team_id, user: who.user_id, ...(who.team && { teamName: who.team }) },
      },
      secrets: { [secretNames.user]: userToken, [secretNames.app]: appToken },
    };
  } catch (cause) {
    environment.signal.throwIfAborted();
    if (!(cause instanceof ChannelError)) throw cause;
    return cause.message;
  } finally {
    ending.abort();
  }
}

/** What can be seen of a token without asking. */
function mistake(userToken: string, appToken: string): string | undefined {
  if (userToken === '') return 'The user token is missing. It is shown under “Install App” once the app is installed.';
  if (userToken.startsWith('xoxb-'))
    return 'This is a bot token (xoxb-). Carillon acts as you, so it needs the “User OAuth Token”, which begins with xoxp-.';
  if (userToken.startsWith('xapp-')) return 'This is the app-level token (xapp-): it belongs in the other field.';
  if (appToken !== '' && !appToken.startsWith('xapp-'))
    return 'This is not an app-level token: those begin with xapp- and are made under “Basic Information”.';
  return undefined;
}

/** An address for a live connection is asked for and not used. */
async function tryAppToken(web: Web, signal: AbortSignal): Promise<void> {
  try {
    await web.call('apps.connections.open', {}, { answer: Nothing, signal });
  } catch (cause) {
    throw appTokenError(cause);
  }
}
/** A refusal of the app-level token names that token, not the user's. */
export function appTokenError(cause: unknown): unknown {
  if (!(cause instanceof ChannelError) || cause.outcome !== 'refused') return cause;
  const reason =
    cause.code === 'scope'
      ? 'it lacks the scope connections:write'
      : cause.code === 'auth'
        ? 'it was revoked or mistyped'
        : 'Socket Mode is switched off for the app, or the app may not use it';
  return new ChannelError('auth', 'refused', appTokenWords(reason), { cause });
}
