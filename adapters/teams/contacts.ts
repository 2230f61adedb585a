import { ChannelError } from '../../src-shared/channel.ts';
import type { ChannelEvent } from '../../src-shared/model/index.ts';
import { personEvents } from './map/setting.ts';
import { Page, Person } from './wire.ts';
import type { Working } from './working.ts';

/** People of the organisation one has to do with, foremost first (https://learn.microsoft.com/en-us/graph/api/user-list-people). */
export async function* listContacts(
  { graph, context, me, directory }: Working,
  signal: AbortSignal,
): AsyncGenerator<readonly ChannelEvent[]> {
  const at = context.clock.now();
  const query = { $top: '100', $select: 'id,displayName,scoredEmailAddresses,phones,personType' };
  let link: string | undefined;
  try {
    do {
      const page: Page = await graph.ask(Page, link === undefined ? { path: '/me/people', query } : { path: link }, {
        signal,
        background: true,
      });
      const events = page.value.flatMap((raw) => {
        const person = Person.safeParse(raw).data;
        return person ? personEvents(person, me, at) : [];
      });
      for (const event of events)
        if (event.type === 'user' && event.patch.name) directory.meet(event.key, event.patch.name);
      yield events;
      link = page['@odata.nextLink'];
    } while (link !== undefined);
  } catch (error) {
    if (!(error instanceof ChannelError) || !['scope', 'forbidden'].includes(error.code)) throw error;
    context.log.info('people are not open to this login', { code: error.code });
  }
}
