/** Of the Basic Encoding Rules (X.690) the little that leads to the content of a CMS SignedData. */
const tags = { oid: 0x06, octets: 0x04, octetsInPieces: 0x24, sequence: 0x30, explicit: 0xa0 } as const;
/** RFC 5652 sections 5.1 and 4: 1.2.840.113549.1.7.2 and .1. */
const signedData = Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02]);
const data = Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01]);
/** Elements of indefinite length within each other; real ones need five. */
const deepest = 20;

/**
 * What a CMS SignedData carries (RFC 5652 section 5.2): the MIME entity of an opaque-signed message (RFC 8551 section
 * 3.5.2). The signature is not looked at. Undefined for anything else: ciphertext, certificates alone, a signature apart
 * from what it signs, bytes that are no CMS or not all of it. Never throws.
 */
export function signedContent(bytes: Buffer): Buffer | undefined {
  const content = child(bytes, { from: 0, to: bytes.length }, 0, tags.sequence);
  if (!content || !isType(bytes, content, signedData)) return undefined;
  const wrapped = child(bytes, content, 1, tags.explicit);
  const signed = wrapped && child(bytes, wrapped, 0, tags.sequence);
  // SignedData: version, digestAlgorithms, encapContentInfo.
  const encapsulated = signed && child(bytes, signed, 2, tags.sequence);
  if (!encapsulated || !isType(bytes, encapsulated, data)) return undefined;
  const explicit = child(bytes, encapsulated, 1, tags.explicit);
  return explicit && octets(bytes, explicit);
}

/** Where a content lies. `to` is undefined where an end-of-contents mark ends it (X.690 section 8.1.3.6). */
interface Range {
  readonly from: number;
  readonly to: number | undefined;
}
interface Element extends Range {
  readonly tag: number;
}

function child(bytes: Buffer, parent: Range, index: number, tag: number): Element | undefined {
  let at: number | undefined = parent.from;
  for (let n = 0; n < index && at !== undefined; n++) at = after(bytes, parent, at, 0);
  const found = at === undefined ? undefined : elementAt(bytes, parent, at);
  return found?.tag === tag ? found : undefined;
}

const isType = (bytes: Buffer, parent: Range, oid: Buffer): boolean => {
  const type = child(bytes, parent, 0, tags.oid);
  return type?.to !== undefined && bytes.subarray(type.from, type.to).equals(oid);
};

/** An OCTET STRING in one piece or, as programs write it that stream, in many (X.690 section 8.7.3). */
function octets(bytes: Buffer, parent: Range): Buffer | undefined {
  const whole = child(bytes, parent, 0, tags.octets);
  if (whole) return bytes.subarray(whole.from, whole.to);
  const pieces = child(bytes, parent, 0, tags.octetsInPieces);
  if (!pieces) return undefined;
  const found: Buffer[] = [];
  for (let at: number | undefined = pieces.from; ; ) {
    if (isEnd(bytes, pieces, at)) return Buffer.concat(found);
    const piece = elementAt(bytes, pieces, at);
    if (piece?.tag !== tags.octets) return undefined;
    found.push(bytes.subarray(piece.from, piece.to));
    at = piece.to;
    if (at === undefined) return undefined;
  }
}

const isEnd = (bytes: Buffer, { to }: Range, at: number): boolean =>
  to === undefined ? bytes[at] === 0 && bytes[at + 1] === 0 : at >= to;

/** Undefined where there is none, or not all of it. */
function elementAt(bytes: Buffer, parent: Range, at: number): Element | undefined {
  const most = parent.to ?? bytes.length;
  const tag = bytes[at];
  const first = bytes[at + 1];
  // Tags of more than one octet (section 8.1.2.4) occur nowhere here.
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || isEnd(bytes, parent, at)) return undefined;
  if (first === 0x80) return (tag & 0x20) === 0 ? undefined : { tag, from: at + 2, to: undefined };
  const size = first < 0x80 ? 0 : first & 0x7f;
  if (size > 6 || at + 2 + size > most) return undefined;
  const from = at + 2 + size;
  const to = from + (size === 0 ? first : bytes.readUIntBE(at + 2, size));
  return to > most ? undefined : { tag, from, to };
}

/** Where the element after the one at `at` begins. */
function after(bytes: Buffer, parent: Range, at: number, depth: number): number | undefined {
  const element = elementAt(bytes, parent, at);
  if (!element || depth > deepest) return undefined;
  if (element.to !== undefined) return element.to;
  for (let inner: number | undefined = element.from; inner !== undefined; ) {
    if (isEnd(bytes, element, inner)) return inner + 2;
    inner = after(bytes, element, inner, depth + 1);
  }
  return undefined;
}
