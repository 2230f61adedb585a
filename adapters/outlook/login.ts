import { ChannelError, type LoginDone, type LoginEnvironment, type LoginFlow } from '../../src-shared/channel.ts';
import { type ClientStep, GraphConfig, graphLogin } from '../_kit/graph/index.ts';
import { holdSecrets, type Steps, type TokenSet, tokensSecret } from '../_kit/oauth/index.ts';
import { neededScopes, openOutlook, scopes } from './outlook.ts';
import { readOwner } from './owner.ts';

export const logins = [
  { id: 'browser', label: 'With Microsoft, in your browser' },
  { id: 'device', label: 'With Microsoft, by a code on another device' },
] as const satisfies readonly LoginFlow[];

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

/** Ends in an account, or is begun anew. */
export async function* login(flow: string, environment: LoginEnvironment): Steps<LoginDone> {
  const by = logins.find(({ id }) => id === flow)?.id;
  if (by === undefined) throw new ChannelError('login', 'refused', `Outlook has no login called “${flow}”.`);
  const { existing } = environment;
  return yield* graphLogin(environment, {
    by,
    step: clientStep,
    first: GraphConfig.safeParse(existing?.config).data ?? { clientId: '', tenant: 'common' },
    configOf: (filledIn) => filledIn,
    scopes,
    needed: neededScopes,
    missing: 'Access to the mailbox was not given. Try again and accept all of it.',
    hint: existing?.key,
    opening: 'Opening the mailbox',
    accountOf: (config, tokens) => accountOf(config, tokens, environment),
  });
}

/** Whose mailbox it is, which only Microsoft can tell. */
async function accountOf(config: GraphConfig, tokens: TokenSet, environment: LoginEnvironment): Promise<LoginDone> {
  const secrets = holdSecrets({ [tokensSecret]: JSON.stringify(tokens) });
  const { signal, existing } = environment;
  const graph = openOutlook({ ...environment, secrets }, { key: 'login', config }, signal);
  const { address: key, identities } = await readOwner(graph, signal);
  if (key === undefined) throw new ChannelError('setup', 'refused', 'This Microsoft account has no mail address.');
  // Whether there is a mailbox at all shows only when it is opened.
  await graph.tell({ path: '/me/mailFolders/inbox', query: { $select: 'id' } }, { signal });
  const label = existing?.key === key ? existing.label : key;
  return {
    account: { key, label, identities, config: { ...config } },
    secrets: secrets.all(),
  };
}
