import { connect, createServer, type Socket } from 'node:net';

/** A wire that can be watched and cut, between a client and a real server. */
export interface Wire {
  readonly port: number;
  /** Connections made through it so far. */
  readonly connections: number;
  /** Ends every connection now, as a cable pulled. */
  cut(): void;
  /** Called with every piece the client sends; answering `cut` drops it and the connection, `hold` drops it alone. */
  onClient: ((data: Buffer) => 'pass' | 'cut' | 'hold') | undefined;
  /** The same for what the server sends. */
  onServer: ((data: Buffer) => 'pass' | 'cut' | 'hold') | undefined;
  close(): Promise<void>;
}

export async function startWire(target: number): Promise<Wire> {
  const pairs = new Set<readonly [Socket, Socket]>();
  let connections = 0;
  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(target, '127.0.0.1');
    const pair = [client, upstream] as const;
    pairs.add(pair);
    const drop = (): void => {
      pairs.delete(pair);
      client.destroy();
      upstream.destroy();
    };
    const carry = (from: Socket, to: Socket, judge: () => Wire['onClient']): void => {
      from.on('data', (data: Buffer) => {
        const verdict = judge()?.(data) ?? 'pass';
        if (verdict === 'cut') drop();
        else if (verdict === 'pass') to.write(data);
      });
      from.on('error', drop);
      from.on('close', drop);
    };
    carry(client, upstream, () => wire.onClient);
    carry(upstream, client, () => wire.onServer);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  const wire: Wire = {
    port: address.port,
    get connections() {
      return connections;
    },
    cut() {
      for (const [client, upstream] of pairs) {
        client.destroy();
        upstream.destroy();
      }
      pairs.clear();
    },
    onClient: undefined,
    onServer: undefined,
    async close() {
      this.cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return wire;
}
