import { z } from 'zod';
import { cast, type Person, type Route, route } from '../_base/index.ts';

const masks = new Set(['names', 'emailAddresses', 'phoneNumbers', 'metadata', 'photos']);
const mask = z.string().refine((text) => text.split(',').every((field) => masks.has(field)), 'Invalid field mask');
const pageSize = z.string().regex(/^\d+$/).optional();

const told = (person: Person, kind: 'people' | 'otherContacts') => ({
  resourceName: `${kind}/c${person.id}`,
  etag: `%E${person.id}`,
  names: [
    { metadata: { primary: true }, displayName: person.name, familyName: person.family, givenName: person.given },
  ],
  emailAddresses: [{ metadata: { primary: true }, value: person.email }],
  ...(kind === 'people' ? { phoneNumbers: [{ value: person.phone, canonicalForm: person.phone }] } : {}),
});

/** https://developers.google.com/people/api/rest: the address book, and people written to. */
export const peopleRoutes = (): readonly Route[] => [
  route('GET /v1/people/:who/connections', {
    query: z.strictObject({ personFields: mask, pageSize, pageToken: z.string().optional() }),
    answer: ({ query }) =>
      query.pageToken === undefined
        ? { json: { connections: cast.slice(0, 4).map((one) => told(one, 'people')), nextPageToken: 'more' } }
        : { json: { connections: cast.slice(4, 7).map((one) => told(one, 'people')), totalItems: 7 } },
  }),
  route('GET /v1/otherContacts', {
    query: z.strictObject({ readMask: mask, pageSize, pageToken: z.string().optional() }),
    answer: () => ({ json: { otherContacts: cast.slice(7).map((one) => told(one, 'otherContacts')) } }),
  }),
];
