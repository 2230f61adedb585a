import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { corpus, describeCorpus, filesOf } from '../corpora/corpus.ts';
import { startBrowser, type Visit, visit } from './browser.ts';
import { type Host, startHost } from './host.ts';
import { imported } from './mail.ts';

const read = (path: string): string => readFileSync(corpus(path), 'utf8');

/** The attacks of each suite, as the HTML of a mail. */
const suites: Readonly<Record<string, () => readonly string[]>> = {
  DOMPurify: () =>
    z
      .array(z.object({ payload: z.string() }))
      .parse(JSON.parse(read('xss/DOMPurify/expect.json')))
      .map(({ payload }) => payload),
  H5SC: () => read('xss/H5SC/vectors.txt').split('//["\'`-->]]>]</div>'),
  'wfuzz-xss': () => read('xss/wfuzz-xss/Injections/XSS.txt').split('\n'),
  bleach: () => filesOf('xss/bleach').map((file) => file.bytes().toString('utf8').split('\n--\n')[0] ?? ''),
  'wpt-sanitizer-api': () =>
    filesOf('xss/wpt-sanitizer-api').flatMap((file) =>
      [
        ...file
          .bytes()
          .toString('utf8')
          .matchAll(/^#data\n([\s\S]*?)\n#/gm),
      ].map((match) => match[1] ?? ''),
    ),
};
/** Attacks to a conversation: each is a message, and so a frame, of its own. */
const perThread = 25;

const mbox = (suite: string, attacks: readonly string[]): string =>
  attacks
    .map((html, index) => {
      const thread = Math.floor(index / perThread);
      const body = Buffer.from(`<html><body>${html}</body></html>`)
        .toString('base64')
        .replace(/(.{76})/g, '$1\n');
      return [
        'From MAILER-DAEMON Thu Jan  1 00:00:00 2026',
        `Message-ID: <${suite}-${index}@xss.example>`,
        `References: <${suite}-thread-${thread}@xss.example>`,
        `Date: ${new Date(Date.UTC(2026, 0, 1) + index * 60_000).toUTCString()}`,
        'From: Mallory <mallory@xss.example>',
        'To: me@example.org',
        `Subject: ${suite} ${thread}`,
        'MIME-Version: 1.0',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        body,
        '',
        '',
      ].join('\n');
    })
    .join('');

describeCorpus('attacks shown as mail', 'xss', () => {
  let browser: Browser;
  let host: Host;
  let seat: Visit;
  let ran: string[] = [];

  beforeAll(async () => {
    browser = await startBrowser();
    host = await startHost();
    for (const [suite, attacks] of Object.entries(suites)) {
      const file = join(host.profile, '..', `${suite}.mbox`);
      writeFileSync(
        file,
        mbox(
          suite,
          attacks().filter((attack) => attack.trim() !== ''),
        ),
      );
      await host.call('import.start', { path: file });
    }
    await imported(host);
    seat = await visit(browser, host);
    const { page } = seat;
    page.on('dialog', (dialog) => {
      ran.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', (popup) => ran.push(`window: ${popup.url()}`));
    page.on('framenavigated', (frame) => {
      const { pathname } = new URL(frame.url(), host.url);
      if (frame.url() !== 'about:blank' && pathname !== '/' && pathname !== '/frame.html')
        ran.push(`went to: ${frame.url()}`);
    });
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      const ours = /^\/($|assets\/|frame\.html|socket|attachment\/)/.test(pathname);
      if (request.url().startsWith(host.url) && !ours) ran.push(`asked the host for: ${pathname}`);
    });
  });
  afterAll(async () => {
    await seat.close();
    await browser.close();
    await host.stop();
  });

  test.each(Object.keys(suites))(
    '%s: no script runs, no request leaves, nothing goes anywhere',
    async (suite) => {
      const { page } = seat;
      ran = [];
      const { rows } = await host.call('inbox.page', { view: 'all', limit: 200 });
      const threads = rows.filter((row) => row.title.startsWith(`${suite} `));
      expect(threads.length).toBeGreaterThan(0);
      let shown = 0;
      for (const thread of threads) {
        await page.evaluate((id) => {
          location.hash = `#all/${id}`;
        }, thread.id);
        await page.locator('.head-title', { hasText: thread.title }).waitFor();
        const { messages } = await host.call('conversation.page', { conversation: thread.id, limit: 200 });
        // Opened as a person would, one after the other, until all of them are.
        const open = () =>
          page.evaluate(() => {
            for (const fold of document.querySelectorAll<HTMLElement>('.card-fold[aria-expanded="false"]'))
              fold.click();
            return [...document.querySelectorAll('.card[data-open="true"]')].map((card) =>
              card.getAttribute('data-message'),
            );
          });
        await expect.poll(open).toEqual(messages.map(({ id }) => String(id)));
        await expect
          .poll(() =>
            page.evaluate(() =>
              [...document.querySelectorAll<HTMLIFrameElement>('.mail-frame')].every(
                (frame) => frame.contentDocument?.querySelector('body > #mail > div') != null,
              ),
            ),
          )
          .toBe(true);
        // What the pointer would set off, set off.
        await page.evaluate(() => {
          for (const frame of document.querySelectorAll<HTMLIFrameElement>('.mail-frame')) {
            for (const element of frame.contentDocument?.body.querySelectorAll('*') ?? []) {
              for (const type of ['mouseover', 'mousemove', 'focus', 'keydown'])
                element.dispatchEvent(new Event(type, { bubbles: true }));
            }
          }
        });
        shown += await page.locator('.mail-frame').count();
      }
      expect(shown).toBeGreaterThan(0);
      expect(ran).toEqual([]);
      // The policy grumbles about what it finds in the inert page DOMPurify reads; that is what it is for.
      expect(seat.troubles.filter((trouble) => !trouble.startsWith('logged:'))).toEqual([]);
      console.info(`${suite}: ${shown} attacks shown`);
    },
    300_000,
  );
});
