import { parseArgs } from 'node:util';

/** What the shell tells a hub process at its start. */
export interface HubArguments {
  readonly profile: string;
  readonly demo: boolean;
}
export const writeHubArguments = ({ profile, demo }: HubArguments): string[] => [
  '--profile',
  profile,
  ...(demo ? ['--demo'] : []),
];
export const readHubArguments = (args: readonly string[]): HubArguments => {
  const { values } = parseArgs({
    args: [...args],
    options: { profile: { type: 'string' }, demo: { type: 'boolean' } },
  });
  if (values.profile === undefined) throw new TypeError('a hub needs a profile');
  return { profile: values.profile, demo: values.demo ?? false };
};
