export { databaseKey } from './database-key.ts';
export { openSecrets, type PassphrasePrompt, protectWithPassphrase } from './open.ts';
