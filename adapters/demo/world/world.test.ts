import { describe, expect, it } from 'vitest';
import { ChannelEvent, partKinds } from '../../../src-shared/model/index.ts';
import { happenings } from '../happenings.ts';
import { bytesOf } from '../media/index.ts';
import { networkIds, networks } from '../networks.ts';
import { buildWorld, type World } from './index.ts';

const epoch = Date.UTC(2026, 10, 20, 15, 0);
const worlds: readonly (readonly [string, World])[] = networkIds.map((id) => [id, buildWorld(networks[id], epoch)]);
const messages = worlds.flatMap(([, { entries }]) =>
  entries.flatMap(({ events }) => events.flatMap((event) => (event.type === 'message' ? [event.message] : []))),
);

describe('the pretend world', () => {
  it.each(worlds)('tells only events the model knows: %s', (_, { setting, entries }) => {
    for (const event of [...setting, ...entries.flatMap(({ events }) => events)]) {
      expect(ChannelEvent.safeParse(event).error).toBeUndefined();
    }
  });
  it.each(worlds)('is told newest first, and nothing of it lies in the future: %s', (_, { entries }) => {
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    expect(times[0]).toBeLessThan(epoch);
  });
  it.each(worlds)('has one message for each key: %s', (_, { entries }) => {
    expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length);
  });
  it('is the same every time it is built for the same moment', () => {
    for (const [index, id] of networkIds.entries()) {
      expect(buildWorld(networks[id], epoch).entries).toEqual(worlds[index]?.[1].entries);
    }
  });
  it('holds about sixty conversations and fifteen hundred messages over two years', () => {
    const conversations = worlds.reduce((sum, [, { scenes }]) => sum + scenes.length, 0);
    expect(conversations).toBeGreaterThanOrEqual(60);
    expect(messages.length).toBeGreaterThanOrEqual(1450);
    const oldest = Math.min(...messages.map(({ at }) => at));
    expect((epoch - oldest) / 86_400_000).toBeGreaterThan(600);
  });
  it('shows every kind of part at least once', () => {
    const shown = new Set(messages.flatMap(({ parts }) => parts.map(({ kind }) => kind)));
    expect(partKinds.filter((kind) => !shown.has(kind))).toEqual([]);
  });
  it('goes on in scenes it has', () => {
    for (const [index, id] of networkIds.entries()) {
      const known = worlds[index]?.[1].scenes.map((scene) => scene.id);
      for (const { scene, file } of happenings[id]) {
        expect(known).toContain(scene);
        if (file !== undefined) expect(bytesOf(file)).toBeDefined();
      }
    }
  });
  it('has bytes behind every file that is mentioned', () => {
    const refs = [...JSON.stringify(messages).matchAll(/"ref":"([\w-]+)","mime"/g)].map(([, ref = '']) => ref);
    expect(refs.length).toBeGreaterThan(30);
    expect([...new Set(refs)].filter((ref) => (bytesOf(ref)?.byteLength ?? 0) < 50)).toEqual([]);
  });
});
