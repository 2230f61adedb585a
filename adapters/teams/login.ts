import { ChannelError, type LoginDone, type LoginEnvironment, type LoginFlow } from '../../src-shared/channel.ts';
import { type ClientStep, graphLogin } from '../_kit/graph/index.ts';
import { holdSecrets, type Steps, type TokenSet, tokensSecret } from '../_kit/oauth/index.ts';
import { userKey } from './ids.ts';
import { neededScopes, openTeams, scopesFor, TeamsConfig } from './teams.ts';
import { Me } from './wire.ts';

interface Flow extends LoginFlow {
  readonly by: 'browser' | 'device';
  readonly channels: boolean;
}
const flows: readonly Flow[] = [
  { id: 'browser', label: 'Chats, in your browser', by: 'browser', channels: false },
  { id: 'browser-channels', label: 'Chats and channels, in your browser', by: 'browser', channels: true },
  { id: 'device', label: 'Chats, by a code on another device', by: 'device', channels: false },
  { id: 'device-channels', label: 'Chats and channels, by a code on another device', by: 'device', channels: true },
];
export const logins: readonly LoginFlow[] = flows.map(({ id, label }) => ({ id, label }));

const steps = `Microsoft gives access to programs by an application of your own, registered once:
1. Register it: https://entra.microsoft.com/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade
   Choose “Accounts in any organizational directory”.
2. Under Authentication add the platform “Mobile and desktop applications” with the redirect http://localhost; for the login by code switch on “Allow public client flows”.
3. Copy the “Application (client) ID” here. There is no secret.`;
const forChats =
  'Chats need no administrator, unless your organisation wants one for every application. Channels are a login of their own.';
const forChannels =
  'For channels an administrator of your organisation must agree once, for Microsoft gives nobody else ChannelMessage.Read.All. Without one, choose the login for chats alone.';

/** Ends in an account, or is begun anew. */
export async function* login(id: string, environment: LoginEnvironment): Steps<LoginDone> {
  const flow = flows.find((one) => one.id === id);
  if (!flow) throw new ChannelError('login', 'refused', `Teams has no login called “${id}”.`);
  const { by, channels } = flow;
  const { existing } = environment;
  const known = existing?.identities[0]?.name;
  return yield* graphLogin<TeamsConfig>(environment, {
    by,
    step: clientStep(channels),
    first: { clientId: '', tenant: 'organizations', ...TeamsConfig.safeParse(existing?.config).data, channels },
    configOf: (filledIn) => ({ ...filledIn, channels }),
    scopes: scopesFor(channels),
    needed: neededScopes(channels),
    missing: missing(channels),
    hint: known?.includes('@') ? known : undefined,
    opening: 'Opening your chats',
    accountOf: (config, tokens) => accountOf(config, tokens, environment),
    wordsFor: (cause) => wordsFor(cause, channels),
  });
}

const missing = (channels: boolean): string =>
  channels
    ? 'Access to channels was not given: an administrator of your organisation has to agree. Ask one, or choose the login for chats alone.'
    : 'Access to chats was not given. Try again and accept all of it.';
/** A refusal on Microsoft's page, with what can be done about it. */
function wordsFor({ code, message }: ChannelError, channels: boolean): string {
  if (code !== 'denied' && code !== 'scope') return message;
  return channels
    ? `${code === 'denied' ? `${message} ` : ''}Channels need the consent of an administrator of your organisation. Ask one, or choose the login for chats alone.`
    : `${message} If the page asked for an administrator: your organisation wants one to agree to each application.`;
}

const clientStep = (channels: boolean): ClientStep => ({
  title: channels ? 'Connect Teams: chats and channels' : 'Connect Teams: chats',
  text: `${steps}\n${channels ? forChannels : forChats}`,
  tenant: 'organizations',
  tenantHelp: '“organizations” for any; the directory’s ID when the application is for one organisation.',
});

/** Who one is, which only Microsoft can tell. */
async function accountOf(config: TeamsConfig, tokens: TokenSet, environment: LoginEnvironment): Promise<LoginDone> {
  const secrets = holdSecrets({ [tokensSecret]: JSON.stringify(tokens) });
  const { signal, existing } = environment;
  const graph = openTeams({ ...environment, secrets }, { key: 'login', config }, signal);
  const query = { $select: 'id,displayName,mail,userPrincipalName' };
  const { id, mail, userPrincipalName, displayName } = await graph.ask(Me, { path: '/me', query }, { signal });
  const key = userKey(id);
  // Whether there is Teams at all shows only when it is opened: not for personal accounts, nor without a licence.
  try {
    await graph.tell({ path: '/me/chats', query: { $top: '1' } }, { signal });
  } catch (error) {
    if (!(error instanceof ChannelError) || error.outcome !== 'refused' || error.code === 'scope') throw error;
    throw new ChannelError(
      'setup',
      'refused',
      'This account has no Teams that Microsoft opens to programs: it takes an account of work or school with a licence for Teams.',
      { cause: error },
    );
  }
  const address = mail || userPrincipalName || '';
  const label = address || displayName || 'Microsoft Teams';
  return {
    account: {
      key,
      label: existing?.key === key ? existing.label : label,
      identities:
        existing?.key === key ? existing.identities : [{ key, ...(displayName ? { name: displayName } : {}) }],
      config: { ...config },
    },
    secrets: secrets.all(),
  };
}
