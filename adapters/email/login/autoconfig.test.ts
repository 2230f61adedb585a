import { expect, it } from 'vitest';
import { readAutoconfig } from './autoconfig.ts';

// The shape of https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat, with what real files add.
const file = (servers: string) => `<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1">
  <emailProvider id="example.org">
    <domain>example.org</domain>
    ${servers}
    <documentation url="https://example.org/help"><descr lang="en">Help</descr></documentation>
  </emailProvider>
</clientConfig>`;
const server = (element: string, type: string, host: string, port: number, socket: string, user = '%EMAILADDRESS%') =>
  `<${element} type="${type}"><hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType><username>${user}</username><authentication>password-cleartext</authentication></${element}>`;

it('prefers TLS from the start, and fills in the user name', () => {
  const xml = file(
    [
      server('incomingServer', 'pop3', 'pop.%EMAILDOMAIN%', 995, 'SSL'),
      server('incomingServer', 'imap', 'imap.%EMAILDOMAIN%', 143, 'STARTTLS', '%EMAILLOCALPART%'),
      server('incomingServer', 'imap', 'imap.%EMAILDOMAIN%', 993, 'SSL', '%EMAILLOCALPART%'),
      server('outgoingServer', 'smtp', 'smtp.example.org', 587, 'STARTTLS'),
    ].join(''),
  );
  expect(readAutoconfig(xml, 'ann@example.org')).toEqual({
    imap: { host: 'imap.example.org', port: 993, security: 'tls', user: 'ann' },
    smtp: { host: 'smtp.example.org', port: 587, security: 'starttls', user: 'ann@example.org' },
  });
});

it('passes over servers without encryption, and files that are none', () => {
  const plain = file(
    server('incomingServer', 'imap', 'imap.example.org', 143, 'plain') +
      server('outgoingServer', 'smtp', 's', 25, 'plain'),
  );
  expect(readAutoconfig(plain, 'ann@example.org')).toBeUndefined();
  for (const other of ['', '<html><body>404</body></html>', '<clientConfig/>', '{"not":"xml"}', '<a><b></a>'])
    expect(readAutoconfig(other, 'ann@example.org')).toBeUndefined();
});
