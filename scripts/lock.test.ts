import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Readonly<Record<string, Entry>>;
};
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  dependencies: Readonly<Record<string, string>>;
  devDependencies: Readonly<Record<string, string>>;
};

describe('The lockfile', () => {
  test('names every build of every tool, so that an install from it works on each system (npm run lock)', () => {
    const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
      ),
    );
    expect(missing.filter((name) => /darwin|win32|linux/.test(name))).toEqual([]);
  });
  test('holds no address of a registry', () => {
    const addresses = Object.values(lock.packages).flatMap(({ resolved }) => (resolved ? [resolved] : []));
    expect(addresses.filter((address) => /^\w+:\/\//.test(address))).toEqual([]);
  });
  test('pins what the manifest asks for exactly', () => {
    const asked = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    // One that is here twice has a name of its own: npm:name@version.
    const alias = /^npm:[^@]+@/;
    for (const [name, version] of asked)
      expect([name, lock.packages[`node_modules/${name}`]?.version]).toEqual([name, version.replace(alias, '')]);
  });
});
