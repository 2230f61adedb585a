import { expect, it } from 'vitest';
import { createBell } from './bell.ts';

it('is heard once however often it rang, before or while somebody listens', async () => {
  const bell = createBell();
  bell.ring();
  bell.ring();
  await bell.heard();
  let heard = false;
  const listening = bell.heard().then(() => {
    heard = true;
  });
  await Promise.resolve();
  expect(heard).toBe(false);
  bell.ring();
  await listening;
  expect(heard).toBe(true);
});
