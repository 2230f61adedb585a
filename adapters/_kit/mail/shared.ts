import type { MailParser } from './api.ts';
import { createMailParser } from './parser.ts';

let shared: MailParser | undefined;
let holders = 0;

/**
 * The one parsing worker all mail accounts of this process share: a thread costs tens of megabytes, and one keeps up with
 * any mailbox. It begins with the first message and ends with its last holder.
 */
export function holdParser(): { readonly parser: Pick<MailParser, 'map'>; release(): Promise<void> } {
  let held: MailParser | undefined;
  const hold = (): MailParser => {
    if (held) return held;
    shared ??= createMailParser();
    holders += 1;
    held = shared;
    return held;
  };
  return {
    parser: { map: (jobs, options) => hold().map(jobs, options) },
    async release() {
      const parser = held;
      if (!parser) return;
      held = undefined;
      holders -= 1;
      if (holders > 0) return;
      shared = undefined;
      await parser.close();
    },
  };
}
