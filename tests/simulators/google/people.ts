import { z } from 'zod';
import { cast, faceOf, type Person, type Route, route } from '../_base/index.ts';

const masks = new Set(['names', 'emailAddresses', 'phoneNumbers', 'metadata', 'photos']);
const mask = z.string().refine((text) => text.split(',').every((field) => masks.has(field)), 'Invalid field mask');
const pageSize = z.string().regex(/^\d+$/).optional();

const told = (person: Person, kind: 'people' | 'otherContacts', origin: string) => ({
  resourceName: `${kind}/c${person.id}`,
  etag: `%E${person.id}`,
  names: [
    { metadata: { primary: true }, displayName: person.name, familyName: person.family, givenName: person.given },
  ],
  emailAddresses: [{ metadata: { primary: true }, value: person.email }],
  // Who has put up no picture has a letter on a colour, which is said to be the default.
  photos: [
    {
      metadata: { primary: true },
      url: `${origin}/photos/${person.id}=s100`,
      ...(person.id === 'hana' && { default: true }),
    },
  ],
  ...(kind === 'people' ? { phoneNumbers: [{ value: person.phone, canonicalForm: person.phone }] } : {}),
});

const originOf = (headers: Readonly<Record<string, string | undefined>>): string => `http://${headers.host}`;

/** https://developers.google.com/people/api/rest: the address book, and people written to. */
export const peopleRoutes = (): readonly Route[] => [
  route('GET /v1/people/:who/connections', {
    query: z.strictObject({ personFields: mask, pageSize, pageToken: z.string().optional() }),
    answer: ({ query, headers }) =>
      query.pageToken === undefined
        ? {
            json: {
              connections: cast.slice(0, 4).map((one) => told(one, 'people', originOf(headers))),
              nextPageToken: 'more',
            },
          }
        : {
            json: { connections: cast.slice(4, 7).map((one) => told(one, 'people', originOf(headers))), totalItems: 7 },
          },
  }),
  route('GET /v1/otherContacts', {
    query: z.strictObject({ readMask: mask, pageSize, pageToken: z.string().optional() }),
    answer: ({ headers }) => ({
      json: { otherContacts: cast.slice(7).map((one) => told(one, 'otherContacts', originOf(headers))) },
    }),
  }),
  route('GET /photos/:name', {
    open: true,
    query: z.strictObject({}),
    answer: ({ params }) => ({ bytes: faceOf(params.name?.replace('=s100', '') ?? ''), type: 'image/png' }),
  }),
];
