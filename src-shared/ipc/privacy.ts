/** Whom this computer was connected to. */
import { z } from 'zod';
import { call, none } from './call.ts';

export interface HostContact {
  readonly host: string;
  readonly port: number;
  /** Whose account it was for, or the sender of remote pictures. Empty where it was for neither. */
  readonly who: string;
  readonly why: 'account' | 'login' | 'test' | 'pictures' | 'update' | 'other';
  readonly firstAt: number;
  readonly lastAt: number;
  readonly times: number;
}

export const privacyCalls = {
  /** Every host this computer was connected to and why, the last contacted first. */
  'privacy.hosts': call(none).returns<readonly HostContact[]>(),
  'privacy.forget': call(none).returns<null>(),
  /** The window tells which hosts remote pictures came from: it fetches them itself. */
  'privacy.pictures': call(
    z.object({ hosts: z.array(z.string().min(1).max(255)).max(1000), sender: z.string().max(2048) }),
  ).returns<null>(),
  /** The shell tells whom it connected to by itself. */
  'privacy.contact': call(
    z.object({
      host: z.string().min(1).max(255),
      port: z.number().int().min(0).max(65_535),
      why: z.enum(['update', 'other']),
      who: z.string().max(2048),
    }),
  ).returns<null>(),
};
