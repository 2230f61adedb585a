/**
 * How the author of message `m` is named where its words are quoted; `i` is the author's identity. No network tells an account
 * about itself as it tells of others, so one's own name is the account's, not a key nobody has seen.
 */
export const authorName = `coalesce(m.author_name, nullif(i.name, i.key),
  (SELECT value ->> 'name' FROM accounts a, json_each(a.identities) WHERE a.id = m.account AND value ->> 'key' = i.key),
  i.name, '')`;
