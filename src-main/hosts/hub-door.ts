import { CallError } from '../core/errors.ts';
import type { Hub } from '../core/hub.ts';
import type { HubDoor } from './door.ts';

/** The hub of this process as hosts see any hub. */
export const hubDoor = (hub: Hub): HubDoor => ({
  call: (name, input, caller) => hub.call(name, input, caller),
  on: (listener) => hub.on(listener),
  async attachment(id) {
    try {
      const { name, type, disposition, bytes, stream } = await hub.openAttachment(id);
      return { name, type, disposition, bytes, read: (start, end) => stream(start, end + 1) };
    } catch (error) {
      if (error instanceof CallError) return undefined;
      throw error;
    }
  },
});
