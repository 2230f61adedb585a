/**
 * What a Node that runs the hub is started with: the nursery of its heap (V8: semi-space, MB). Left alone that grows to 116 MB
 * while a few thousand events pass through, a tenth of it in use, and does not shrink while they do. The store's threads have
 * bounds of their own (store/worker/client.ts) that are no wider, and Electron's own V8 keeps to as much by itself.
 * `scripts/start.mjs` says the same, for it runs before there is any TypeScript.
 */
export const nursery = '--max-semi-space-size=8';
