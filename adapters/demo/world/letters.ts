import type { Part } from '../../../src-shared/model/index.ts';
import { mediaFor } from '../media/index.ts';
import type { PersonId, Who } from '../people.ts';
import { day, hour, midnight, type Said, type Thread } from './build.ts';

/** Mail with more in it than words: HTML, invitations, signatures, attachments. */
export const letter = (who: Who, parts: readonly Part[], gap?: number): Said => ({
  who,
  text: '',
  file: undefined,
  gap,
  answers: undefined,
  reactions: [],
  edited: undefined,
  removed: false,
  parts,
});
export const html = (text: string, plain: string): Part => ({ kind: 'text', format: 'html', text, plain });
export const plain = (text: string): Part => ({ kind: 'text', format: 'plain', text });
const single = (it: Omit<Thread, 'is' | 'members' | 'play'> & { from: PersonId; parts: readonly Part[] }): Thread => {
  const { from, parts, ...rest } = it;
  return { is: 'thread', members: [from], play: [letter(from, parts)], ...rest };
};

/** An invitation to a meeting three days after `epoch`. */
export const calendarInvite = (epoch: number): Thread => ({
  is: 'thread',
  id: 'invite-walkthrough',
  subject: 'Invitation: Harbour walkthrough',
  members: ['priya'],
  cc: ['jonas', 'ines'],
  folder: 'inbox',
  endsAgo: 2 * hour,
  unread: 1,
  play: [
    letter('priya', [
      plain('Let us click through everything once before Jonas shows it. Bring the oldest phone you own.'),
      {
        kind: 'calendar-event',
        uid: 'walkthrough-17@northwind.example',
        method: 'request',
        title: 'Harbour walkthrough',
        start: midnight(epoch) + 3 * day + 13 * hour,
        end: midnight(epoch) + 3 * day + 14 * hour,
        allDay: false,
        timeZone: 'Europe/Lisbon',
        location: 'Room with the crane',
        organizer: 'priya.raman@northwind.example',
        attendees: [
          { name: 'Alex Morgan', address: 'alex.morgan@northwind.example', status: 'needs-action' },
          { name: 'Jonas Lindqvist', address: 'jonas.lindqvist@northwind.example', status: 'accepted' },
          { name: 'Inês Carvalho', address: 'ines.carvalho@northwind.example', status: 'tentative' },
        ],
        sequence: 0,
      },
    ]),
  ],
});

export const codeReview: Thread = {
  is: 'thread',
  id: 'tile-cache',
  subject: '[tiles] Keep the last hundred tiles in memory',
  members: ['tomasz'],
  cc: ['mei'],
  folder: 'inbox',
  endsAgo: 9 * hour,
  unread: 1,
  play: [
    letter('tomasz', [
      plain(
        'This keeps the last hundred tiles decoded. On the borrowed phone scrolling goes from 19 to 54 frames a second.\n\n--- a/cache.ts\n+++ b/cache.ts\n@@ -12,3 +12,4 @@\n const tiles = new Map<string, Tile>();\n+const most = 100;\n\n-- \nTomasz Wiśniewski\nNorthwind Maps, Gdańsk',
      ),
      { kind: 'secured', scheme: 'pgp', what: 'signed', verified: 'not-checked' },
    ]),
    letter(
      'me',
      [
        plain(
          'On Tuesday Tomasz wrote:\n> This keeps the last hundred tiles decoded.\n\nLovely. Why a hundred and not what fits the screen twice?\n\nAlex',
        ),
      ],
      3 * hour,
    ),
    letter(
      'tomasz',
      [
        html(
          '<p>Because I counted on one screen only. You are right: <b>twice the screen</b> it is, and never more than 24&nbsp;MB.</p><pre>const most = Math.ceil(2 * columns * rows);</pre><blockquote type="cite"><p>Lovely. Why a hundred and not what fits the screen twice?</p><blockquote type="cite"><p>This keeps the last hundred tiles decoded.</p></blockquote></blockquote>',
          'Because I counted on one screen only. You are right: twice the screen it is, and never more than 24 MB.\n\nconst most = Math.ceil(2 * columns * rows);\n\n> Lovely. Why a hundred and not what fits the screen twice?\n>> This keeps the last hundred tiles decoded.',
        ),
        { kind: 'secured', scheme: 'pgp', what: 'signed', verified: 'not-checked' },
      ],
      2 * hour,
    ),
  ],
};

