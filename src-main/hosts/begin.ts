import { enterDemo } from './demo.ts';
import type { HubDoor } from './door.ts';
import { enterNetworks, type Network } from './networks.ts';
import { clearUploads } from './uploads.ts';

export interface Beginning {
  readonly demo: boolean;
  /** Simulated networks to look around in instead of the made-up world. */
  readonly networks: readonly Network[] | undefined;
  /** Archives to import, absolute paths. */
  readonly imports: readonly string[];
  /** Folder of uploads, to be tidied. */
  readonly uploads: string;
}
const caller = { window: 'host' };

/** What a host does once its hub is up. What goes wrong is told by `say`; it never stops the start. */
export const begin = async (
  hub: HubDoor,
  { demo, networks, imports, uploads }: Beginning,
  say: (line: string) => void,
): Promise<void> => {
  try {
    if (networks) await enterNetworks(hub, networks, say);
    else if (demo) await enterDemo(hub);
    const list = await hub.call('import.list', {}, caller);
    if (list.ok) await clearUploads(uploads, unfinished(list.value));
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  for (const path of imports) {
    const reply = await hub.call('import.start', { path }, caller);
    if (!reply.ok) say(`${path}: ${reply.error.message}`);
  }
};

/** Paths of imports that are to go on. */
const unfinished = (views: unknown): string[] => {
  if (!Array.isArray(views)) return [];
  return views.flatMap((view: { path?: unknown; state?: unknown }) =>
    typeof view.path === 'string' && (view.state === 'running' || view.state === 'paused') ? [view.path] : [],
  );
};
