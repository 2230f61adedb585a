// npm run dev: Carillon from source in a browser, with hot reload. The host runs from source too and starts anew with
// each change of it; Vite serves the page and passes on what the page asks of its host.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer as createSocket } from 'node:net';
import { createInterface } from 'node:readline';
import { install } from './lib/install.mjs';
import { Ending, inProject, productNode, say } from './lib/project.mjs';

const ofHost = ['/rpc', '/socket', '/attachment', '/upload', '/frame.html'];

const freePort = async () => {
  const socket = createSocket().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
};

const serve = async (url, token) => {
  const { createServer } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  const proxied = {
    target: url,
    ws: true,
    changeOrigin: true,
    configure(proxy) {
      // The host lets in who has the token and comes from its own page: here that is this server.
      const admit = (request) => {
        request.setHeader('authorization', `Bearer ${token()}`);
        request.setHeader('origin', url);
        request.removeHeader('sec-fetch-site');
      };
      proxy.on('proxyReq', admit);
      proxy.on('proxyReqWs', admit);
    },
  };
  const server = await createServer({
    configFile: false,
    root: inProject('src-renderer'),
    plugins: [react()],
    server: { host: '127.0.0.1', proxy: Object.fromEntries(ofHost.map((path) => [path, proxied])) },
  });
  await server.listen();
  return server;
};

const main = async () => {
  await install();
  const port = await freePort();
  const host = inProject('src-main', 'hosts', 'node', 'index.ts');
  const args = [
    '--watch',
    '--watch-preserve-output',
    host,
    ...process.argv.slice(2),
    '--headless',
    '--port',
    String(port),
  ];
  const child = spawn(productNode(), args, { stdio: ['inherit', 'pipe', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  const ended = once(child, 'exit');
  let token = '';
  const first = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      ({ token } = JSON.parse(line));
      resolve();
    });
  });
  await Promise.race([first, ended]);
  if (token === '') throw new Ending('The host did not start.');
  const server = await serve(`http://127.0.0.1:${port}`, () => token);
  say(`Carillon from source: ${server.resolvedUrls?.local[0]}`);
  const [code] = await ended;
  await server.close();
  return code ?? 0;
};

process.exitCode = await main().catch((error) => {
  say(`carillon: ${error.message}`);
  return error instanceof Ending ? error.code : 1;
});
