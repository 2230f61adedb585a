import { ChannelError } from '../../src-shared/channel.ts';
import type { ChannelEvent } from '../../src-shared/model/index.ts';
import { userKey } from './ids.ts';
import { photoRef } from './pictures.ts';
import { Connections, OtherContacts, type Person } from './wire.ts';
import type { Working } from './working.ts';

const pageSize = 1000;

/** People of the address book as mail knows them: each address is a person, with the other addresses of the same card. */
export function personEvents(
  { names, emailAddresses = [], phoneNumbers = [], photos = [] }: Person,
  at: number,
): readonly ChannelEvent[] {
  const name = names?.find(({ displayName }) => displayName)?.displayName;
  const mails = emailAddresses.map(({ value }) => userKey(value));
  const phones = phoneNumbers.flatMap(({ canonicalForm, value }) => canonicalForm ?? value ?? []);
  const addresses = [...mails.map((mail) => `mailto:${mail}`), ...phones.map((phone) => `tel:${phone}`)].slice(0, 100);
  // Whoever has put up none has a letter on a colour, which everybody has here anyway.
  const avatar = photos.filter((photo) => photo.default !== true).flatMap(({ url }) => photoRef(url) ?? [])[0];
  return mails.map((key) => ({
    type: 'user',
    key,
    patch: { ...(name === undefined ? {} : { name: name.slice(0, 1024) }), addresses, ...(avatar && { avatar }) },
    at,
  }));
}

/** The address book, then people written to. A person who did not allow it has none here; mail works without. */
export async function* listContacts(working: Working, signal: AbortSignal): AsyncGenerator<readonly ChannelEvent[]> {
  const { google, context } = working;
  const call = { signal, background: true };
  const at = context.clock.now();
  try {
    let pageToken: string | undefined;
    do {
      const page = await google.call(Connections, call, () =>
        google.people.people.connections.list({
          resourceName: 'people/me',
          personFields: 'names,emailAddresses,phoneNumbers,photos',
          pageSize,
          ...(pageToken === undefined ? {} : { pageToken }),
        }),
      );
      yield (page.connections ?? []).flatMap((person) => personEvents(person, at));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
    do {
      const page = await google.call(OtherContacts, call, () =>
        google.people.otherContacts.list({
          readMask: 'names,emailAddresses,phoneNumbers,photos',
          pageSize,
          ...(pageToken === undefined ? {} : { pageToken }),
        }),
      );
      yield (page.otherContacts ?? []).flatMap((person) => personEvents(person, at));
      pageToken = page.nextPageToken;
    } while (pageToken !== undefined);
  } catch (error) {
    if (!(error instanceof ChannelError) || !['scope', 'setup', 'forbidden'].includes(error.code)) throw error;
    context.log.info('the address book is not open to this login', { code: error.code });
  }
}
