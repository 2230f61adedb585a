import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FakeClock, fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { PretendNetwork } from '../testing/network.ts';
import { openWorld, type World } from '../testing/world.ts';
import { onErrand } from './errand.ts';

let clock: FakeClock;
let world: World;
const server = createServer((_request, response) => response.end('ok'));
let port = 0;
beforeEach(async () => {
  clock = fakeClock();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  world = await openWorld(clock, new PretendNetwork());
});
afterEach(async () => {
  await world.bench.close();
  server.closeAllConnections();
  server.close();
});

const dial = async (host: string): Promise<void> => {
  // The server has an IPv4 address alone; with two to choose from a slow machine may give up the right one.
  const socket = connect({ port, host, family: 4 });
  await once(socket, 'connect');
  socket.destroy();
};
const logged = async () => (await world.bench.call('privacy.hosts', {})).filter((one) => one.port === port);

it('names every host a socket or a fetch went to, for whom and how often', async () => {
  await onErrand({ why: 'account', who: 'Work' }, () => dial('localhost'));
  await onErrand({ why: 'account', who: 'Work' }, () => dial('localhost'));
  await onErrand({ why: 'login', who: '' }, async () => (await fetch(`http://127.0.0.1:${port}/`)).text());
  expect(await logged()).toMatchObject([
    { host: '127.0.0.1', why: 'login', who: '', times: 1 },
    { host: 'localhost', why: 'account', who: 'Work', times: 2 },
  ]);
});

it('takes a connection without an errand for the errand the host was contacted for before', async () => {
  await onErrand({ why: 'account', who: 'Work' }, () => dial('127.0.0.1'));
  await onErrand({ why: 'other', who: '' }, () => dial('127.0.0.1'));
  expect(await logged()).toMatchObject([{ host: '127.0.0.1', why: 'account', who: 'Work', times: 2 }]);
});

it('survives a restart, and is forgotten when asked to', async () => {
  await dial('127.0.0.1');
  await world.bench.restart();
  expect(await logged()).toMatchObject([{ host: '127.0.0.1', why: 'other', times: 1 }]);
  await world.bench.call('privacy.forget', {});
  expect(await logged()).toEqual([]);
});

it('is told by the window where remote pictures came from, and by the shell where it looked for a new version', async () => {
  await world.bench.call('privacy.pictures', {
    hosts: ['img.example.org', 'img.example.org'],
    sender: 'a@example.org',
  });
  const hosts = await world.bench.call('privacy.hosts', {});
  expect(hosts).toMatchObject([{ host: 'img.example.org', why: 'pictures', who: 'a@example.org', times: 1 }]);
  await world.bench.call('privacy.forget', {});
  await world.bench.call('privacy.contact', { host: 'updates.example.org', port: 443, why: 'update', who: '' });
  expect(await world.bench.call('privacy.hosts', {})).toMatchObject([{ host: 'updates.example.org', why: 'update' }]);
});
