/** The mboxrd dialect: every line that begins with any number of `>` and then `From ` gets one `>` more, so reading can undo it exactly. */

const newline = 0x0a;
const from = Buffer.from('From ');
const quote = Buffer.from('>');

/** One message as an mbox holds it: the separator line, the message with LF line ends, an empty line. */
export function mboxEntry(message: Uint8Array, sender: string, at: number): Buffer {
  const body = withLf(message);
  const pieces: Buffer[] = [Buffer.from(`From ${sender.replace(/\s+/g, '_') || 'MAILER-DAEMON'} ${asctime(at)}\n`)];
  for (let start = 0; start < body.byteLength; ) {
    const found = body.indexOf(newline, start);
    const end = found < 0 ? body.byteLength : found + 1;
    const line = body.subarray(start, end);
    if (needsQuote(line)) pieces.push(quote);
    pieces.push(line);
    start = end;
  }
  pieces.push(Buffer.from(body.at(-1) === newline ? '\n' : '\n\n'));
  return Buffer.concat(pieces);
}

function needsQuote(line: Buffer): boolean {
  let at = 0;
  while (line[at] === quote[0]) at++;
  return line.subarray(at, at + from.byteLength).equals(from);
}

function withLf(bytes: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(bytes.byteLength);
  let length = 0;
  for (let i = 0; i < bytes.byteLength; i++) {
    if (bytes[i] === 0x0d && bytes[i + 1] === newline) continue;
    out[length++] = bytes[i] ?? 0;
  }
  return out.subarray(0, length);
}

/** The form of asctime(3) in UTC, which RFC 4155 appendix A asks for: `Sat Jan  3 01:05:34 1996`. */
function asctime(at: number): string {
  const date = new Date(at);
  const [day = '', , month = '', year = ''] = date.toUTCString().replace(',', '').split(' ');
  return `${day} ${month} ${String(date.getUTCDate()).padStart(2)} ${date.toISOString().slice(11, 19)} ${year}`;
}
