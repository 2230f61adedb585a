/** OAuth for an app on a person's own machine (RFC 8252; docs/add-a-channel.md, "Logging in by the browser"). */
export { type BrowserLoginOptions, browserLogin } from './browser.ts';
export { type DeviceLoginOptions, deviceLogin } from './device.ts';
export { createTokenKeeper, type TokenKeeper, type TokenKeeperOptions, tokensSecret } from './keeper.ts';
export { holdSecrets, type Steps, untilLoggedIn } from './login.ts';
export { listenForRedirect, type Redirect, type RedirectOptions } from './loopback.ts';
export type { OAuthProvider } from './provider.ts';
export { oauthError, TokenSet } from './tokens.ts';
