import { describe, expect, it } from 'vitest';
import { fakeClock } from '../../../adapters/_kit/testing/index.ts';
import { ConversationId } from '../../../src-shared/model/index.ts';
import { Changes } from './changes.ts';

const conversations = (...ids: number[]) => ({
  on: 'conversations' as const,
  ids: ids.map((id) => ConversationId.parse(id)),
});
function world() {
  const clock = fakeClock();
  const logged: string[] = [];
  const keep = (message: string): void => void logged.push(message);
  const changes = new Changes(clock, { debug: keep, info: keep, warn: keep, error: keep });
  const heard: unknown[] = [];
  changes.on((event, payload) => {
    if (event === 'changed') heard.push(payload);
  });
  return { clock, changes, heard, logged };
}

describe('changes', () => {
  it('are told at once when it was quiet, and then once a frame', async () => {
    const { clock, changes, heard } = world();
    changes.publish([conversations(1)]);
    changes.publish([conversations(2)]);
    changes.publish([conversations(2, 3), { on: 'counts' }]);
    expect(heard).toEqual([{ seq: 1, topics: [conversations(1)] }]);
    await clock.advance(16);
    expect(heard).toEqual([
      { seq: 1, topics: [conversations(1)] },
      { seq: 2, topics: [{ on: 'counts' }, conversations(2, 3)] },
    ]);
    await clock.advance(100);
    changes.publish([{ on: 'labels' }]);
    expect(heard).toHaveLength(3);
  });

  it('that nobody looks at are told four times a second while too much happens, and those looked at still every frame', async () => {
    const { clock, changes, heard } = world();
    const unwatched = { unwatched: true };
    for (let n = 0; n < 500; n++) changes.publish([conversations(1)], unwatched);
    await clock.advance(300);
    heard.length = 0;
    changes.publish([conversations(2)], unwatched);
    changes.publish([conversations(3)], unwatched);
    expect(heard).toMatchObject([{ topics: [conversations(2)] }]);
    await clock.advance(230);
    expect(heard).toHaveLength(1);
    await clock.advance(20);
    expect(heard).toMatchObject([{}, { topics: [conversations(3)] }]);
    changes.publish([conversations(4)], unwatched);
    await clock.advance(20);
    changes.publish([conversations(5)]);
    expect(heard).toMatchObject([{}, {}, { topics: [conversations(4, 5)] }]);
    // The storm is over.
    await clock.advance(1500);
    changes.publish([conversations(6)], unwatched);
    changes.publish([conversations(7)], unwatched);
    await clock.advance(16);
    expect(heard.slice(3)).toMatchObject([{ topics: [conversations(6)] }, { topics: [conversations(7)] }]);
  });

  it('that somebody looks at do not wait for what was told of others', async () => {
    const { clock, changes, heard } = world();
    const unwatched = { unwatched: true };
    changes.publish([conversations(1)], unwatched);
    changes.publish([conversations(2)], unwatched);
    await clock.advance(10);
    changes.publish([conversations(3)]);
    changes.publish([conversations(4)]);
    expect(heard).toMatchObject([{ topics: [conversations(1)] }, { topics: [conversations(2, 3)] }]);
    // The frame of what was told first is over; that of the second is not.
    await clock.advance(10);
    changes.publish([conversations(5)], unwatched);
    expect(heard).toHaveLength(2);
    await clock.advance(6);
    expect(heard.slice(2)).toMatchObject([{ topics: [conversations(4, 5)] }]);
  });

  it('reach every window, though one of them fails', () => {
    const { changes, heard, logged } = world();
    changes.on(() => {
      throw new Error('closed');
    });
    const second: unknown[] = [];
    changes.on((_event, payload) => void second.push(payload));
    changes.publish([{ on: 'counts' }]);
    expect(second).toEqual(heard);
    expect(logged).toEqual(['A listener failed']);
  });

  it('say "many" rather than name more conversations than a window shows', () => {
    const { changes, heard } = world();
    changes.publish([conversations(...Array.from({ length: 501 }, (_, index) => index + 1))]);
    expect(heard).toEqual([{ seq: 1, topics: [{ on: 'conversations' }] }]);
  });

  it('can be asked for since a seq, and say when that is too long ago or of another run', async () => {
    const { clock, changes } = world();
    for (let id = 1; id <= 3; id++) {
      changes.publish([conversations(id)]);
      await clock.advance(20);
    }
    expect(changes.since(changes.epoch, 1)).toEqual({ reset: false, seq: 3, topics: [conversations(2, 3)] });
    expect(changes.since(changes.epoch, 3)).toEqual({ reset: false, seq: 3, topics: [] });
    expect(changes.since('another', 3).reset).toBe(true);
    expect(changes.since(changes.epoch, 4).reset).toBe(true);
    for (let n = 0; n < 1000; n++) {
      changes.publish([{ on: 'counts' }]);
      await clock.advance(20);
    }
    expect(changes.since(changes.epoch, 1).reset).toBe(true);
  });
});
