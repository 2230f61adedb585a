import { Buffer } from 'node:buffer';
import {
  CryptoProvider,
  type INetworkModule,
  InteractionRequiredAuthError,
  PublicClientApplication,
} from '@azure/msal-node';
import {
  AuthenticationHandler,
  Client,
  type Context,
  FileUpload,
  GraphError,
  LargeFileUploadTask,
  type Middleware,
  OneDriveLargeFileUploadTask,
  PageIterator,
  RetryHandler,
  RetryHandlerOptions,
} from '@microsoft/microsoft-graph-client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { me } from '../../simulators/_base/index.ts';
import { client, type Microsoft, scopes, startMicrosoft } from '../../simulators/microsoft/index.ts';
import { chatScopes, idOf } from '../../simulators/microsoft/teams/index.ts';

/**
 * The simulated Microsoft is held against Microsoft's own clients: what they cannot work with is no Microsoft. The hub
 * itself does without them (docs/decisions/graph-over-fetch.md).
 */
let microsoft: Microsoft;
beforeEach(async () => {
  microsoft = await startMicrosoft({ messages: 45, teams: { talks: 4, messages: 120 } });
});
afterEach(() => microsoft.stop());

/** Both know Microsoft's own addresses alone, and by https: here these lead to the simulator, both ways, as by a proxy. */
const addresses = ['https://login.microsoftonline.com', 'https://graph.microsoft.com', 'https://uploads.example'];
async function door(asked: string, init: RequestInit): Promise<Response> {
  const { origin, pathname, search } = new URL(asked);
  if (!addresses.includes(origin)) throw new Error(`${origin} is not Microsoft`);
  const answer = await fetch(`${microsoft.address}${pathname}${search}`, init);
  const { status, headers } = answer;
  if (status === 204) return new Response(null, { status, headers });
  if (!headers.get('content-type')?.includes('json'))
    return new Response(await answer.arrayBuffer(), { status, headers });
  const text = (await answer.text())
    .replaceAll(new RegExp(`${microsoft.address}(?=/(?:drive-)?upload/)`, 'g'), 'https://uploads.example')
    .replaceAll(microsoft.address, 'https://graph.microsoft.com');
  const kept = new Headers(headers);
  kept.delete('content-length');
  return new Response(text, { status, headers: kept });
}

const networkClient: INetworkModule = {
  sendGetRequestAsync: (url, options) => asked(url, { method: 'GET', headers: options?.headers ?? {} }),
  sendPostRequestAsync: (url, options) =>
    asked(url, { method: 'POST', headers: options?.headers ?? {}, body: options?.body ?? '' }),
};
async function asked<T>(url: string, init: RequestInit) {
  const answer = await door(url, init);
  const body: T = await answer.json();
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body };
}
const login = () =>
  new PublicClientApplication({
    auth: { clientId: client.id, authority: `https://login.microsoftonline.com/${client.tenant}` },
    system: { networkClient, disableInternalRetries: true },
  });
const wanted = [...scopes, ...chatScopes].filter((scope) => scope !== 'offline_access');

class Door implements Middleware {
  async execute(context: Context): Promise<void> {
    context.response = await door(String(context.request), context.options ?? {});
  }
}
/** Microsoft's chain, but for its end. */
function graph(): Client {
  const { access_token: token } = microsoft.grants.issue('me', [...wanted, 'offline_access'].join(' '));
  const middleware = new AuthenticationHandler({ getAccessToken: async () => token });
  const retries = new RetryHandler(new RetryHandlerOptions(0, 2));
  middleware.setNext(retries);
  retries.setNext(new Door());
  return Client.initWithMiddleware({ middleware });
}
/** Every page there is. */
async function everything(
  client: Client,
  path: string,
): Promise<{ ids: readonly string[]; delta: string | undefined }> {
  const ids: string[] = [];
  const pages = new PageIterator(client, await client.api(path).get(), ({ id }: { id: string }) => {
    ids.push(id);
    return true;
  });
  await pages.iterate();
  return { ids, delta: pages.getDeltaLink() };
}

describe('Microsoft’s own login library', () => {
  it('logs in by a code with PKCE, renews what runs out, and is told when access was taken back', async () => {
    const app = login();
    const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
    const request = { scopes: wanted, redirectUri: 'http://localhost:53682/' };
    const url = await app.getAuthCodeUrl({
      ...request,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      responseMode: 'query',
      state: 'a-state-nobody-guesses',
      prompt: 'select_account',
      loginHint: me.email,
    });
    const page = new URL(url);
    const answer = await fetch(`${microsoft.address}${page.pathname}${page.search}`, { redirect: 'manual' });
    const back = new URL(answer.headers.get('location') ?? '');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      state: 'a-state-nobody-guesses',
      code: expect.stringMatching(/./),
    });
    const code = back.searchParams.get('code') ?? '';
    const given = await app.acquireTokenByCode({ ...request, code, codeVerifier: verifier });
    expect(given.account).toMatchObject({ username: me.email, localAccountId: idOf(me), name: me.name });
    expect(given.scopes).toEqual(expect.arrayContaining(['Mail.ReadWrite', 'Chat.ReadWrite']));
    expect(microsoft.grants.authenticate(given.accessToken)).toEqual({ subject: 'me' });
    const { account } = given;
    if (!account) throw new Error('nobody logged in');

    const [first] = microsoft.grants.refreshTokens;
    const renewed = await app.acquireTokenSilent({ account, scopes: wanted, forceRefresh: true });
    expect(renewed).toMatchObject({ fromCache: false });
    expect(renewed.accessToken).not.toBe(given.accessToken);
    // The former refresh token is worth nothing any more: it is the new one that is used.
    expect(microsoft.grants.refreshTokens).not.toContain(first);
    await app.acquireTokenSilent({ account, scopes: wanted, forceRefresh: true });
    microsoft.grants.revoke();
    const refused = await app
      .acquireTokenSilent({ account, scopes: wanted, forceRefresh: true })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InteractionRequiredAuthError);
    expect(refused).toMatchObject({ errorCode: 'invalid_grant', subError: 'bad_token' });
  });

  it('logs in by a code that is typed on another device', async () => {
    const shown: string[] = [];
    const given = await login().acquireTokenByDeviceCode({
      scopes: wanted,
      deviceCodeCallback({ userCode, verificationUri }) {
        shown.push(userCode, verificationUri);
        microsoft.grants.deviceAllowed = true;
      },
    });
    expect(shown).toEqual(['BELL-TOWR', 'https://login.example/device']);
    expect(given?.account).toMatchObject({ username: me.email });
  });
});

