import { ChannelError } from '../../src-shared/channel.ts';
import type { ChannelEvent } from '../../src-shared/model/index.ts';
import { userKey } from './ids.ts';
import { contactRef } from './pictures.ts';
import { Contact, contactProperties, Page } from './wire.ts';
import type { Working } from './working.ts';

/** People of the address book as mail knows them: each address is a person, with the other addresses of the same card. */
function contactEvents(contact: Contact, at: number): readonly ChannelEvent[] {
  const { id, displayName, emailAddresses = [], businessPhones = [], homePhones = [], mobilePhone } = contact;
  const mails = emailAddresses.map(({ address }) => userKey(address));
  const phones = [mobilePhone, ...businessPhones, ...homePhones].flatMap(
    (phone) => phone?.replace(/[^\d+]/g, '') || [],
  );
  const addresses = [...mails.map((mail) => `mailto:${mail}`), ...phones.map((phone) => `tel:${phone}`)].slice(0, 100);
  const name = displayName ? { name: displayName.slice(0, 1024) } : {};
  const avatar = id === undefined ? {} : { avatar: contactRef(id) };
  return mails.map((key) => ({ type: 'user', key, patch: { ...name, addresses, ...avatar }, at }));
}

/** The address book. A person who did not allow it has none here; mail works without. */
export async function* listContacts(
  { graph, context }: Working,
  signal: AbortSignal,
): AsyncGenerator<readonly ChannelEvent[]> {
  const at = context.clock.now();
  let link: string | undefined;
  try {
    do {
      const first = { path: '/me/contacts', query: { $select: contactProperties, $top: '100' } };
      const page = await graph.ask(Page, link === undefined ? first : { path: link }, { signal, background: true });
      yield page.value.flatMap((one) => {
        const read = Contact.safeParse(one);
        return read.success ? contactEvents(read.data, at) : [];
      });
      link = page['@odata.nextLink'];
    } while (link !== undefined);
  } catch (error) {
    if (!(error instanceof ChannelError) || !['scope', 'forbidden'].includes(error.code)) throw error;
    context.log.info('the address book is not open to this login', { code: error.code });
  }
}
