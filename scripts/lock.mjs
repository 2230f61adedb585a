/**
 * npm run lock: completes package-lock.json with the optional builds for other systems.
 *
 * npm leaves out of the lockfile what the registry at hand did not offer, and `npm ci` then refuses on every machine
 * ("Missing: ... from lock file"). Each package's own `optionalDependencies` name those builds and their versions; what
 * system they are for is in their names. An entry carries no address and no hash: npm asks the registry of the machine
 * that needs it.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** Entries the lockfile lacks, by their path in it. */
const missingBuilds = (lock) => {
  const missing = {};
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const target = `node_modules/${name}`;
      const known = lock.packages[`${path}/${target}`] ?? lock.packages[target];
      if (known || !/^\d/.test(version)) continue;
      const words = name.split(/[/-]/);
      const os = words.filter((word) => systems.includes(word));
      const cpu = processors.filter((processor) => words.includes(processor)).slice(0, 1);
      if (os.length === 0) continue;
      const libc = words.includes('musl') ? ['musl'] : os[0] === 'linux' && words.includes('gnu') ? ['glibc'] : [];
      missing[target] = {
        version,
        ...(cpu.length > 0 && { cpu }),
        ...(entry.dev && { dev: true }),
        ...(libc.length > 0 && { libc }),
        optional: true,
        os,
      };
    }
  }
  return missing;
};

const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const missing = missingBuilds(lock);
  const packages = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }, null, 2)}\n`);
  process.stderr.write(`${Object.keys(missing).length} builds added\n`);
}
