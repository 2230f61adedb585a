/** Configuration of the servers, from what Debian 12 ships (Dovecot 2.3, OpenSMTPD 6.8). */
export interface MailConfig {
  readonly dir: string;
  readonly ports: MailPorts;
  /** Who owns mailboxes and runs what needs no privilege. */
  readonly owner: { readonly user: string; readonly group: string };
  readonly root: boolean;
  /** What IMAP says it can do. `qresync`: all Dovecot has; `condstore` and `plain` leave RFC 7162 out in part and whole. */
  readonly abilities: 'qresync' | 'condstore' | 'plain';
  /** IMAP connections one user may have at once. */
  readonly connections: number;
}
export interface MailPorts {
  /** IMAP, STARTTLS on offer. */
  readonly imap: number;
  /** IMAP under TLS from the start. */
  readonly imaps: number;
  /** Submission with login, STARTTLS on offer. */
  readonly submission: number;
  /** Where mail from other servers comes in. */
  readonly smtp: number;
}

const capabilities = {
  qresync: '',
  condstore:
    'imap_capability = IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE LITERAL+ NAMESPACE SPECIAL-USE UIDPLUS MOVE CONDSTORE ESEARCH UNSELECT CHILDREN LIST-EXTENDED LIST-STATUS',
  plain: 'imap_capability = IMAP4rev1 SASL-IR ID LITERAL+ NAMESPACE CHILDREN UNSELECT',
} as const;

export const dovecotConfig = ({ dir, ports, owner, root, abilities, connections }: MailConfig): string => `
base_dir = ${dir}/run
state_dir = ${dir}/state
log_path = ${dir}/dovecot.log
protocols = imap submission
listen = 127.0.0.1
hostname = mail.example.test
ssl = yes
ssl_cert = <${dir}/cert.pem
ssl_key = <${dir}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
${root ? '' : `default_internal_user = ${owner.user}\ndefault_login_user = ${owner.user}\ndefault_internal_group = ${owner.group}`}
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${dir}/mail/%u
mail_max_userip_connections = ${connections}
mailbox_list_index = yes
${capabilities[abilities]}
service imap-login {
  chroot =
  process_min_avail = 1
  inet_listener imap {
    port = ${ports.imap}
  }
  inet_listener imaps {
    port = ${ports.imaps}
    ssl = yes
  }
}
service submission-login {
  chroot =
  inet_listener submission {
    port = ${ports.submission}
  }
}
service anvil {
  chroot =
  # Wrong passwords are tried on purpose: no waiting for them.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
auth_failure_delay = 0
submission_relay_host = 127.0.0.1
submission_relay_port = ${ports.smtp}
submission_relay_trusted = no
submission_max_mail_size = 30M
passdb {
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = ${dir}/oauth2.ext
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${dir}/users
}
userdb {
  driver = static
  args = uid=${owner.user} gid=${owner.group} home=${dir}/home/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Drafts {
    special_use = \\Drafts
    auto = subscribe
  }
  mailbox Sent {
    special_use = \\Sent
    auto = subscribe
  }
  mailbox Trash {
    special_use = \\Trash
    auto = subscribe
  }
  mailbox Junk {
    special_use = \\Junk
    auto = subscribe
  }
  mailbox Archive {
    special_use = \\Archive
    auto = subscribe
  }
}
`;

export const oauthConfig = (introspection: number): string => `
introspection_mode = post
introspection_url = http://127.0.0.1:${introspection}/introspect
username_attribute = email
active_attribute = active
active_value = true
timeout_msecs = 60000
`;

export const smtpdConfig = ({ dir, ports }: MailConfig): string => `
listen on 127.0.0.1 port ${ports.smtp} hostname mail.example.test
table vusers file:${dir}/vusers
queue ttl 1m
smtp max-message-size 40M
action "deliver" maildir "${dir}/mail/%{dest.user}@%{dest.domain}" virtual <vusers>
match from any for domain "example.test" action "deliver"
match for any reject
`;
