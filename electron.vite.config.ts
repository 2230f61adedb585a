import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';

const source = (path: string): string => resolve(import.meta.dirname, path);

/** Every program and worker of the product. Each is a file of its own in out/main: workers are found beside their caller. */
const programs = {
  electron: source('src-main/hosts/electron/index.ts'),
  hub: source('src-main/hosts/hub-process.ts'),
  'node-host': source('src-main/hosts/node/index.ts'),
  cli: source('src-main/hosts/cli/index.ts'),
  'store-writer': source('src-main/store/worker/writer.ts'),
  'store-reader': source('src-main/store/worker/reader.ts'),
  'store-checkpoints': source('src-main/store/worker/checkpointer.ts'),
  'store-terms': source('src-main/store/search/terms-worker.ts'),
  'mail-worker': source('adapters/_kit/mail/worker.ts'),
};

/** What pdf.js asks for by name while it draws: fonts, character maps, and decoders that need no WebAssembly. */
const pdfResources = (): Plugin => ({
  name: 'carillon:pdf-resources',
  apply: 'build',
  async generateBundle() {
    const folder = source('node_modules/pdfjs-dist');
    const wanted = /^(cmaps|standard_fonts|iccs)\/|^wasm\/(.*_nowasm_fallback\.js|LICENSE.*)$/;
    for (const name of await readdir(folder, { recursive: true })) {
      const path = name.replaceAll('\\', '/');
      if (!wanted.test(path)) continue;
      this.emitFile({ type: 'asset', fileName: `pdf/${path}`, source: await readFile(join(folder, name)) });
    }
  },
});

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
    plugins: [react(), pdfResources()],
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
