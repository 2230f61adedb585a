/** Run by the keyring test inside a session: puts secrets into the system's keychain and says what came back. */
import { join } from 'node:path';
import { databaseKey, openSecrets } from '../../src-main/hosts/secrets/index.ts';

const folder = process.argv[2] ?? '';
const nobody = { unlock: async () => undefined, create: async () => undefined };
const open = () => openSecrets({ file: join(folder, 'secrets.json'), throwAway: false, prompt: nobody });

const secrets = await open();
const long = 'żółw'.repeat(2_000);
await secrets.set('account/password', 'hunter2');
await secrets.set('account/token', long);
const key = await databaseKey(secrets, join(folder, 'carillon.db'));

const again = await open();
const answer = {
  kind: again.kind,
  short: await again.get('account/password'),
  long: (await again.get('account/token')) === long,
  sameKey: Buffer.from(await databaseKey(again, join(folder, 'carillon.db'))).equals(key),
};
await again.delete('account/token');
process.stdout.write(JSON.stringify({ ...answer, afterDelete: (await again.get('account/token')) ?? null }));
process.exit(0);
