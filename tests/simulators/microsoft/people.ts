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

/** Who the person is, their categories, and their contacts. */
export const peopleRoutes = (mailbox: Mailbox): readonly Route[] => [
  route('GET /v1.0/me', {
    query: z.strictObject({ $select: z.string().optional() }),
    answer: () => {
      const { name, email } = mailbox.owner;
      return { json: { id: idOf(mailbox.owner), displayName: name, mail: email, userPrincipalName: email } };
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
