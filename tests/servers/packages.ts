/** Debian packages the servers of the tests come from. */
export const mailPackages = ['dovecot-imapd', 'dovecot-submissiond', 'opensmtpd', 'openssl'] as const;
