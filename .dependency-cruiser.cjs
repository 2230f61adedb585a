const deny = (name, from, to, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});
const notTests = '\\.(test|e2e)\\.tsx?$';

/** Who may import whom (docs/ARCHITECTURE.md, "Folders"). */
module.exports = {
  forbidden: [
    deny('shared-is-leaf', '^src-shared', '^(src-main|src-renderer|src-preload|adapters|tests|bench)'),
    deny('adapters-see-contract-only', '^adapters/', '^(src-main|src-renderer|src-preload|bench)'),
    {
      name: 'adapters-are-tested-on-simulators',
      severity: 'error',
      from: { path: '^adapters/', pathNot: [notTests, '/testing/'] },
      to: { path: '^tests/' },
    },
    {
      name: 'adapters-are-strangers',
      severity: 'error',
      from: { path: '^adapters/([^/]+)/' },
      to: { path: '^adapters/', pathNot: '^adapters/($1|_kit)/' },
    },
    deny('renderer-is-remote', '^src-renderer', '^(src-main|src-preload|adapters|tests|bench)'),
    {
      name: 'electron-only-in-host',
      severity: 'error',
      from: { pathNot: '^(src-main/hosts/electron|src-preload)' },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    {
      name: 'sql-only-in-store',
      severity: 'error',
      from: { pathNot: ['^src-main/store', '^bench/'] },
      to: { path: 'drizzle-orm|better-sqlite3' },
    },
    deny('core-knows-no-host', '^src-main/(core|store|rpc|ports)', '^src-main/hosts'),
    {
      name: 'core-knows-no-channel',
      severity: 'error',
      from: { path: '^src-main/(core|store|rpc|ports)', pathNot: notTests },
      to: { path: '^adapters' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: '^(src-|adapters)', pathNot: [notTests, '/testing/', '/conformance/'] },
      to: { path: [notTests, '^tests/'] },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
