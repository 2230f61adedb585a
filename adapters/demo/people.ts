import { asUserKey, type ChannelEvent, type UserKey } from '../../src-shared/model/index.ts';
import type { NetworkId } from './networks.ts';

/** Everyone in the pretend world. A person known on several networks carries the addresses that let them be met as one. */
export interface Person {
  readonly name: string;
  readonly mail?: string;
  /** E.164. */
  readonly phone?: string;
  /** Handle on the community network. */
  readonly handle?: string;
  readonly bot?: boolean;
}

const roster = {
  ines: { name: 'Inês Carvalho', mail: 'ines.carvalho@northwind.example', phone: '+351912000104' },
  tomasz: { name: 'Tomasz Wiśniewski', mail: 'tomasz.wisniewski@northwind.example', phone: '+48601000117' },
  priya: { name: 'Priya Raman', mail: 'priya.raman@northwind.example' },
  jonas: { name: 'Jonas Lindqvist', mail: 'jonas.lindqvist@northwind.example' },
  mei: { name: '陳美玲 (Mei-Ling Chen)', mail: 'meiling.chen@northwind.example' },
  maria: {
    name: 'María Fernanda de la Concepción Rodríguez-Villanueva y Sánchez de Tejada',
    mail: 'mf.rodriguez@villanueva-legal.example',
  },
  layla: { name: 'ليلى حداد', mail: 'layla@haddad.example', phone: '+962790000121' },
  noam: { name: 'נועם לוי', mail: 'noam.levi@pardes.example', phone: '+972500000133' },
  mum: { name: 'Mum', mail: 'ewa.morgan@tidewater.example', phone: '+447700900101' },
  dad: { name: 'Dad', phone: '+447700900102' },
  kuba: { name: 'Kuba Morgan', mail: 'kuba@tidewater.example', phone: '+447700900103' },
  zofia: { name: 'Babcia Zofia', phone: '+48601000142' },
  sam: { name: 'Sam Okafor', mail: 'sam.okafor@tidewater.example', phone: '+447700900177', handle: 'samo' },
  kestrel: { name: 'kestrel', handle: 'kestrel' },
  gardener: { name: 'bit_gardener', handle: 'bit_gardener' },
  wanderer: { name: 'osm wanderer', handle: 'osmwanderer' },
  hana: { name: 'Hana Dvořáková', handle: 'hana', mail: 'hana@dvorakova.example' },
  builder: { name: 'Build Herald', bot: true },
  tally: { name: 'Tally', bot: true },
  letter: { name: 'The Tidewater Letter', mail: 'letter@tidewater.example', bot: true },
  hosting: { name: 'Hetzel Hosting Billing', mail: 'billing@hetzel-hosting.example', bot: true },
  library: { name: 'Harbour City Library', mail: 'notices@library.example', bot: true },
  rail: { name: 'Coastline Rail', mail: 'tickets@coastline.example', bot: true },
  museum: { name: 'Museum of Small Things', mail: 'post@smallthings.example', bot: true },
  prize: { name: 'CONGRATULATIONS DEPT', mail: 'winner@prize-dept.example', bot: true },
  parcel: { name: 'Parcel Post', phone: '+447700900201', bot: true },
  bank: { name: 'First Harbour Bank', phone: '+447700900202', bot: true },
  surgery: { name: "Dr Novak's Surgery", phone: '+447700900203', bot: true },
} as const satisfies Readonly<Record<string, Person>>;

export type PersonId = keyof typeof roster;
export type Who = PersonId | 'me';
export const people: Readonly<Record<PersonId, Person>> = roster;
export const isPerson = (text: string): text is PersonId => Object.hasOwn(roster, text);

/** How a network names a person: by address, by number, by handle. */
export function userKey(person: PersonId, network: NetworkId): UserKey {
  const { mail, phone, handle } = people[person];
  const named = {
    'work-mail': mail,
    'home-mail': mail,
    team: undefined,
    family: phone,
    sms: phone,
    community: handle === undefined ? undefined : `@${handle}:meadow.example`,
  }[network];
  return asUserKey(named ?? `U-${person}`);
}

/** What a network tells of a person. */
export function userEvent(person: PersonId, network: NetworkId, at: number): ChannelEvent {
  const { name, mail, phone, bot } = people[person];
  const addresses = [...(mail ? [`mailto:${mail}`] : []), ...(phone ? [`tel:${phone}`] : [])];
  return {
    type: 'user',
    key: userKey(person, network),
    patch: { name, ...(bot ? { bot } : {}), ...(addresses.length > 0 ? { addresses } : {}) },
    at,
  };
}
