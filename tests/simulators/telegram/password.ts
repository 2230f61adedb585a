import { createHash, randomBytes } from 'node:crypto';
import { returnBigInt } from 'teleproto/Helpers.js';
import { computeDigest } from 'teleproto/Password.js';
import { Api } from 'teleproto/tl/index.js';
import type { Key } from './mtproto/server.ts';

/** The server's half of SRP (core.telegram.org/api/srp). The prime is the handshake's. */
const prime = BigInt(
  '0xC71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F48198A0AA7C14058229493D22530F4DBFA336F6E0AC92513' +
    '9543AED44CCE7C3720FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F642477FE96BB2A941D5BCD1D4AC8CC498807' +
    '08FA9B378E3C4F3A9060BEE67CF9A4A4A695811051907E162753B56B0F6B410DBA74D8A84B2A14B3144E0EF1284754FD17ED950D5965B4B9DD' +
    '46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F0D8115' +
    'F635B105EE2E4E15D04B2454BF6F4FADF034B10403119CD8E3B92FCC5B',
);
const generator = 3n;
const salts = { salt1: Buffer.from('salt for a test'), salt2: Buffer.from('another salt') };
const sha = (...parts: readonly Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const toNumber = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex') || '0'}`);
const padded = (value: bigint): Buffer => Buffer.from(value.toString(16).padStart(512, '0'), 'hex');
function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let [b, e] = [base % prime, exponent]; e > 0n; e >>= 1n, b = (b * b) % prime)
    if (e & 1n) result = (result * b) % prime;
  return result;
}
const algorithm = () =>
  new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow({ ...salts, g: 3, p: padded(prime) });
export async function passwordOf(key: Key, password: string | undefined): Promise<Api.account.Password> {
  const shared = {
    newAlgo: new Api.PasswordKdfAlgoUnknown(),
    newSecureAlgo: new Api.SecurePasswordKdfAlgoUnknown(),
    secureRandom: randomBytes(8),
  };
  if (password === undefined) return new Api.account.Password(shared);
  const secret = toNumber(randomBytes(256));
  const v = await digest(password);
  const k = toNumber(sha(padded(prime), padded(generator)));
  const gb = (k * v + power(generator, secret)) % prime;
  key.login.set('srp', `${secret} ${gb}`);
  return new Api.account.Password({
    ...shared,
    hasPassword: true,
    currentAlgo: algorithm(),
    srp_B: padded(gb),
    srpId: returnBigInt(1),
    hint: 'the usual',
  });
}
const digest = async (password: string): Promise<bigint> =>
  toNumber(Buffer.from(await computeDigest(algorithm(), password)));

/** Whether the client knows the password, without it ever being sent. */
export async function proves(key: Key, password: string, check: Api.InputCheckPasswordSRP): Promise<boolean> {
  const [secret = 0n, gb = 0n] = (key.login.get('srp') ?? '').split(' ').map(BigInt);
  const v = await digest(password);
  const u = toNumber(sha(check.A, padded(gb)));
  const session = sha(padded(power(toNumber(check.A) * power(v, u), secret)));
  const [hp, hg] = [sha(padded(prime)), sha(padded(generator))];
  const xor = Buffer.from(hp.map((byte, index) => byte ^ (hg[index] ?? 0)));
  const expected = sha(xor, sha(salts.salt1), sha(salts.salt2), check.A, padded(gb), session);
  return expected.equals(check.M1);
}
