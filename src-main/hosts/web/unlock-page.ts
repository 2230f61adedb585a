/** What stands in for the window while a profile is locked. It needs no script: a form and a reload. */
export interface UnlockPage {
  readonly wrong: boolean;
  /** A new profile is asked for a first passphrase, and may go without. */
  readonly fresh: boolean;
}
export const unlockPolicy =
  "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

export const unlockPage = ({ wrong, fresh }: UnlockPage): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Carillon is locked</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { width: min(24rem, calc(100vw - 3rem)); }
h1 { font-size: 1.5rem; font-weight: 600; margin: 0 0 .25rem; }
p { margin: 0 0 1.25rem; opacity: .75; }
label { display: block; font-size: .875rem; font-weight: 500; margin-bottom: .375rem; }
input { box-sizing: border-box; width: 100%; font: inherit; padding: .625rem .75rem; border-radius: .5rem; border: 1px solid color-mix(in srgb, CanvasText 30%, transparent); background: Field; color: FieldText; }
button { font: inherit; font-weight: 500; margin-top: 1rem; width: 100%; padding: .625rem; border: 0; border-radius: .5rem; background: #0d6579; color: #fff; cursor: pointer; }
button.quiet { background: none; color: inherit; opacity: .75; margin-top: .25rem; }
:focus-visible { outline: 2px solid #1f8ea6; outline-offset: 2px; }
[role=alert] { color: light-dark(#b3261e, #ff8a80); opacity: 1; margin: .5rem 0 0; font-size: .875rem; }
</style>
</head>
<body>
<main>
<h1>${fresh ? 'Choose a passphrase' : 'Carillon is locked'}</h1>
<p>${
  fresh
    ? 'This computer has no keychain to hold the key of your messages. A passphrase protects it; without one, anybody who can read your files can read them.'
    : 'Enter the passphrase of this profile to open it.'
}</p>
<form method="post" action="/unlock" autocomplete="off">
<label for="passphrase">Passphrase</label>
<input id="passphrase" name="passphrase" type="password" ${fresh ? 'autocomplete="new-password" minlength="8"' : 'autocomplete="current-password"'} required autofocus${wrong ? ' aria-invalid="true" aria-describedby="wrong"' : ''}>
${wrong ? '<p role="alert" id="wrong">That is not the passphrase. Nothing was changed; try again.</p>' : ''}
<button type="submit">${fresh ? 'Set passphrase' : 'Unlock'}</button>
</form>
${fresh ? '<form method="post" action="/unlock"><input type="hidden" name="without" value="1"><button class="quiet" type="submit">Continue without a passphrase</button></form>' : ''}
</main>
</body>
</html>
`;
