import { createMailParser, type MailParser } from '../_kit/mail/index.ts';

let shared: MailParser | undefined;
let holders = 0;

/**
 * The one parsing worker all mail accounts of this process share: a thread costs tens of megabytes, and one keeps up with
 * any mailbox. It ends with its last holder.
 */
export function holdParser(): { parser: MailParser; release(): Promise<void> } {
  const parser = shared ?? createMailParser();
  shared = parser;
  holders += 1;
  let held = true;
  return {
    parser,
    async release() {
      if (!held) return;
      held = false;
      holders -= 1;
      if (holders > 0) return;
      shared = undefined;
      await parser.close();
    },
  };
}
