import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const source = (path: string): string => resolve(import.meta.dirname, path);

/** Every program and worker of the product. Each is a file of its own in out/main: workers are found beside their caller. */
const programs = {
  electron: source('src-main/hosts/electron/index.ts'),
  hub: source('src-main/hosts/hub-process.ts'),
  'node-host': source('src-main/hosts/node/index.ts'),
  cli: source('src-main/hosts/cli/index.ts'),
  'store-writer': source('src-main/store/worker/writer.ts'),
  'store-reader': source('src-main/store/worker/reader.ts'),
  'store-terms': source('src-main/store/search/terms-worker.ts'),
  'mail-worker': source('adapters/_kit/mail/worker.ts'),
};

export default defineConfig({
  main: {
    build: {
      sourcemap: true,
      rolldownOptions: {
        input: programs,
        // Flat, so that "beside this file" means the same in an entry and in a piece several entries share.
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: { index: source('src-preload/index.ts') },
        // A sandboxed preload must be CommonJS: an ES module there is silently not run.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: source('src-renderer'),
    plugins: [react()],
    build: {
      outDir: source('out/renderer'),
      // electron-vite leaves programs as they are; a page is loaded by a browser, which parses less the faster.
      minify: true,
      rolldownOptions: { input: { index: source('src-renderer/index.html') } },
      modulePreload: { polyfill: false },
      // The page's policy takes pictures and fonts from data: and 'self'; files keep the script small.
      assetsInlineLimit: 0,
    },
  },
});
