import { once } from 'node:events';
import { createServer as createSocket } from 'node:net';
import { inProject } from './project.mjs';

/** A port nobody listens on just now. */
export const freePort = async () => {
  const socket = createSocket().listen(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
};

const ofHost = ['/rpc', '/socket', '/attachment', '/upload', '/frame.html'];

/** What the page asks of its host is passed on, with the token and the origin the host wants to see. */
const passedOn = ({ url, token }) => {
  const proxied = {
    target: url,
    ws: true,
    changeOrigin: true,
    configure(proxy) {
      const admit = (request) => {
        request.setHeader('authorization', `Bearer ${token()}`);
        request.setHeader('origin', url);
        request.removeHeader('sec-fetch-site');
      };
      proxy.on('proxyReq', admit);
      proxy.on('proxyReqWs', admit);
    },
  };
  return Object.fromEntries(ofHost.map((path) => [path, proxied]));
};

/**
 * Vite on the page's own sources, which reloads what is edited. With a `host` for a browser; without one for Electron's
 * window, which asks its hub itself and is told where to hear of changes.
 * @param {{host?: {url: string, token: () => string}}} options
 * @returns {Promise<{url: string, close: () => Promise<void>}>}
 */
export const servePage = async ({ host } = {}) => {
  const { createServer } = await import('vite');
  const { default: react } = await import('@vitejs/plugin-react');
  const port = await freePort();
  const server = await createServer({
    configFile: false,
    root: inProject('src-renderer'),
    plugins: [react()],
    server: {
      host: '127.0.0.1',
      port,
      // The window's page has an address of its own: changes are heard of from here.
      ...(host === undefined
        ? { hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: port } }
        : { proxy: passedOn(host) }),
    },
  });
  await server.listen();
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
};
