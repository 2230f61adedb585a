import { cast, me } from '../_base/index.ts';
import { userId } from './scene.ts';
import type { Workspace } from './workspace.ts';

/** A channel with one of everything Slack can show, for whoever looks around. */
export function showcase(workspace: Workspace): void {
  const [ines, tomasz, priya] = cast.map(userId);
  if (!ines || !tomasz || !priya) throw new Error('the cast is too small');
  const { id } = workspace.openChannel('public', 'harbour-news', [workspace.me, ines, tomasz, priya], {
    topic: 'What the harbour office tells us',
  });
  const post = (user: string, more: Readonly<Record<string, unknown>>) => workspace.post(id, { user, ...more }, true);
  const words = (...elements: readonly object[]) => ({ type: 'rich_text_section', elements });
  const text = (said: string, style?: object) => ({ type: 'text', text: said, ...(style && { style }) });
  post(ines, { subtype: 'channel_join', text: `<@${ines}> has joined the channel` });
  const plan = post(ines, {
    text: 'The plan for Monday',
    blocks: [
      {
        type: 'rich_text',
        elements: [
          words(
            text('The plan for '),
            text('Monday', { bold: true }),
            text(', '),
            { type: 'user', user_id: userId(me) },
            text(':'),
          ),
          {
            type: 'rich_text_list',
            style: 'ordered',
            indent: 0,
            elements: [
              words(text('Crane at seven')),
              words(text('Oak samples, '), { type: 'link', url: 'https://northwind.example/oak', text: 'list' }),
            ],
          },
          { type: 'rich_text_quote', elements: [text('Nobody below the hook, please.')] },
          { type: 'rich_text_preformatted', elements: [text('wind  < 9 m/s\nload  < 2 t')] },
        ],
      },
    ],
  });
  post(tomasz, { text: 'I bring the helmets :construction_worker::skin-tone-3:', thread_ts: plan.ts });
  workspace.react(id, plan.ts, priya, 'northwind', true);
  workspace.react(id, plan.ts, tomasz, '+1', true);
  post(priya, { text: ':northwind: :roof:' });
  post(priya, { text: 'The *north* side :roof: is on, `:roof:` and all :northwind:' });
  workspace.post(
    id,
    {
      subtype: 'bot_message',
      bot_id: 'B0HARBOUR',
      username: 'Harbour office',
      text: 'Permit 17/26',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Permit 17/26 was granted' } },
        { type: 'section', text: { type: 'mrkdwn', text: '*Quay 4*, from Monday to _Friday_.' } },
        { type: 'context', elements: [{ type: 'mrkdwn', text: 'Valid with the signed plan only' }] },
        {
          type: 'actions',
          elements: [
            {
              type: 'button',
              action_id: 'open',
              text: { type: 'plain_text', text: 'Open' },
              url: 'https://harbour.example/17',
            },
            { type: 'button', action_id: 'ack', text: { type: 'plain_text', text: 'Acknowledge' } },
          ],
        },
      ],
    },
    true,
  );
  const now = Math.floor(workspace.time.now() / 1000);
  post('USLACKBOT', {
    subtype: 'huddle_thread',
    text: '',
    room: {
      id: 'R0SIM',
      created_by: tomasz,
      date_start: now - 900,
      date_end: now - 300,
      has_ended: true,
      participant_history: [tomasz, workspace.me],
    },
  });
  post(tomasz, {
    text: 'Look: <https://northwind.example/quay>',
    attachments: [
      {
        id: 1,
        from_url: 'https://northwind.example/quay',
        service_name: 'Northwind',
        title: 'The old quay',
        text: 'A survey from *1911*.',
      },
    ],
  });
  const asked = post(ines, { text: `<@${userId(me)}> are you coming?` });
  workspace.edit(id, asked.ts, { text: `<@${userId(me)}>, are you coming on Monday?` });
}
