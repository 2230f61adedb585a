/** The package's own types are not among its `exports`; it is a drop-in for better-sqlite3, whose types these are. */
declare module 'better-sqlite3-multiple-ciphers' {
  import Database = require('better-sqlite3');
  export = Database;
}
