import { fileURLToPath } from 'node:url';

/** Where the window's build lies: beside the bundle (out/main), or in `out` when run from source. */
export const rendererFolder = (): string =>
  fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../out/renderer' : '../renderer', import.meta.url));
