import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** The builder's own reading and checking of its settings; it is what `npm run dist` runs. */
interface Builder {
  getConfig(folder: string, path: null, given: null): Promise<Config>;
  validateConfiguration(config: Config, log: { readonly isEnabled: boolean; add(): void }): Promise<void>;
}
interface Config {
  readonly files: readonly (string | { readonly filter: readonly string[] })[];
  readonly asarUnpack: readonly string[];
  readonly electronFuses: Readonly<Record<string, boolean>>;
  readonly protocols: readonly { readonly schemes: readonly string[] }[];
  readonly fileAssociations: readonly { readonly ext: string; readonly mimeType: string }[];
  readonly publish: unknown;
  readonly npmRebuild: boolean;
  readonly [platform: string]: unknown;
}
const require = createRequire(import.meta.url);
const builderOf = createRequire(require.resolve('electron-builder/package.json'));
const builder: Builder = builderOf('app-builder-lib/out/util/config/config.js');
const root = dirname(import.meta.dirname);
const read = () => builder.getConfig(root, null, null);

test('the builder takes its settings', async () => {
  await expect(
    builder.validateConfiguration(await read(), { isEnabled: false, add: () => undefined }),
  ).resolves.toBeUndefined();
});

test('a setting the builder does not know would be noticed', async () => {
  const config = { ...(await read()), asarr: true };
  await expect(builder.validateConfiguration(config, { isEnabled: false, add: () => undefined })).rejects.toThrow(
    'asarr',
  );
});

test('the finished program opens mail archives, mail addresses and its own links', async () => {
  const { fileAssociations, protocols } = await read();
  expect(fileAssociations.map(({ ext, mimeType }) => [ext, mimeType])).toEqual([
    ['mbox', 'application/mbox'],
    ['eml', 'message/rfc822'],
  ]);
  expect(protocols.flatMap(({ schemes }) => schemes)).toEqual(['mailto', 'carillon']);
});

test('the finished program cannot be made to run anything but itself', async () => {
  const { electronFuses, asar } = await read();
  expect(asar).toBe(true);
  // https://www.electronjs.org/docs/latest/tutorial/fuses
  expect(electronFuses).toEqual({
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
});

test('the finished program looks for no updates unless whoever builds it says where', async () => {
  expect((await read()).publish).toBeNull();
});

test('addons lie outside the archive and nothing is compiled; what only writers of programs need stays behind', async () => {
  const { asarUnpack, npmRebuild, files } = await read();
  expect(asarUnpack).toContain('**/*.node');
  expect(npmRebuild).toBe(false);
  const patterns = files.flatMap((one) => (typeof one === 'string' ? one : one.filter));
  expect(patterns).toEqual(expect.arrayContaining(['!**/*.{map,d.ts,d.mts,d.cts,tsbuildinfo}', '!**/*.{test,spec}.*']));
});

test('every system has an icon that is there', async () => {
  const config = await read();
  for (const system of ['linux', 'mac', 'win']) {
    const { icon } = config[system] as { icon: string };
    expect(existsSync(join(root, icon)), icon).toBe(true);
  }
});