const invoice = (number: number, endsAgo: number, folder: Thread['folder']): Thread =>
  single({
    id: `invoice-${number}`,
    subject: `Invoice ${number} from Hetzel Hosting`,
    from: 'hosting',
    folder,
    endsAgo,
    keywords: ['money'],
    parts: [
      html(
        `<table width="560" cellpadding="0" cellspacing="0" style="font-family:sans-serif;border:1px solid #d4d4d8;border-radius:8px"><tr><td style="padding:24px"><h2 style="margin:0 0 12px">Invoice ${number}</h2><p>Dear customer,</p><p>thank you for hosting with us. Your invoice over <b>127.50&nbsp;EUR</b> is attached.</p><table width="100%" style="border-collapse:collapse"><tr style="background:#f4f4f5"><td style="padding:6px">2 harbour-class servers</td><td align="right" style="padding:6px">118.00</td></tr><tr><td style="padding:6px">Backup space, 500 GB</td><td align="right" style="padding:6px">9.50</td></tr></table><p style="color:#71717a;font-size:12px">We never ask for your password by mail.</p></td></tr></table>`,
        `Invoice ${number}\n\nDear customer, thank you for hosting with us. Your invoice over 127.50 EUR is attached.\n\n2 harbour-class servers 118.00\nBackup space, 500 GB 9.50`,
      ),
      { kind: 'document', media: mediaFor('invoice', { name: `invoice-${number}.pdf` }) },
    ],
  });
export const invoices: readonly Thread[] = [
  invoice(2041, 4 * day, 'inbox'),
  invoice(1987, 35 * day, 'archive'),
  invoice(1931, 65 * day, 'archive'),
];

export const payslip: Thread = single({
  id: 'payslip',
  subject: 'Your payslip',
  from: 'jonas',
  folder: 'archive',
  endsAgo: 27 * day,
  keywords: ['money'],
  parts: [
    plain('Encrypted as always. If your program cannot open it, come by and I will print it.'),
    { kind: 'secured', scheme: 'smime', what: 'encrypted', verified: 'not-checked' },
  ],
});

const remote = 'https://pictures.example';
/** A newsletter as they are: pictures on somebody's server, and a pixel that tells them it was read. */
export const newsletter = (number: number, headline: string, story: string, endsAgo: number, unread: boolean): Thread =>
  single({
    id: `letter-${number}`,
    subject: `The Tidewater Letter, no. ${number}: ${headline}`,
    from: 'letter',
    folder: unread ? 'inbox' : 'archive',
    endsAgo,
    ...(unread ? { unread: 1 } : {}),
    parts: [
      html(
        `<div style="max-width:600px;margin:auto;font-family:Georgia,serif"><img src="${remote}/tidewater/masthead.png" alt="The Tidewater Letter" width="600"><h1 style="font-size:26px">${headline}</h1><img src="${remote}/tidewater/${number}.jpg" alt="" width="600" height="320"><p>${story}</p><p><a href="https://tidewater.example/letter/${number}?reader=alex%40morgan.example" style="background:#0f766e;color:#fff;padding:10px 18px;border-radius:6px;text-decoration:none">Read on</a></p><hr><p style="font-size:12px;color:#777">You get this because you asked for it. <a href="https://tidewater.example/leave">Leave</a></p><img src="${remote}/p.gif?r=alex&amp;n=${number}" width="1" height="1" alt=""></div>`,
        `${headline}\n\n${story}\n\nRead on: https://tidewater.example/letter/${number}`,
      ),
    ],
  });

export const ticket: Thread = single({
  id: 'ticket',
  subject: 'Your ticket to Tidewater Quay',
  from: 'rail',
  folder: 'inbox',
  endsAgo: 28 * hour,
  keywords: ['travel'],
  parts: [
    html(
      '<div style="font-family:sans-serif"><h2>Have a good journey, Alex</h2><p><b>Harbour City</b> 09:12 &rarr; <b>Tidewater Quay</b> 11:40<br>Coach 4, seat 37 (window)</p><p>Your ticket is attached. Showing it on the telephone is enough.</p></div>',
      'Have a good journey, Alex\n\nHarbour City 09:12 - Tidewater Quay 11:40\nCoach 4, seat 37 (window)\n\nYour ticket is attached. Showing it on the telephone is enough.',
    ),
    { kind: 'document', media: mediaFor('ticket') },
  ],
});

export const museum: Thread = single({
  id: 'museum',
  subject: 'Night of the lamps: come after dark',
  from: 'museum',
  folder: 'inbox',
  endsAgo: 3 * day,
  unread: 1,
  parts: [
    html(
      `<div style="background:#18181b;color:#fafafa;padding:32px;font-family:sans-serif"><img src="cid:lamp@smallthings.example" alt="A lamp" width="240"><h1>Night of the lamps</h1><p>On Saturday every lamp of the collection is lit, four hundred and six of them. Bring somebody who is afraid of the dark.</p><p><img src="${remote}/museum/plan.png" alt="Plan of the rooms" width="480"></p></div>`,
      'Night of the lamps\n\nOn Saturday every lamp of the collection is lit, four hundred and six of them. Bring somebody who is afraid of the dark.',
    ),
    {
      kind: 'image',
      media: mediaFor('lighthouse', { contentId: 'lamp@smallthings.example', inline: true, name: 'lamp.png' }),
    },
  ],
});
