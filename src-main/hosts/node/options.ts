import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Network, networksBeside, networksDemo, noNetworks } from '../networks.ts';
import { defaultProfile } from '../profile.ts';

export interface NodeHostOptions {
  /** Undefined for a trial without a folder of its own: one is made and removed again. */
  readonly profile: string | undefined;
  readonly demo: boolean;
  /** Simulated networks that run beside, to look around in. */
  readonly networks: readonly Network[] | undefined;
  /** Prints one JSON line for programs instead of an address for a person. */
  readonly headless: boolean;
  readonly port: number;
  readonly imports: readonly string[];
}

/** Throws a `TypeError` with a line about what was wrong. */
export const readOptions = (args: readonly string[]): NodeHostOptions => {
  const { values } = parseArgs({
    args: args.map((arg) => (arg === networksDemo ? '--demo' : arg)),
    strict: true,
    options: {
      profile: { type: 'string' },
      demo: { type: 'boolean', default: false },
      headless: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      import: { type: 'string', multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new TypeError(`--port takes a number up to 65535, not "${values.port}".`);
  const wanted = args.includes(networksDemo);
  const networks = wanted ? networksBeside(process.env) : undefined;
  if (wanted && !networks) throw new TypeError(noNetworks);
  // They are gone with this process, and what was logged in to them would never connect again.
  if (wanted && values.profile !== undefined)
    throw new TypeError(`${networksDemo} has a profile of its own, which is thrown away: leave --profile out.`);
  return {
    profile: values.profile !== undefined ? resolve(values.profile) : values.demo ? undefined : defaultProfile(),
    demo: values.demo,
    networks,
    headless: values.headless,
    port,
    imports: values.import.map((path) => resolve(path)),
  };
};
