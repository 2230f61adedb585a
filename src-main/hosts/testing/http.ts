import { type IncomingHttpHeaders, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
/** One request with exactly these headers: `fetch` would not let Host and Origin be forged. */
export const ask = (
  url: string,
  options: { method?: string; headers?: Readonly<Record<string, string>>; body?: string | Uint8Array } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const going = request(url, { method: options.method ?? 'GET', headers: options.headers ?? {} }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    going.on('error', reject);
    going.end(options.body);
  });
