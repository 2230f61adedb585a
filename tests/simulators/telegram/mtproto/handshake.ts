import { createDiffieHellman, createHash, randomBytes } from 'node:crypto';
import { AuthKey } from 'teleproto/crypto/AuthKey.js';
import { IGE } from 'teleproto/crypto/IGE.js';
import { BinaryReader } from 'teleproto/extensions/index.js';
import { generateKeyDataFromNonce, readBigIntFromBuffer, returnBigInt } from 'teleproto/Helpers.js';
import { Api } from 'teleproto/tl/index.js';
import type { Long, ServerKey } from './keys.ts';

/** The 2048-bit safe prime Telegram uses (core.telegram.org/mtproto/security_guidelines). */
const prime = Buffer.from(
  'C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F48198A0AA7C14058229493D22530F4DBFA336F6E0AC9251395' +
    '43AED44CCE7C3720FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F642477FE96BB2A941D5BCD1D4AC8CC49880708' +
    'FA9B378E3C4F3A9060BEE67CF9A4A4A695811051907E162753B56B0F6B410DBA74D8A84B2A14B3144E0EF1284754FD17ED950D5965B4B9DD46' +
    '582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F0D8115F6' +
    '35B105EE2E4E15D04B2454BF6F4FADF034B10403119CD8E3B92FCC5B',
  'hex',
);
const generator = 3;
/** A product of two primes the client has to factorise, as proof of work: small ones, for how long that takes is chance. */
const pq = Buffer.from((600_011n * 700_001n).toString(16), 'hex');
const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
const sha1 = (bytes: Buffer): Buffer => createHash('sha1').update(bytes).digest();
const random = (bytes: number): Long => readBigIntFromBuffer(randomBytes(bytes), false, true);

export interface Handshake {
  /** Answers one plain message; `done` is the key both now have. Throws on what does not belong to a handshake. */
  answer(body: Buffer): Promise<{ readonly reply: Buffer; readonly done?: { key: Buffer; id: bigint } }>;
}
/** Makes a key with a client, step by step (core.telegram.org/mtproto/auth_key). */
export function handshake(server: ServerKey): Handshake {
  const serverNonce = random(16);
  const dh = createDiffieHellman(prime, generator);
  let nonce: Long = returnBigInt(0);
  let newNonce: Long = returnBigInt(0);
  const cipher = async () => {
    const { key, iv } = await generateKeyDataFromNonce(serverNonce, newNonce);
    return new IGE(key, iv);
  };
  return {
    async answer(body) {
      const request: unknown = new BinaryReader(body).tgReadObject();
      if (request instanceof Api.ReqPqMulti) {
        nonce = request.nonce;
        const serverPublicKeyFingerprints = [server.fingerprint];
        return { reply: new Api.ResPQ({ nonce, serverNonce, pq, serverPublicKeyFingerprints }).getBytes() };
      }
      if (request instanceof Api.ReqDHParams) {
        const inner: unknown = new BinaryReader(unpad(server.decrypt(request.encryptedData))).tgReadObject();
        if (!isInner(inner)) throw new Error('not p_q_inner_data');
        newNonce = inner.newNonce;
        const answer = new Api.ServerDHInnerData({
          nonce,
          serverNonce,
          g: generator,
          dhPrime: prime,
          gA: dh.generateKeys(),
          serverTime: Math.floor(Date.now() / 1000),
        }).getBytes();
        const plain = Buffer.concat([sha1(answer), answer]);
        const padded = Buffer.concat([plain, randomBytes((16 - (plain.length % 16)) % 16)]);
        const encryptedAnswer = Buffer.from((await cipher()).encryptIge(padded));
        return { reply: new Api.ServerDHParamsOk({ nonce, serverNonce, encryptedAnswer }).getBytes() };
      }
      if (request instanceof Api.SetClientDHParams) {
        const plain = Buffer.from((await cipher()).decryptIge(request.encryptedData));
        const inner: unknown = new BinaryReader(plain.subarray(20)).tgReadObject();
        if (!(inner instanceof Api.ClientDHInnerData)) throw new Error('not client_DH_inner_data');
        const secret = dh.computeSecret(inner.gB);
        const key = Buffer.concat([Buffer.alloc(256 - secret.length), secret]);
        const authKey = await keyOf(key);
        const newNonceHash1 = await authKey.calcNewNonceHash(newNonce, 1);
        const done = { key, id: numberOf(authKey) };
        return { reply: new Api.DhGenOk({ nonce, serverNonce, newNonceHash1 }).getBytes(), done };
      }
      throw new Error('no step of a handshake');
    },
  };
}
async function keyOf(bytes: Buffer): Promise<AuthKey> {
  const key = new AuthKey();
  await key.setKey(bytes);
  return key;
}
const numberOf = (key: AuthKey): bigint => BigInt.asIntN(64, BigInt(String(key.keyId)));
/** The number a key goes by: the lower 64 bits of its SHA-1 (core.telegram.org/mtproto/description). */
export const idOfKey = async (bytes: Buffer): Promise<bigint> => numberOf(await keyOf(bytes));

type Inner = Api.PQInnerData | Api.PQInnerDataDc | Api.PQInnerDataTempDc;
const isInner = (value: unknown): value is Inner =>
  [Api.PQInnerData, Api.PQInnerDataDc, Api.PQInnerDataTempDc].some((type) => value instanceof type);
/** RSA_PAD taken off (auth_key, section 4.1): a temporary key hidden by the hash of what it encrypts. */
function unpad(raw: Buffer): Buffer {
  const encrypted = raw.subarray(32);
  const hash = sha256(encrypted);
  const key = Buffer.from(raw.subarray(0, 32)).map((byte, index) => byte ^ (hash[index] ?? 0));
  const plain = Buffer.from(new IGE(Buffer.from(key), Buffer.alloc(32)).decryptIge(Buffer.from(encrypted)));
  const data = Buffer.from(plain.subarray(0, 192)).reverse();
  if (!sha256(Buffer.concat([Buffer.from(key), data])).equals(plain.subarray(192, 224)))
    throw new Error('RSA_PAD does not fit');
  return data;
}
