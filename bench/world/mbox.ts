import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { IncomingMessage } from '../../src-shared/model/index.ts';
import type { World } from './world.ts';

/** The first `count` mails of a world as an mboxrd file. */
export async function writeMbox(path: string, world: World, count: number): Promise<void> {
  await pipeline(Readable.from(mails(world, count)), createWriteStream(path));
}

function* mails(world: World, count: number): Generator<string> {
  let left = count;
  for (const { account, message } of world.messages()) {
    if (!world.accounts[account]?.mail) continue;
    yield mail(message);
    left -= 1;
    if (left === 0) return;
  }
}

function mail({ at, from, links = [], parts, recipients = [], subject = '' }: IncomingMessage): string {
  const [own, ...references] = links;
  const date = new Date(at);
  const sender = from.is === 'system' ? 'nobody@example.org' : (from.key ?? 'robin@example.org');
  const name = from.is === 'system' ? '' : (from.name ?? 'Robin Vale');
  const [part] = parts;
  const text = part?.kind === 'text' ? part.text : '';
  return [
    `From ${sender} ${date.toUTCString().replace(',', '')}`,
    `From: ${encoded(name)} <${sender}>`,
    ...recipients.map(({ role, key }) => `${role === 'cc' ? 'Cc' : 'To'}: <${key}>`),
    `Subject: ${encoded(subject)}`,
    `Date: ${date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${own}>`,
    ...(references.length > 0 ? [`References: ${references.map((id) => `<${id}>`).join('\n ')}`] : []),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: 8bit',
    '',
    text.replaceAll(/^(>*From )/gmu, '>$1'),
    '\n',
  ].join('\n');
}
/** RFC 2047, base64. */
const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