describe('Microsoft’s own Graph client', () => {
  it('goes through every page of mail and chats, and on from a delta until Graph has forgotten it', async () => {
    const client = graph();
    expect(await client.api('/me').get()).toMatchObject({ mail: me.email });
    const { mailbox } = microsoft;
    const inbox = mailbox.messages.filter(({ folder }) => folder === mailbox.folder('inbox').id).map(({ id }) => id);
    const listed = await everything(client, '/me/mailFolders/inbox/messages?$top=5&$select=id,subject');
    expect(listed.ids).toHaveLength(inbox.length);
    const delta = await everything(client, '/me/mailFolders/inbox/messages/delta?$select=id');
    expect(delta.ids).toHaveLength(inbox.length);
    microsoft.write('A word from the council');
    const news = await client.api(delta.delta ?? '').get();
    expect(news.value).toHaveLength(1);
    microsoft.deltas.forget();
    const gone = await client
      .api(news['@odata.deltaLink'])
      .get()
      .catch((error: unknown) => error);
    expect(gone).toBeInstanceOf(GraphError);
    expect(gone).toMatchObject({ statusCode: 410, code: expect.stringMatching(/^syncState/i) });

    const { world } = microsoft.teams;
    const chats = await everything(client, '/me/chats?$top=2&$expand=members,lastMessagePreview');
    expect(chats.ids.toSorted()).toEqual(world.chats.map(({ id }) => id).toSorted());
    const [{ id } = { id: '' }] = world.chats;
    const said = await everything(client, `/chats/${id}/messages?$top=7&$orderby=createdDateTime desc`);
    const there = world.within(id).toSorted((a, b) => b.at - a.at);
    expect(said.ids).toEqual(there.map((one) => one.id));
  });

  it('writes, reacts and waits as it is told to', async () => {
    const client = graph();
    const { world } = microsoft.teams;
    const [chat] = world.chats;
    const reply = {
      status: 429,
      headers: { 'retry-after': '0' },
      json: { error: { code: 'TooManyRequests', message: 'no' } },
    };
    microsoft.faults.arm({ method: 'POST', path: /messages$/ }, { is: 'answer', reply });
    const sent = await client
      .api(`/chats/${chat?.id}/messages`)
      .post({ body: { contentType: 'html', content: '<p>By hand</p>' } });
    const one = world.message(chat?.id ?? '', sent.id);
    expect(one.body.content).toBe('<p>By hand</p>');
    await client.api(`/chats/${chat?.id}/messages/${sent.id}/setReaction`).post({ reactionType: '💘' });
    expect(one.reactions.map(({ type }) => type)).toEqual(['💘']);
    const odd = await client
      .api(`/chats/${chat?.id}/messages/${sent.id}/setReaction`)
      .post({ reactionType: ':parrot:' })
      .catch((error: unknown) => error);
    expect(odd).toMatchObject({ statusCode: 400 });
  });

  it('uploads large files piece by piece: to a letter, and to where those of chats lie', async () => {
    const client = graph();
    const bytes = new Uint8Array(4_000_000).fill(66);
    const mime = Buffer.from('MIME-Version: 1.0\r\nSubject: A plan\r\n\r\nHere it is.\r\n').toString('base64');
    const draft = await client
      .api('/me/messages')
      .headers({ 'content-type': 'text/plain', prefer: 'IdType="ImmutableId"' })
      .post(mime);
    const session = await LargeFileUploadTask.createUploadSession(
      client,
      `/me/messages/${draft.id}/attachments/createUploadSession`,
      { AttachmentItem: { attachmentType: 'file', name: 'plan.pdf', size: bytes.length } },
    );
    const file = new FileUpload(bytes.buffer, 'plan.pdf', bytes.length);
    await new LargeFileUploadTask(client, file, session, { rangeSize: 3 * 320 * 1024 }).upload();
    const [kept] = microsoft.mailbox.message(draft.id).files;
    expect(kept).toMatchObject({ name: 'plan.pdf' });
    expect(kept?.bytes).toHaveLength(bytes.length);

    const options = {
      path: '/Microsoft Teams Chat Files/',
      fileName: 'plan.pdf',
      conflictBehavior: 'rename',
      rangeSize: 1_000_000,
    };
    const task = await OneDriveLargeFileUploadTask.create(client, bytes, options);
    const done = await task.upload();
    const [lies] = microsoft.teams.drive.files.slice(-1);
    expect(done.responseBody).toMatchObject({ id: lies?.id, name: 'plan.pdf' });
    expect(lies?.bytes).toHaveLength(bytes.length);
  });
});
