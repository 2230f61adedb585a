import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import type { Host } from './host.ts';

export interface Mail {
  readonly id: string;
  /** Another mail's id: both are one conversation. */
  readonly after?: string;
  readonly from: string;
  readonly subject: string;
  /** Unix ms. */
  readonly at: number;
  readonly text: string;
  readonly files?: readonly { readonly name: string; readonly mime: string; readonly bytes: Uint8Array }[];
}

const lines = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('base64')
    .replace(/(.{76})/g, '$1\n');
const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
/** RFC 2231: names of any length in any script. */
const named = (name: string): string => `filename*=utf-8''${encodeURIComponent(name)}`;

/** When it came, as mbox separators write it (RFC 4155): "Thu Jan  1 00:00:00 2026". */
function asctime(at: number): string {
  const [weekday = '', day = '', month = '', year = '', time = ''] = new Date(at).toUTCString().split(/,? /);
  return `${weekday} ${month} ${day.replace(/^0/, ' ')} ${time} ${year}`;
}

function written({ id, after, from, subject, at, text, files = [] }: Mail): string {
  const address = /^(.*) <(.*)>$/.exec(from);
  const body = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: base64', ''];
  const parts = [
    [...body, lines(Buffer.from(text))],
    ...files.map((file) => [
      `Content-Type: ${file.mime}`,
      `Content-Disposition: attachment; ${named(file.name)}`,
      'Content-Transfer-Encoding: base64',
      '',
      lines(file.bytes),
    ]),
  ];
  return [
    `From MAILER-DAEMON ${asctime(at)}`,
    `Message-ID: <${id}@e2e.example>`,
    ...(after === undefined ? [] : [`References: <${after}@e2e.example>`]),
    `Date: ${new Date(at).toUTCString()}`,
    `From: ${encoded(address?.[1] ?? from)} <${address?.[2] ?? from}>`,
    'To: me@example.org',
    `Subject: ${encoded(subject)}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="edge"',
    '',
    ...parts.flatMap((part) => ['--edge', ...part]),
    '--edge--',
    '',
    '',
  ].join('\n');
}

/** An mbox of them (RFC 4155). */
export const mboxOf = (mails: readonly Mail[]): string => mails.map(written).join('');

/** Imports mail through the archive a person would bring, and waits until it is there. */
export async function importMail(host: Host, name: string, mails: readonly Mail[]): Promise<void> {
  const path = join(host.profile, '..', `${name}.mbox`);
  writeFileSync(path, mboxOf(mails));
  await host.call('import.start', { path });
  await imported(host);
}

/** Waits until everything that is being imported is there. */
export async function imported(host: Host): Promise<void> {
  const rest = async () => (await host.call('import.list', {})).filter(({ state }) => state !== 'done');
  await vi.waitFor(async () => expect(await rest()).toEqual([]), { timeout: 110_000, interval: 100 });
}

/** A document of a line a page, as ISO 32000-1 section 7.5 lays a file out. ASCII alone. */
export function pdf(pages: readonly string[]): Uint8Array {
  const kids = pages.map((_, index) => `${4 + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((text, index) => {
      const drawing = `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + index * 2} 0 R >>`,
        `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
      ];
    }),
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const at = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  const rows = places.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(text, 'ascii');
}
