import { expect, it } from 'vitest';
import { fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { PretendNetwork } from '../testing/network.ts';
import { openWorld } from '../testing/world.ts';

it('a new message is signed as the address it goes out from is, else as all are', async () => {
  const world = await openWorld(fakeClock(), new PretendNetwork());
  try {
    const account = await world.bench.login();
    const text = async () => (await world.bench.call('compose.start', { kind: 'new', account })).text;
    await world.bench.call('settings.set', { patch: { signature: 'Everyone' } });
    expect(await text()).toBe('\n\n-- \nEveryone');
    const [own] = await world.bench.call('accounts.list', {});
    const address = (own?.identities[0]?.key ?? own?.key ?? '').replace(/^mailto:/, '').toLowerCase();
    await world.bench.call('settings.set', { patch: { signatures: { [address]: 'Just me' } } });
    expect(await text()).toBe('\n\n-- \nJust me');
    await world.bench.call('settings.set', { patch: { signatures: { [address]: '' } } });
    expect(await text()).toBe('');
  } finally {
    await world.bench.close();
  }
});

it('templates are kept as they were written, and nothing that is none', async () => {
  const world = await openWorld(fakeClock(), new PretendNetwork());
  try {
    const templates = [{ id: 'a', name: 'Thanks', text: 'Thank you, {first_name}!' }];
    await world.bench.call('settings.set', { patch: { templates } });
    expect((await world.bench.call('settings.get', {})).templates).toEqual(templates);
    await expect(world.bench.call('settings.set', { patch: { templates: [{ id: 'a' }] } })).rejects.toThrow(
      'The setting "templates" cannot have that value.',
    );
  } finally {
    await world.bench.close();
  }
});
