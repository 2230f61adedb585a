/** Content transfer encodings (RFC 2045 section 6) and uuencode, decoded leniently: what is no code is skipped. */

function decodeBase64(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const padding = text.indexOf('=');
  if (padding < 0 || /^[=\s]*$/.test(text.slice(padding))) return Buffer.from(text, 'base64');
  // Node stops at the first padding; joined base64 runs go on after it, a few stray letters are noise.
  const runs = text.split(/=+/).map((run) => run.replace(/[^A-Za-z0-9+/]/g, ''));
  return Buffer.concat(runs.filter((run, at) => at === 0 || run.length >= 8).map((run) => Buffer.from(run, 'base64')));
}

const hex = (byte: number | undefined): number => {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
};
const isBlank = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09;

function decodeQuotedPrintable(bytes: Buffer): Buffer {
  if (!bytes.includes(0x3d) && !bytes.includes(0x20)) return bytes;
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0x3d) {
      const high = hex(bytes[i + 1]);
      const low = hex(bytes[i + 2]);
      if (high >= 0 && low >= 0) {
        out[length++] = high * 16 + low;
        i += 2;
        continue;
      }
      // A soft line break, with blanks some gateway added (section 6.7, rule 3 and 5).
      let next = i + 1;
      while (isBlank(bytes[next])) next++;
      if (next >= bytes.length) break;
      if (bytes[next] === 0x0d && bytes[next + 1] === 0x0a) next++;
      if (bytes[next] === 0x0a || bytes[next] === 0x0d) {
        i = next;
        continue;
      }
    } else if (isBlank(byte)) {
      // Blanks before a line end were added on the way.
      let next = i + 1;
      while (isBlank(bytes[next])) next++;
      if (bytes[next] === 0x0a || (bytes[next] === 0x0d && bytes[next + 1] === 0x0a)) {
        i = next - 1;
        continue;
      }
      length += bytes.copy(out, length, i, next);
      i = next - 1;
      continue;
    }
    out[length++] = byte;
  }
  return out.subarray(0, length);
}

/** Decodes the lines between `begin` and `end` of uuencoded data; lines that are no code are left out. */
export function decodeUuencode(text: string): Buffer {
  const out: number[] = [];
  for (const line of text.split(/\r?\n/)) {
    if (/^begin(?:-base64)? [0-7]{3,4} /.test(line)) continue;
    if (/^(?:end)?\s*$/.test(line)) continue;
    const count = (line.charCodeAt(0) - 32) & 63;
    if (count === 0) continue;
    const wanted = out.length + count;
    for (let i = 1; i < line.length && out.length < wanted; i += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((n) => {
        const code = line.charCodeAt(i + n);
        return Number.isNaN(code) ? 0 : (code - 32) & 63;
      }) as [number, number, number, number];
      const three = [(a << 2) | (b >> 4), ((b & 15) << 4) | (c >> 2), ((c & 3) << 6) | d];
      for (const byte of three) if (out.length < wanted) out.push(byte & 255);
    }
  }
  return Buffer.from(out);
}

/** Bytes of a body under its Content-Transfer-Encoding; an unknown encoding is taken as none. */
export function decodeTransfer(bytes: Buffer, encoding: string | undefined): Buffer {
  switch (encoding?.replace(/[^a-z0-9-]/gi, '').toLowerCase()) {
    case 'base64':
      return decodeBase64(bytes);
    case 'quoted-printable':
    case 'quotedprintable':
    case 'qp':
      return decodeQuotedPrintable(bytes);
    case 'x-uuencode':
    case 'x-uue':
    case 'uuencode':
    case 'uue':
      return decodeUuencode(bytes.toString('latin1'));
    default:
      return bytes;
  }
}
