import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { dovecotConfig, type MailConfig, type MailPorts, oauthConfig, smtpdConfig } from './mail-config.ts';
import { answers, findProgram, freePorts, run, type Server, startServer } from './process.ts';

/** A mail provider on this machine: Dovecot for IMAP and submission, OpenSMTPD for delivery, mailboxes as Maildir. */
export interface MailServer {
  readonly ports: MailPorts;
  /** The self-signed certificate of all TLS ports, PEM; names localhost and 127.0.0.1. */
  readonly certificate: string;
  /** OAuth access tokens that are good, by address. */
  readonly tokens: Map<string, string>;
  /** Puts a message straight into a folder (default the inbox), as a delivery does. `flags` are Maildir's: S, F, R, D. */
  deliver(user: string, raw: string | Uint8Array, options?: { folder?: string; flags?: string }): Promise<void>;
  /** Many at once, before anyone looks. */
  deliverAll(user: string, raws: Iterable<string | Uint8Array>, folder?: string): Promise<void>;
  /** Messages of a folder as they lie on disk. */
  files(user: string, folder?: string): Promise<readonly string[]>;
  /** Runs doveadm on these very mailboxes. */
  doveadm(...args: readonly string[]): Promise<string>;
  /** Gives every message of a folder a new UID under a new UIDVALIDITY, as a server rebuilt from a backup would. */
  renumber(user: string, folder?: string): Promise<void>;
  /** Takes from the server the right to read the message that came as the `number`th, counted from 1. */
  spoil(user: string, number: number, folder?: string): Promise<void>;
  /** Another certificate from now on. */
  replaceCertificate(): Promise<void>;
  /** Ends IMAP and submission at once, connections and all; delivery goes on. */
  kill(): Promise<void>;
  /** After `kill`, or to take other abilities. */
  restart(options?: Pick<MailServerOptions, 'abilities'>): Promise<void>;
  stop(): Promise<void>;
}
export interface MailServerOptions {
  /** Passwords by address; all under example.test. */
  readonly users: Readonly<Record<string, string>>;
  readonly abilities?: MailConfig['abilities'];
  readonly connections?: number;
  /** Leave OpenSMTPD out where nothing is sent: starts faster. */
  readonly delivery?: boolean;
}

let delivered = 0;

