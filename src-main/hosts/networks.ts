import { z } from 'zod';
import type { LoginStep } from '../../src-shared/channel.ts';
import type { ChannelView, LoginView, Reply } from '../../src-shared/ipc/index.ts';
import type { HubDoor } from './door.ts';

/** On the command line of both hosts: real adapters, logged in to the simulated networks of the source tree. */
export const networksDemo = '--demo=networks';
/** Where `npm start` leaves what the simulated networks it runs take for a login. */
const variable = 'CARILLON_NETWORKS';
/** For the person who asks a finished program for them. */
export const noNetworks =
  '--demo=networks needs the simulated networks, which are in the source tree only. There: npm start -- --demo=networks. Here, --demo shows a made-up world.';

const Networks = z.array(
  z.object({
    name: z.string(),
    login: z.object({ channel: z.string(), flow: z.string(), fields: z.record(z.string(), z.string()) }),
  }),
);
export type Network = z.infer<typeof Networks>[number];

/** The simulated networks that run beside this process; undefined where none do. */
export const networksBeside = (env: NodeJS.ProcessEnv): readonly Network[] | undefined => {
  const given = env[variable];
  return given === undefined ? undefined : Networks.parse(JSON.parse(given));
};

const caller = { window: 'host' };
const value = <T>(reply: Reply<unknown>): T => {
  if (!reply.ok) throw new Error(reply.error.message);
  return reply.value as T;
};

/** Logs in to each as a person would, step by step. One that does not let in is told by `say`; the others go on. */
export const enterNetworks = async (
  hub: HubDoor,
  networks: readonly Network[],
  say: (line: string) => void,
): Promise<void> => {
  const known = new Set(value<readonly ChannelView[]>(await hub.call('channels.list', {}, caller)).map(({ id }) => id));
  for (const { name, login } of networks.filter((network) => known.has(network.login.channel))) {
    try {
      await enter(hub, login);
    } catch (error) {
      say(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
};

async function enter(hub: HubDoor, { channel, flow, fields }: Network['login']): Promise<void> {
  // What a login says by itself, once the browser was sent back, may come before anyone waits for it.
  const told: LoginView[] = [];
  let heard = Promise.withResolvers<void>();
  const off = hub.on((event, payload) => {
    if (event !== 'login') return;
    told.push(payload as LoginView);
    heard.resolve();
  });
  const next = async (login: string): Promise<LoginView> => {
    for (;;) {
      const at = told.findIndex((view) => view.login === login);
      const [view] = at < 0 ? [] : told.splice(at, 1);
      if (view) return view;
      heard = Promise.withResolvers();
      await heard.promise;
    }
  };
  try {
    let view = value<LoginView>(await hub.call('login.start', { channel, flow }, caller));
    while (view.step !== null) {
      const { step, login } = view;
      if (step.error !== undefined) throw new Error(step.error);
      if (step.show === 'browser') {
        await visit(step.url);
        view = await next(login);
      } else
        view = value<LoginView>(await hub.call('login.answer', { login, answers: answersTo(step, fields) }, caller));
    }
    if (view.error !== null) throw new Error(view.error);
  } finally {
    off();
  }
}

/** What the network gave for a login, by field; what it does not name stays as it stands there. */
function answersTo(step: LoginStep, given: Readonly<Record<string, string>>): Record<string, string> {
  if (step.show === 'choose') return { choice: given.choice ?? step.options[0]?.id ?? '' };
  if (step.show !== 'fields') throw new Error(`${step.title}: only a person can do this`);
  return Object.fromEntries(step.fields.map(({ id, value: standing }) => [id, given[id] ?? standing ?? '']));
}

/** The person's browser: it follows the page of consent, which allows by itself, back to this machine. */
async function visit(url: string): Promise<void> {
  if (new URL(url).hostname !== '127.0.0.1') throw new Error(`${new URL(url).host} is not a simulated network`);
  await (await fetch(url)).text();
}
