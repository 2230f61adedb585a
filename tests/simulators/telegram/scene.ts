import type { Faults } from './faults.ts';
import type { Answer, Asked, Connection, MtprotoServer } from './mtproto/server.ts';
import { RpcError } from './mtproto/server.ts';
import type { Telling } from './telling.ts';
import { inputPeer } from './tl.ts';
import type { Peer, World } from './world.ts';

/** Who may log in, and how. */
export interface Credentials {
  readonly apiId: number;
  readonly apiHash: string;
  readonly phone: string;
  readonly code: string;
  /** Two-step verification, where the account has it. */
  readonly password: string | undefined;
  readonly botToken: string;
}
/** What a method may use. */
export interface Scene {
  readonly world: World;
  readonly telling: Telling;
  readonly faults: Faults;
  readonly server: MtprotoServer;
  readonly credentials: Credentials;
  readonly port: () => number;
  readonly from: Connection;
}
export interface Method {
  /** Answers a request of its kind; undefined for any other. */
  readonly answer: (asked: Asked, scene: Scene) => Promise<Answer> | undefined;
}
/** One method of the API. The library's codec refuses unknown parameters and demands required ones on its own. */
export const on = <T extends object>(
  type: abstract new (...args: never) => T,
  answer: (request: T, scene: Scene) => Answer | Promise<Answer>,
): Method => ({
  answer: (asked, scene) => (asked instanceof type ? Promise.resolve().then(() => answer(asked, scene)) : undefined),
});

/** The key this connection has. Throws where there is none, which cannot be. */
export function keyOf({ from }: Scene) {
  if (!from.key) throw new RpcError(401, 'AUTH_KEY_UNREGISTERED');
  return from.key;
}
/** The peer an input means, as the server resolves it; throws PEER_ID_INVALID as it does. */
export function resolve({ world }: Scene, input: unknown): Peer {
  const peer = inputPeer(world, input);
  if (!peer) throw new RpcError(400, 'PEER_ID_INVALID');
  return peer;
}
export function channelOf(scene: Scene, input: unknown): Peer {
  const peer = inputPeer(scene.world, input);
  if (peer?.kind !== 'channel') throw new RpcError(400, 'CHANNEL_INVALID');
  return peer;
}
