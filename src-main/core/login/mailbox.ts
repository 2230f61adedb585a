import type { Channel } from '../../../src-shared/channel.ts';
import type { UserKey } from '../../../src-shared/model/index.ts';
import type { AccountRow, Store } from '../../store/api.ts';
import type { Registry } from '../channels/registry.ts';
import { CallError } from '../errors.ts';

/**
 * A mailbox by its address, however that is written: at Google dots before the `@` say nothing, and `googlemail.com` is
 * `gmail.com` (https://support.google.com/mail/answer/7436150).
 */
export function mailboxOf(address: string): string {
  const written = address.toLowerCase();
  const [, name] = /^([^@]+)@(?:gmail|googlemail)\.com$/.exec(written) ?? [];
  return name === undefined ? written : `${name.replaceAll('.', '')}@gmail.com`;
}

/**
 * A mailbox can be read over several protocols, and its mail would then stand here twice. The key of an account that
 * carries mail is its address, so two of them with one key, on whatever channels, are one mailbox
 * (docs/decisions/one-mailbox-once.md). Rejects with words that name the account there is.
 */
export async function needNoTwin(
  { store, registry }: { readonly store: Store; readonly registry: Registry },
  channel: Channel,
  key: UserKey,
): Promise<void> {
  if (channel.send.style !== 'mail') return;
  const mailbox = mailboxOf(key);
  const others = (await store.query('accounts', {})).filter(
    (row: AccountRow) => row.channel !== channel.id && mailboxOf(row.description.key) === mailbox,
  );
  for (const { channel: id, description } of others) {
    const other = await registry.load(id);
    if (other.send.style === 'mail')
      throw new CallError(
        'same-mailbox',
        `This mailbox is here already, over ${other.name} (“${description.label}”). Remove that account first if you want it over ${channel.name}; both at once would show every mail twice.`,
      );
  }
}
