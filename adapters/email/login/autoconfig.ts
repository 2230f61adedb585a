import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Server } from './presets.ts';

/** Settings out of a Thunderbird autoconfig file, best first. */
export interface Autoconfig {
  readonly imap: Server & { readonly user: string };
  readonly smtp: Server & { readonly user: string };
}

const text = z.union([z.string(), z.number()]).transform(String);
const one = <T extends z.ZodType>(item: T) => z.union([z.array(item), item.transform((value) => [value])]);
const ServerXml = z.object({
  '@type': z.string(),
  hostname: text,
  port: z.coerce.number().int().min(1).max(65_535),
  socketType: z.string(),
  username: text.optional(),
});
const File = z.object({
  clientConfig: z.object({
    emailProvider: z.object({ incomingServer: one(ServerXml), outgoingServer: one(ServerXml) }),
  }),
});

/**
 * Reads an autoconfig file (https://wiki.mozilla.org/Thunderbird:Autoconfiguration:ConfigFileFormat). Unencrypted servers
 * are passed over; undefined when nothing usable is left or the file is none.
 */
export function readAutoconfig(xml: string, address: string): Autoconfig | undefined {
  let parsed: unknown;
  try {
    parsed = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false }).parse(xml);
  } catch {
    return undefined;
  }
  const file = File.safeParse(parsed);
  if (!file.success) return undefined;
  const { incomingServer, outgoingServer } = file.data.clientConfig.emailProvider;
  const imap = pick(incomingServer, 'imap', address);
  const smtp = pick(outgoingServer, 'smtp', address);
  return imap && smtp ? { imap, smtp } : undefined;
}

function pick(servers: readonly z.infer<typeof ServerXml>[], type: string, address: string) {
  const at = address.lastIndexOf('@');
  const fill = (template: string): string =>
    template
      .replaceAll('%EMAILADDRESS%', address)
      .replaceAll('%EMAILLOCALPART%', address.slice(0, at))
      .replaceAll('%EMAILDOMAIN%', address.slice(at + 1));
  const usable = servers
    .filter((server) => server['@type'] === type)
    .flatMap((server) => {
      const security = { SSL: 'tls', STARTTLS: 'starttls' }[server.socketType.toUpperCase()];
      if (security !== 'tls' && security !== 'starttls') return [];
      const kind: Server['security'] = security;
      return [
        { host: fill(server.hostname), port: server.port, security: kind, user: fill(server.username ?? address) },
      ];
    });
  return usable.find(({ security }) => security === 'tls') ?? usable[0];
}
