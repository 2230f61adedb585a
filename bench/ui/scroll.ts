import type { Browser, Page } from 'playwright-core';
import type { Notes } from './probe.ts';

/**
 * How fast it is scrolled, px/s: as fast as Android lets a finger fling
 * (https://developer.android.com/reference/android/view/ViewConfiguration#getScaledMaximumFlingVelocity(), 8,000 dp/s), all
 * the way without slowing down. A hand at a wheel makes a quarter of it.
 */
const speed = 8_000;

export interface Scrolled {
  /** Of the frames in which something should have moved, the share the screen did not get, by Chromium's own account. */
  readonly dropped: number;
  /** Of the frames the screen got, the share with a piece of it not painted in time. */
  readonly unpainted: number;
  /** The longest task of the window's thread, ms. */
  readonly longest: number;
  /** Processor time of the window's thread, ms for each frame there should have been. */
  readonly busy: number;
}

/** Turns the wheel over something for a distance in px; positive goes up. More is fetched as it goes. */
export async function scroll(browser: Browser, page: Page, what: string, distance: number): Promise<Scrolled> {
  const session = await page.context().newCDPSession(page);
  const box = await page.locator(what).boundingBox();
  if (!box) throw new Error(`${what} is not in sight`);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const taken = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
  await page.evaluate(() => {
    (window as unknown as { notes: Notes }).notes.longTasks.length = 0;
  });
  const before = await taken();
  await browser.startTracing(page, { categories: ['cc', 'benchmark'] });
  await session.send('Input.synthesizeScrollGesture', {
    x: Math.round(box.x + box.width / 2),
    y: Math.round(box.y + box.height / 2),
    yDistance: distance,
    speed,
    gestureSourceType: 'mouse',
  });
  const frames = framesOf(await browser.stopTracing());
  const busy = (await taken()) - before;
  const { longTasks } = await page.evaluate(() => (window as unknown as { notes: Notes }).notes);
  await session.detach();
  const shown = frames.filter(({ state }) => state.startsWith('STATE_PRESENTED'));
  const lost = frames.filter(({ state, affects_smoothness }) => state === 'STATE_DROPPED' && affects_smoothness);
  const due = shown.length + lost.length;
  if (due === 0) throw new Error(`${what} was not scrolled`);
  return {
    dropped: lost.length / due,
    unpainted: shown.filter((frame) => frame.checkerboarded_needs_raster).length / Math.max(1, shown.length),
    longest: Math.max(0, ...longTasks),
    busy: busy / due,
  };
}

/** What Chromium writes down of each frame: chrome_frame_reporter.proto of Perfetto. */
interface Frame {
  readonly state: string;
  readonly scroll_state: string;
  readonly affects_smoothness: boolean;
  readonly checkerboarded_needs_raster?: boolean;
}
interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly args?: { readonly frame_reporter?: Frame };
}
/** The frames during which something was being scrolled. */
function framesOf(trace: Buffer): readonly Frame[] {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: readonly TraceEvent[] };
  return traceEvents.flatMap(({ name, ph, args }) => {
    const frame = args?.frame_reporter;
    return name === 'PipelineReporter' && ph === 'b' && frame && frame.scroll_state !== 'SCROLL_NONE' ? [frame] : [];
  });
}

/** A page without a script, of as many bubbles: what this machine and this browser can do at best. */
export async function plainPage(page: Page, bubbles: number): Promise<void> {
  const text = 'The bells ring at noon, and the tide comes in after them. ';
  const lines = Array.from({ length: bubbles }, (_, index) => `<p>${text.repeat(1 + (index % 5))}</p>`);
  await page.setContent(`<!doctype html><title>Plain</title><style>
    body { margin: 0; font: 13.5px/1.45 system-ui, sans-serif }
    main { height: 717px; width: 828px; margin: 100px 0 0 612px; overflow: auto; background: #fff }
    p { max-width: 560px; margin: 2px 60px; padding: 7px 12px; border-radius: 14px; background: #f3f1ee }
  </style><main>${lines.join('')}</main>`);
}
