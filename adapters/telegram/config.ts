import { z } from 'zod';
import type { AccountDescription } from '../../src-shared/channel.ts';
import type { App } from './remote/client.ts';

/** What an account keeps in the open. The session and the api_hash are secrets. */
export const Config = z.object({
  apiId: z.number().int().positive(),
  /** Bots have no dialogs and no history of their own (BOT_METHOD_INVALID). */
  bot: z.boolean(),
  /** The account's own user id. */
  user: z.string(),
  /** Public key of a server of one's own, PEM. */
  serverKey: z.string().optional(),
});
export type Config = z.infer<typeof Config>;
export const configOf = ({ config }: AccountDescription): Config => Config.parse(config);
export const secretNames = { session: 'session', apiHash: 'apiHash' } as const;
export const appOf = ({ apiId }: Config, hash: string): App => ({ id: apiId, hash });