/** Starts a server of its own on free ports; ended by `stop`, which leaves nothing behind. */
export async function startMailServer(options: MailServerOptions): Promise<MailServer> {
  const dir = await mkdtemp(join(tmpdir(), 'carillon-mail-'));
  // Mailboxes belong to a user without rights, who must be able to get there.
  await chmod(dir, 0o755);
  const [imap = 0, imaps = 0, submission = 0, smtp = 0] = await freePorts(4);
  const root = process.getuid?.() === 0;
  const owner = root ? { user: 'nobody', group: 'nogroup' } : { user: userInfo().username, group: userInfo().username };
  const ports = { imap, imaps, submission, smtp };
  let abilities = options.abilities ?? 'qresync';
  const config = (): MailConfig => ({ dir, ports, owner, root, abilities, connections: options.connections ?? 50 });
  const ids = root ? await ownerIds(owner.user) : undefined;
  const own = async (path: string): Promise<void> => {
    if (ids) await chown(path, ids.uid, ids.gid);
  };

  const tokens = new Map<string, string>();
  const introspection = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const token = new URLSearchParams(body).get('token') ?? '';
      const email = [...tokens].find(([, good]) => good === token)?.[0];
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(email ? { active: true, email, username: email } : { active: false }));
    });
  });
  await new Promise<void>((resolve) => introspection.listen(0, '127.0.0.1', resolve));
  const introspectionAddress = introspection.address();
  const introspectionPort = typeof introspectionAddress === 'object' ? (introspectionAddress?.port ?? 0) : 0;

  for (const folder of ['mail', 'home']) {
    await mkdir(join(dir, folder));
    await own(join(dir, folder));
  }
  const makeCertificate = async (): Promise<void> => {
    await run('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30'],
      ...['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem'), '-subj', '/CN=mail.example.test'],
      ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
    ]);
  };
  await makeCertificate();
  const write = async (): Promise<void> => {
    await writeFile(join(dir, 'dovecot.conf'), dovecotConfig(config()));
  };
  await write();
  await writeFile(join(dir, 'oauth2.ext'), oauthConfig(introspectionPort));
  await writeFile(join(dir, 'smtpd.conf'), smtpdConfig(config()), { mode: 0o600 });
  await writeFile(
    join(dir, 'users'),
    Object.entries(options.users)
      .map(([address, password]) => `${address}:{PLAIN}${password}\n`)
      .join(''),
  );
  await writeFile(
    join(dir, 'vusers'),
    Object.keys(options.users)
      .map((address) => `${address}: ${owner.user}\n`)
      .join(''),
  );

  const program = (name: string): string => {
    const path = findProgram(name);
    if (!path) throw new Error(`${name} is not installed: see the packages in tests/servers/packages.ts`);
    return path;
  };
  let dovecot: Server | undefined;
  let smtpd: Server | undefined;
  const startDovecot = async (): Promise<void> => {
    dovecot = startServer(program('dovecot'), ['-F', '-c', join(dir, 'dovecot.conf')]);
    try {
      await Promise.all([answers(imap, dovecot.child), answers(submission, dovecot.child)]);
    } catch (error) {
      throw new Error(`Dovecot did not start: ${dovecot.output()}`, { cause: error });
    }
  };
  const startSmtpd = async (): Promise<void> => {
    // smtpd has fixed places for queue and control socket; a mount namespace gives each server its own.
    const command = `mount -t tmpfs none /run && mount -t tmpfs none /var/spool && mkdir -m 711 /var/spool/smtpd && exec ${program('smtpd')} -d -f ${join(dir, 'smtpd.conf')}`;
    smtpd = startServer('unshare', ['-m', 'sh', '-c', command]);
    try {
      await answers(smtp, smtpd.child);
    } catch (error) {
      throw new Error(`OpenSMTPD did not start: ${smtpd.output()}`, { cause: error });
    }
  };

  const maildir = (user: string, folder = 'INBOX'): string =>
    join(dir, 'mail', user, folder === 'INBOX' ? '' : `.${folder.replaceAll('/', '.')}`);
  const ensure = async (user: string, folder?: string): Promise<string> => {
    const path = maildir(user, folder);
    for (const part of [join(dir, 'mail', user), path, ...['cur', 'new', 'tmp'].map((name) => join(path, name))]) {
      await mkdir(part, { recursive: true });
      await own(part);
    }
    return path;
  };
  const put = async (path: string, raw: string | Uint8Array, flags: string | undefined): Promise<void> => {
    delivered += 1;
    const name = `${Math.floor(Date.now() / 1000)}.M${process.pid}P${delivered}.test`;
    const temporary = join(path, 'tmp', name);
    await writeFile(temporary, raw);
    await own(temporary);
    await rename(temporary, flags === undefined ? join(path, 'new', name) : join(path, 'cur', `${name}:2,${flags}`));
  };
  const doveadm = async (...args: readonly string[]): Promise<string> =>
    (await run(program('doveadm'), ['-c', join(dir, 'dovecot.conf'), ...args], { maxBuffer: 64 * 1024 * 1024 })).stdout;

  try {
    await Promise.all([startDovecot(), options.delivery === false ? undefined : startSmtpd()]);
  } catch (error) {
    await stop();
    throw error;
  }

  async function stop(): Promise<void> {
    // Nothing of theirs is to last, so nothing need be asked.
    await Promise.all([dovecot?.end('SIGKILL'), smtpd?.end('SIGKILL')]);
    introspection.closeAllConnections();
    await new Promise((resolve) => introspection.close(resolve));
    await rm(dir, { recursive: true, force: true, maxRetries: 3 });
  }

  let certificate = await readFile(join(dir, 'cert.pem'), 'utf8');
  const server: MailServer = {
    ports,
    get certificate() {
      return certificate;
    },
    tokens,
    deliver: async (user, raw, { folder, flags } = {}) => await put(await ensure(user, folder), raw, flags),
    async deliverAll(user, raws, folder) {
      const path = await ensure(user, folder);
      for (const raw of raws) await put(path, raw, undefined);
    },
    async files(user, folder) {
      const path = maildir(user, folder);
      const names = await Promise.all(
        ['new', 'cur'].map(async (part) => await readdir(join(path, part)).catch(() => [])),
      );
      return names.flat();
    },
    doveadm,
    async renumber(user, folder = 'INBOX') {
      const path = maildir(user, folder);
      await doveadm('kick', user).catch(() => '');
      for (const name of await readdir(path))
        if (name === 'dovecot-uidlist' || name.startsWith('dovecot.index')) await rm(join(path, name), { force: true });
      await rm(join(dir, 'mail', user, 'dovecot.list.index'), { force: true });
      await rm(join(dir, 'mail', user, 'dovecot.list.index.log'), { force: true });
    },
    async spoil(user, number, folder) {
      const path = maildir(user, folder);
      const names = (await readdir(join(path, 'new'))).sort((a, b) => order(a) - order(b));
      const name = names[number - 1];
      if (name === undefined) throw new Error(`there is no message ${number}`);
      await chown(join(path, 'new', name), 0, 0);
      await chmod(join(path, 'new', name), 0o000);
    },
    async replaceCertificate() {
      await makeCertificate();
      certificate = await readFile(join(dir, 'cert.pem'), 'utf8');
      await server.restart();
    },
    async kill() {
      await dovecot?.end('SIGKILL');
    },
    async restart(next) {
      await dovecot?.end('SIGKILL');
      abilities = next?.abilities ?? abilities;
      await write();
      await startDovecot();
    },
    stop,
  };
  return server;
}

/** Running number in a Maildir name as `put` makes them. */
const order = (name: string): number => Number(/P(\d+)\./.exec(name)?.[1] ?? 0);

async function ownerIds(user: string): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all([run('id', ['-u', user]), run('id', ['-g', user])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}
