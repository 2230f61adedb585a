import { expect, it } from 'vitest';
import { type Discovery, type Dns, discover } from './discover.ts';
import { presets } from './presets.ts';

const nothing: Dns = {
  srv: () => Promise.reject(new Error('ENOTFOUND')),
  mx: () => Promise.reject(new Error('ENOTFOUND')),
};
const asked: string[] = [];
function world(
  change: { dns?: Partial<Dns>; files?: Readonly<Record<string, string>>; open?: readonly string[] } = {},
): Discovery {
  asked.length = 0;
  return {
    reach: async (host, port) => {
      asked.push(`${host}:${port}`);
      return change.open?.includes(`${host}:${port}`) ?? false;
    },
    dns: { ...nothing, ...change.dns },
    signal: new AbortController().signal,
    fetch: async (input) => {
      const url = String(input);
      asked.push(url);
      const file = Object.entries(change.files ?? {}).find(([start]) => url.startsWith(start));
      return file ? new Response(file[1]) : new Response('', { status: 404 });
    },
  };
}
const autoconfig = `<clientConfig><emailProvider>
  <incomingServer type="imap"><hostname>mail.firm.dev</hostname><port>993</port><socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
  <outgoingServer type="smtp"><hostname>mail.firm.dev</hostname><port>465</port><socketType>SSL</socketType><username>%EMAILADDRESS%</username></outgoingServer>
</emailProvider></clientConfig>`;

it('knows the large providers without asking anybody', async () => {
  for (const { id, domains } of presets)
    for (const domain of domains)
      expect(await discover(`ann@${domain}`, world())).toMatchObject({ source: 'provider', preset: { id } });
  expect(asked).toEqual([]);
});

it('names no domain twice and no server without encryption', () => {
  const domains = presets.flatMap((preset) => preset.domains);
  expect(new Set(domains).size).toBe(domains.length);
  for (const { imap, smtp } of presets) for (const { security } of [imap, smtp]) expect(security).not.toBe('none');
});

it("takes the domain's own autoconfig over SRV records, and only over HTTPS", async () => {
  const found = await discover('ann@firm.dev', world({ files: { 'https://autoconfig.firm.dev/': autoconfig } }));
  expect(found).toMatchObject({ source: 'autoconfig', imap: { host: 'mail.firm.dev', user: 'ann@firm.dev' } });
  expect(asked.every((url) => url.startsWith('https://'))).toBe(true);
});

it('takes SRV records by priority, TLS from the start before STARTTLS, and a lone dot for no', async () => {
  const records: Record<string, { name: string; port: number; priority: number; weight: number }[]> = {
    '_imaps._tcp.firm.dev': [
      { name: 'second.firm.dev', port: 993, priority: 20, weight: 0 },
      { name: 'first.firm.dev.', port: 1993, priority: 10, weight: 0 },
    ],
    '_submissions._tcp.firm.dev': [{ name: '.', port: 0, priority: 0, weight: 0 }],
    '_submission._tcp.firm.dev': [{ name: 'out.firm.dev', port: 587, priority: 0, weight: 0 }],
  };
  const found = await discover('ann@firm.dev', world({ dns: { srv: async (name) => records[name] ?? [] } }));
  expect(found).toMatchObject({
    source: 'srv',
    imap: { host: 'first.firm.dev', port: 1993, security: 'tls' },
    smtp: { host: 'out.firm.dev', port: 587, security: 'starttls' },
  });
});

it("knows a provider by a company's MX records", async () => {
  const mx = async () => ['aspmx.l.google.com', 'alt1.aspmx.l.google.com'];
  expect(await discover('ann@firm.dev', world({ dns: { mx } }))).toMatchObject({
    source: 'mx',
    preset: { id: 'gmail' },
  });
  const notGoogle = async () => ['mx.notgoogle.com'];
  expect((await discover('ann@firm.dev', world({ dns: { mx: notGoogle } }))).source).toBe('guess');
});

it('guesses by knocking, likeliest names first', async () => {
  const open = ['mail.firm.dev:143', 'mail.firm.dev:993', 'firm.dev:993', 'smtp.firm.dev:587'];
  expect(await discover('ann@firm.dev', world({ open }))).toMatchObject({
    source: 'guess',
    imap: { host: 'mail.firm.dev', port: 993, security: 'tls', user: 'ann@firm.dev' },
    smtp: { host: 'smtp.firm.dev', port: 587, security: 'starttls' },
  });
});

it('guesses last, and does not ask about names nobody can own', async () => {
  expect(await discover('ann@firm.dev', world())).toMatchObject({
    source: 'guess',
    imap: { host: 'imap.firm.dev', port: 993, security: 'tls' },
    smtp: { host: 'smtp.firm.dev', port: 465, security: 'tls' },
  });
  expect((await discover('ann@mail.example.test', world())).source).toBe('guess');
  expect(asked).toEqual([]);
});
