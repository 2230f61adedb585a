import { returnBigInt } from 'teleproto/Helpers.js';
import { Api } from 'teleproto/tl/index.js';
import { RpcError } from '../mtproto/server.ts';
import { passwordOf, proves } from '../password.ts';
import { keyOf, type Method, on, type Scene } from '../scene.ts';
import { userOf } from '../tl.ts';

const authorized = (scene: Scene): Api.auth.Authorization => {
  keyOf(scene).user = String(scene.world.me.id);
  return new Api.auth.Authorization({ user: userOf(scene.world, scene.world.me) });
};
const checkApp = ({ credentials }: Scene, apiId: number, apiHash: string): void => {
  if (apiId !== credentials.apiId || apiHash !== credentials.apiHash) throw new RpcError(400, 'API_ID_INVALID');
};
/** How long a login token can be scanned, s (core.telegram.org/api/qr-login: "around 30 seconds"). */
const tokenSeconds = 30;

/** core.telegram.org/api/auth, /api/srp, /api/qr-login, /api/bots. */
export const auth: readonly Method[] = [
  on(Api.help.GetConfig, (_, scene) => config(scene)),
  on(Api.auth.SendCode, ({ phoneNumber, apiId, apiHash }, scene) => {
    checkApp(scene, apiId, apiHash);
    if (phoneNumber.replace(/\D/g, '') !== scene.credentials.phone.replace(/\D/g, ''))
      throw new RpcError(400, 'PHONE_NUMBER_INVALID');
    keyOf(scene).login.set('phone', phoneNumber);
    return new Api.auth.SentCode({
      type: new Api.auth.SentCodeTypeApp({ length: scene.credentials.code.length }),
      phoneCodeHash: 'a hash of the code',
      timeout: 60,
    });
  }),
  on(Api.auth.SignIn, ({ phoneCode, phoneCodeHash }, scene) => {
    if (!keyOf(scene).login.has('phone') || phoneCodeHash !== 'a hash of the code')
      throw new RpcError(400, 'PHONE_CODE_EXPIRED');
    if (phoneCode !== scene.credentials.code) throw new RpcError(400, 'PHONE_CODE_INVALID');
    if (scene.credentials.password !== undefined) {
      keyOf(scene).login.set('coded', 'yes');
      throw new RpcError(401, 'SESSION_PASSWORD_NEEDED');
    }
    return authorized(scene);
  }),
  on(Api.account.GetPassword, (_, scene) => passwordOf(keyOf(scene), scene.credentials.password)),
  on(Api.auth.CheckPassword, async ({ password }, scene) => {
    const key = keyOf(scene);
    if (!key.login.has('coded') || !(password instanceof Api.InputCheckPasswordSRP))
      throw new RpcError(400, 'PASSWORD_HASH_INVALID');
    if (!(await proves(key, scene.credentials.password ?? '', password)))
      throw new RpcError(400, 'PASSWORD_HASH_INVALID');
    return authorized(scene);
  }),
  on(Api.auth.ImportBotAuthorization, ({ apiId, apiHash, botAuthToken }, scene) => {
    checkApp(scene, apiId, apiHash);
    if (botAuthToken !== scene.credentials.botToken) throw new RpcError(400, 'ACCESS_TOKEN_INVALID');
    return authorized(scene);
  }),
  on(Api.auth.ExportLoginToken, ({ apiId, apiHash }, scene) => {
    checkApp(scene, apiId, apiHash);
    const key = keyOf(scene);
    if (key.login.get('scanned') === 'yes') {
      if (scene.credentials.password !== undefined) {
        key.login.set('coded', 'yes');
        throw new RpcError(401, 'SESSION_PASSWORD_NEEDED');
      }
      return new Api.auth.LoginTokenSuccess({ authorization: authorized(scene) });
    }
    const token = `token of key ${key.id}`;
    key.login.set('token', token);
    return new Api.auth.LoginToken({ expires: scene.world.now() + tokenSeconds, token: Buffer.from(token) });
  }),
  on(Api.auth.LogOut, (_, scene) => {
    scene.server.keys.delete(keyOf(scene).id);
    return new Api.auth.LoggedOut({});
  }),
  on(Api.auth.BindTempAuthKey, ({ permAuthKeyId }, scene) => {
    const permanent = scene.server.keys.get(BigInt.asIntN(64, BigInt(String(permAuthKeyId))));
    if (!permanent) throw new RpcError(400, 'ENCRYPTED_MESSAGE_INVALID');
    if (permanent.user !== undefined) keyOf(scene).user = permanent.user;
    return true;
  }),
  on(Api.auth.ExportAuthorization, (_, scene) => {
    const key = keyOf(scene);
    return new Api.auth.ExportedAuthorization({ id: returnBigInt(key.id), bytes: Buffer.from(String(key.id)) });
  }),
  on(Api.auth.ImportAuthorization, ({ id }, scene) => {
    if (scene.server.keys.get(BigInt(String(id)))?.user === undefined) throw new RpcError(400, 'AUTH_BYTES_INVALID');
    return authorized(scene);
  }),
  on(Api.users.GetUsers, ({ id }, scene) =>
    id.map((input) => {
      if (input instanceof Api.InputUserSelf) return userOf(scene.world, scene.world.me);
      const known = input instanceof Api.InputUser ? scene.world.people.get(Number(String(input.userId))) : undefined;
      return known ? userOf(scene.world, known) : new Api.UserEmpty({ id: returnBigInt(0) });
    }),
  ),
];

/** Data center 2 is this server, and so is 4: whoever is sent there comes back. */
function config({ world, port }: Scene): Api.Config {
  const option = (id: number) => new Api.DcOption({ id, ipAddress: '127.0.0.1', port: port() });
  return new Api.Config({
    date: world.now(),
    expires: world.now() + 3600,
    testMode: false,
    thisDc: 2,
    dcOptions: [option(2), option(4)],
    dcTxtDomainName: '',
    chatSizeMax: 200,
    megagroupSizeMax: 200_000,
    forwardedCountMax: 100,
    onlineUpdatePeriodMs: 210_000,
    offlineBlurTimeoutMs: 5000,
    offlineIdleTimeoutMs: 30_000,
    onlineCloudTimeoutMs: 300_000,
    notifyCloudDelayMs: 30_000,
    notifyDefaultDelayMs: 1500,
    pushChatPeriodMs: 60_000,
    pushChatLimit: 2,
    editTimeLimit: 172_800,
    revokeTimeLimit: 2_147_483_647,
    revokePmTimeLimit: 2_147_483_647,
    ratingEDecay: 2_419_200,
    stickersRecentLimit: 200,
    channelsReadMediaPeriod: 604_800,
    callReceiveTimeoutMs: 20_000,
    callRingTimeoutMs: 90_000,
    callConnectTimeoutMs: 30_000,
    callPacketTimeoutMs: 10_000,
    meUrlPrefix: 'https://t.me/',
    captionLengthMax: 1024,
    messageLengthMax: 4096,
    webfileDcId: 4,
  });
}
