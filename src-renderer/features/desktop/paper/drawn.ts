/** How long pictures and letters may take, ms: a paper without one of them is better than none. */
const patienceMs = 30_000;
const everyMs = 40;

const framesOf = (page: Document): readonly HTMLIFrameElement[] => [...page.querySelectorAll('iframe')];
/** A letter's frame has its letter in it, and is as high as that. */
const isFilled = ({ contentDocument }: HTMLIFrameElement): boolean => contentDocument?.getElementById('mail') != null;
const isLoaded = ({ images }: Document): boolean => [...images].every(({ complete }) => complete);

/** Resolves once everything on the page, and in the frames of letters, can be seen. */
export async function drawn(page: Document): Promise<void> {
  const frames = framesOf(page);
  const pages = (): readonly Document[] => [page, ...frames.flatMap(({ contentDocument }) => contentDocument ?? [])];
  const until = performance.now() + patienceMs;
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, everyMs));
  // Nobody scrolls here: what would be fetched once it is near is fetched now.
  for (const image of page.images) image.loading = 'eager';
  while (!(frames.every(isFilled) && pages().every(isLoaded)) && performance.now() < until) await pause();
  await page.fonts.ready;
  // Frames take the height of what came last.
  await pause();
}
