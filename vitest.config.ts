import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const project = (name: string, include: string[], more: object = {}) => ({
  extends: true as const,
  test: { name, include, ...more },
});

/** Whatever asks real servers. */
const setupFiles = ['./tests/setup.ts'];

/** Files at once: two, though the machine has no third core to run vitest itself on; much of a test is waiting. */
const both = 2;

export default defineConfig({
  plugins: [react()],
  test: {
    passWithNoTests: false,
    // What is waited for comes when a busy machine lets it.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      project(
        'unit',
        [
          'src-shared/**/*.test.ts',
          'src-main/**/*.test.ts',
          'src-renderer/**/*.test.{ts,tsx}',
          'adapters/**/*.test.ts',
          'scripts/**/*.test.ts',
        ],
        // A hang is a hang after a minute too; a machine with other work to do may need half of it.
        { testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: both },
      ),
      project('corpora', ['tests/corpora/**/*.test.ts'], { testTimeout: 300_000 }),
      project('integration', ['tests/integration/**/*.test.ts', 'tests/hosts/**/*.test.ts'], {
        setupFiles,
        testTimeout: 120_000,
        hookTimeout: 120_000,
        maxWorkers: both,
      }),
      project('e2e', ['tests/e2e/**/*.test.ts'], {
        setupFiles,
        // A test waits for windows, hub and disk at once.
        expect: { poll: { timeout: 60_000 } },
        testTimeout: 240_000,
        hookTimeout: 240_000,
        maxWorkers: both,
      }),
      project('electron', ['tests/electron/**/*.test.ts'], {
        setupFiles,
        expect: { poll: { timeout: 60_000 } },
        testTimeout: 240_000,
        hookTimeout: 240_000,
        fileParallelism: false,
      }),
    ],
  },
});
