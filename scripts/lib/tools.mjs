import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { findElectron } from './electron.mjs';
import { Ending, inProject, productNode, run, say } from './project.mjs';

/** What the tests need besides packages of npm: a program each, and the Debian package that has it. */
const tools = [
  { program: 'chromium', package: 'chromium', use: 'end-to-end tests' },
  { program: 'dovecot', package: 'dovecot-imapd', use: 'tests against a real IMAP server' },
  { program: 'smtpd', package: 'opensmtpd', use: 'tests against a real SMTP server' },
  { program: 'openssl', package: 'openssl', use: 'certificates of test servers' },
  { program: 'xvfb-run', package: 'xvfb', use: 'Electron tests' },
  { program: 'xauth', package: 'xauth', use: 'Electron tests' },
  { program: 'xdotool', package: 'xdotool', use: 'Electron tests of keys of the whole system' },
  { program: 'dbus-daemon', package: 'dbus-daemon', use: 'Electron tests of notifications and tray' },
  { program: 'dbus-run-session', package: 'dbus', use: 'tests against a real keychain' },
  { program: 'gnome-keyring-daemon', package: 'gnome-keyring', use: 'tests against a real keychain' },
];
/** Packages without a program of their own. */
const more = ['dovecot-submissiond', 'libsecret-1-0', 'libnotify4', 'fonts-dejavu-core', 'fonts-noto-color-emoji'];

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
const isRunnable = (path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
const has = (program) => folders.some((folder) => isRunnable(join(folder, program)));
const missingTools = () => tools.filter(({ program }) => !has(program));
const isRoot = process.getuid?.() === 0;

const missingPackages = async () => {
  const wanted = [...tools.map((tool) => tool.package), ...more];
  const { output } = await run('dpkg-query', ['-W', `-f=\${Package} \${db:Status-Status}\n`, ...wanted], {
    quiet: true,
  });
  const installed = new Set(
    output
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  );
  return wanted.filter((name) => !installed.has(name));
};

/** Installs what is missing where that can be done, and says what is missing where not; with CI set that is a failure. */
export const provideTools = async ({ strict }) => {
  if (isRoot && has('apt-get') && has('dpkg-query')) {
    const packages = await missingPackages();
    if (packages.length > 0) {
      say(`Installing Debian packages: ${packages.join(' ')}`);
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await run('apt-get', ['update', '-qq'], { quiet: true, env, timeoutMs: 300_000 });
      const args = ['install', '-y', '-qq', '--no-install-recommends', ...packages];
      const { code, output } = await run('apt-get', args, { quiet: true, env, timeoutMs: 600_000 });
      if (code !== 0) say(output.trim().split('\n').slice(-5).join('\n'));
    }
  }
  const missing = missingTools();
  for (const { program, package: name, use } of missing) {
    say(`Missing: ${program} (Debian package ${name}), for ${use}.`);
  }
  if (missing.length > 0 && strict) throw new Ending('A tool the tests need is missing, and CI=true skips nothing.');
};

/** Sets `ELECTRON_OVERRIDE_DIST_PATH` where an Electron for tests has to be provided. */
export const provideElectron = async ({ strict }) => {
  if (findElectron() !== undefined) return;
  const provision = inProject('..', 'shared', 'tools', 'electron-runtime', 'provision');
  if (existsSync(provision)) {
    const { code, output } = await run(provision, [], { quiet: true, timeoutMs: 600_000 });
    const dist = output.trim().split('\n').at(-1) ?? '';
    if (code === 0 && existsSync(join(dist, 'electron'))) {
      process.env.ELECTRON_OVERRIDE_DIST_PATH = dist;
      return;
    }
    say(output.trim());
  } else {
    const installer = inProject('node_modules', 'electron', 'install.js');
    await run(productNode(), [installer], { quiet: true, timeoutMs: 240_000 });
  }
  if (findElectron() !== undefined) return;
  say('Missing: Electron. Its download did not come; set ELECTRON_OVERRIDE_DIST_PATH to a folder that has it.');
  if (strict) throw new Ending('Electron is missing, and CI=true skips nothing.');
};
