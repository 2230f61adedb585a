import iconv from 'iconv-lite';
import { detectCharset } from './detect.ts';

/** Names mail uses that neither the WHATWG list nor iconv-lite knows, and those both read too strictly. */
const aliases: Readonly<Record<string, string>> = {
  'ansi_x3.4-1968': 'us-ascii',
  ascii: 'us-ascii',
  'cp-1250': 'windows-1250',
  'cp-1251': 'windows-1251',
  'cp-1252': 'windows-1252',
  cseucpkdfmtjapanese: 'euc-jp',
  'gb2312-80': 'gb18030',
  gb2312: 'gb18030',
  gb_2312: 'gb18030',
  'gb_2312-80': 'gb18030',
  gbk: 'gb18030',
  'x-gbk': 'gb18030',
  'hz-gb-2312': 'hz-gb-2312',
  'iso-8859-1': 'windows-1252',
  'iso-8859-8-e': 'iso-8859-8',
  'iso-8859-8-i': 'iso-8859-8',
  'iso-8859-9': 'windows-1254',
  'iso-8859-11': 'windows-874',
  'iso8859-1': 'windows-1252',
  'iso_8859-1': 'windows-1252',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  cp50220: 'iso-2022-jp',
  cp50221: 'iso-2022-jp',
  latin1: 'windows-1252',
  l1: 'windows-1252',
  'latin-1': 'windows-1252',
  'shift-jis': 'cp932',
  shift_jis: 'cp932',
  'tis-620': 'windows-874',
  'unicode-1-1-utf-7': 'utf-7',
  'unicode-1-1-utf-8': 'utf-8',
  utf8: 'utf-8',
  utf8mb4: 'utf-8',
  'utf-8-sig': 'utf-8',
  'windows-1252http-equivcontent-type': 'windows-1252',
  'x-mac-ce': 'maccenteuro',
  'x-mac-cyrillic': 'maccyrillic',
  'x-mac-roman': 'macroman',
  'x-sjis': 'cp932',
  'x-euc-jp': 'euc-jp',
  'x-windows-949': 'cp949',
};

/** Bytes 0x80-0x9F are controls nobody sends in these; the Windows code page was meant. */
const windowsOf: Readonly<Record<string, string>> = {
  'iso-8859-2': 'windows-1250',
  'iso-8859-4': 'windows-1257',
  'iso-8859-7': 'windows-1253',
  'iso-8859-8': 'windows-1255',
  'iso-8859-13': 'windows-1257',
};

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Lower-case canonical name, or undefined for no charset anyone knows. */
export function charsetName(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  const plain = label
    .trim()
    .replace(/^['"]|['"]$/g, '')
    .toLowerCase();
  if (plain === '') return undefined;
  const known = aliases[plain] ?? aliases[plain.replace(/_/g, '-')];
  if (known !== undefined) return known;
  if (plain.startsWith('iso-2022-')) return plain;
  return iconv.encodingExists(plain) ? plain : undefined;
}

const hasHighByte = (bytes: Buffer): boolean => {
  for (let i = 0; i < bytes.length; i++) if ((bytes[i] ?? 0) > 0x7f) return true;
  return false;
};

/** Text of strictly valid UTF-8, else undefined. */
function utf8OrNothing(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** UTF-16 and UTF-32 as their byte order marks or their zero bytes give them away. */
function wideCharset(bytes: Buffer): string | undefined {
  if (bytes.length < 4) return undefined;
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  const end = Math.min(bytes.length & ~3, 4096);
  const zeros = [0, 0, 0, 0];
  for (let i = 0; i < end; i++) if (bytes[i] === 0) zeros[i & 3] = (zeros[i & 3] ?? 0) + 1;
  const share = zeros.map((count) => (count * 4) / end);
  const [first = 0, second = 0, third = 0, fourth = 0] = share;
  if (first > 0.9 && second > 0.5 && third < 0.9 && fourth < 0.3) return 'utf-32be';
  if (fourth > 0.9 && third > 0.5 && second < 0.9 && first < 0.3) return 'utf-32le';
  const even = (first + third) / 2;
  const odd = (second + fourth) / 2;
  if (even > 0.3 && odd < 0.1) return 'utf-16be';
  if (odd > 0.3 && even < 0.1) return 'utf-16le';
  return undefined;
}

/** SO/SI shift sets (RFC 1557 Korean, RFC 1922 Chinese): the shifted bytes are the 8-bit code with the top bit off. */
function shifted(bytes: Buffer, into: string): string {
  const out = Buffer.alloc(bytes.length);
  let length = 0;
  let high = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte === 0x0e) high = 0x80;
    else if (byte === 0x0f) high = 0;
    else if (byte === 0x1b && bytes[i + 1] === 0x24) i += 3;
    else {
      if (byte === 0x0a) high = 0;
      out[length++] = byte > 0x20 ? byte | high : byte;
    }
  }
  return iconv.decode(out.subarray(0, length), into);
}

/** HZ (RFC 1843): GB 2312 between ~{ and ~}. */
function hz(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .split(/~\{(.*?)(?:~\}|$)/s)
    .map((piece, index) =>
      index % 2 === 0
        ? piece.replaceAll('~~', '~').replace(/~\r?\n/g, '')
        : iconv.decode(
            Buffer.from(piece, 'latin1').map((byte) => byte | 0x80),
            'gb18030',
          ),
    )
    .join('');
}

function decodeAs(bytes: Buffer, charset: string): string {
  switch (charset) {
    case 'utf-8':
      return bytes.toString('utf8');
    case 'iso-2022-kr':
      return shifted(bytes, 'cp949');
    case 'iso-2022-cn':
    case 'iso-2022-cn-ext':
      return shifted(bytes, 'gb18030');
    case 'iso-2022-jp':
      return new TextDecoder('iso-2022-jp').decode(bytes);
    case 'hz-gb-2312':
      return hz(bytes);
    case 'windows-1252':
      return hasHighByte(bytes) ? iconv.decode(bytes, charset) : bytes.toString('latin1');
    default:
      return iconv.encodingExists(charset) ? iconv.decode(bytes, charset) : bytes.toString('latin1');
  }
}

/** Share of the non-ASCII text that did not decode. */
function brokenShare(text: string): number {
  let broken = 0;
  let high = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) high++;
    if (unit === 0xfffd) broken++;
  }
  return high === 0 ? 0 : broken / high;
}

