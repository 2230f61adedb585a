import type { AccountDescription } from '../../../src-shared/channel.ts';
import type { MessageView } from '../../../src-shared/ipc/index.ts';

/** Who wrote a message, as a person says it. */
export interface Author {
  /** Empty where nobody is known. */
  readonly name: string;
  /** What the network calls them by: an address, a handle; empty where nobody is known. */
  readonly address: string;
}

/**
 * The author by name. A network often tells of the account's own person nothing but a key: then it is the name they write
 * under there. What the account is called here is nobody else's business.
 */
export function authorOf(message: MessageView, { identities, key }: AccountDescription): Author {
  const { author, fromMe } = message;
  const address = author ? (author.address ?? author.key) : fromMe ? (identities[0]?.key ?? key) : '';
  if (author?.name && author.name !== author.key && author.name !== address) return { name: author.name, address };
  if (!fromMe) return { name: author?.name ?? '', address };
  const as = identities.find((identity) => identity.key === (author?.key ?? address));
  return { name: as?.name ?? identities.find(({ name }) => name !== undefined)?.name ?? '', address };
}

/** `Name <address>`, or whichever of the two there is. */
export const fullName = ({ name, address }: Author): string =>
  name === '' || name === address ? address : address === '' ? name : `${name} <${address}>`;

export const nameOf = ({ name, address }: Author): string => name || address;
