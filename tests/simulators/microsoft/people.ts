import { z } from 'zod';
import { cast, faceOf, type Route, route } from '../_base/index.ts';
import { answered, problem } from './mail.ts';
import type { Mailbox } from './mailbox.ts';
import { idOf } from './teams/index.ts';

const pageSize = 6;
const contacts = z.strictObject({
  $select: z.literal('displayName,emailAddresses,businessPhones,homePhones,mobilePhone'),
  $top: z.string().optional(),
  $skip: z.string().optional(),
});

/** https://learn.microsoft.com/en-us/graph/api/resources/user: the last two are told only when they are selected. */
const properties = ['id', 'displayName', 'mail', 'userPrincipalName', 'proxyAddresses', 'otherMails'];
const selection = z
  .string()
  .refine((written) => written.split(',').every((property) => properties.includes(property)), 'an unknown property');

/** Who the person is, their categories, and their contacts. */
export const peopleRoutes = (mailbox: Mailbox): readonly Route[] => [
  // Personal accounts are told alike whatever was selected, and have no addresses but these two.
  route('GET /v1.0/me', {
    query: z.strictObject({ $select: selection.optional() }),
    answer: ({ query }) => {
      const { name, email } = mailbox.owner;
      const always = { id: idOf(mailbox.owner), displayName: name, mail: email, userPrincipalName: email };
      if (mailbox.personal) return { json: always };
      const proxies = [`SMTP:${email}`, ...mailbox.aliases.map((alias) => `smtp:${alias}`), `SIP:${email}`];
      const all = { ...always, proxyAddresses: proxies, otherMails: mailbox.otherMails };
      const names = query.$select?.split(',') ?? Object.keys(always);
      return { json: Object.fromEntries(Object.entries(all).filter(([property]) => names.includes(property))) };
    },
  }),
  route('GET /v1.0/me/outlook/masterCategories', {
    query: z.strictObject({}),
    answer: () => ({ json: { value: mailbox.categories } }),
  }),
  // https://learn.microsoft.com/en-us/graph/api/profilephoto-get: 404 for a contact without a picture.
  route('GET /v1.0/me/contacts/:contact/photo/$value', {
    query: z.strictObject({}),
    answer: ({ params }) => {
      const person = cast.find(({ id }) => `contact-${id}` === params.contact);
      if (!person || person.id === 'hana') return problem(404, 'ErrorItemNotFound', 'The photo was not found.');
      return { bytes: faceOf(person.id), type: 'image/png' };
    },
  }),
  route('GET /v1.0/me/contacts', {
    query: contacts,
    answer: ({ query, headers }) =>
      answered(() => {
        const start = Number(query.$skip ?? 0);
        const value = cast.slice(start, start + pageSize).map((person) => ({
          id: `contact-${person.id}`,
          displayName: person.name,
          emailAddresses: [{ name: person.name, address: person.email }],
          businessPhones: [],
          homePhones: [],
          mobilePhone: person.phone,
        }));
        const next = `http://${headers.host}/v1.0/me/contacts?$select=${query.$select}&$skip=${start + pageSize}`;
        return { value, ...(start + pageSize < cast.length ? { '@odata.nextLink': next } : {}) };
      }),
  }),
];