/**
 * Text of bytes in the charset they say they are in, or the one they are in when that cannot be true: mail calls
 * 8-bit text US-ASCII, UTF-8 Latin-1 and Windows text ISO, and leaves the label out. Never throws; a byte order mark is dropped.
 * `hint` is a charset to prefer over guessing when there is no label (headers: that of the body).
 */
export function decodeText(source: Uint8Array, label?: string, hint?: string): string {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  const text = decodeLabelled(bytes, charsetName(label), hint);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

function decodeLabelled(bytes: Buffer, charset: string | undefined, hint: string | undefined): string {
  if (charset === undefined || charset === 'us-ascii') return decodeUnlabelled(bytes, hint);
  if (charset === 'utf-8') {
    if (!hasHighByte(bytes)) return decodeSevenBit(bytes);
    const text = bytes.toString('utf8');
    return text.includes('\ufffd') && brokenShare(text) > 0.3 ? decodeUnlabelled(bytes, hint) : text;
  }
  if (charset === 'utf-16' || charset === 'utf-32') return decodeAs(bytes, wideCharset(bytes) ?? `${charset}le`);
  if (charset.startsWith('utf-') || charset.startsWith('iso-2022-') || charset === 'hz-gb-2312')
    return decodeAs(bytes, charset);
  if (!hasHighByte(bytes)) return decodeAs(bytes, charset);
  if (charset === 'windows-1252') {
    const text = utf8OrNothing(bytes);
    if (text !== undefined) return text;
  }
  const windows = windowsOf[charset];
  if (windows !== undefined && bytes.some((byte) => byte >= 0x80 && byte <= 0x9f)) return decodeAs(bytes, windows);
  const text = decodeAs(bytes, charset);
  if (!text.includes('\ufffd') || brokenShare(text) < 0.1) return text;
  const guessed = decodeUnlabelled(bytes, hint);
  return brokenShare(guessed) < brokenShare(text) ? guessed : text;
}

/** Seven-bit text may still be ISO-2022 (escape sequences) or UTF-16 (zero bytes). */
function decodeSevenBit(bytes: Buffer): string {
  if (bytes.includes(0x1b)) {
    if (bytes.includes('\x1b$)C', 0, 'latin1')) return decodeAs(bytes, 'iso-2022-kr');
    if (/\x1b(?:\$[@B]|\([JI]|\$\(D)/.test(bytes.toString('latin1'))) return decodeAs(bytes, 'iso-2022-jp');
  }
  const wide = bytes.includes(0) ? wideCharset(bytes) : undefined;
  return wide === undefined ? bytes.toString('latin1') : decodeAs(bytes, wide);
}

function decodeUnlabelled(bytes: Buffer, hint: string | undefined): string {
  if (!hasHighByte(bytes)) return decodeSevenBit(bytes);
  const wide = wideCharset(bytes);
  if (wide !== undefined) return decodeAs(bytes, wide);
  const utf8 = utf8OrNothing(bytes);
  if (utf8 !== undefined) return utf8;
  const hinted = charsetName(hint);
  if (hinted !== undefined && hinted !== 'us-ascii' && hinted !== 'utf-8') return decodeAs(bytes, hinted);
  return decodeAs(bytes, charsetName(detectCharset(bytes)) ?? 'windows-1252');
}
