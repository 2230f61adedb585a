import { sql as first } from './0001-first.ts';
import { sql as hosts } from './0002-hosts.ts';

/** Append-only: a migration that has been released never changes. Its number is its place here, from 1. */
export const migrations: readonly { readonly name: string; readonly sql: string }[] = [
  { name: '0001-first', sql: first },
  { name: '0002-hosts', sql: hosts },
];
