/**
 * The people every simulated network knows, so that one person met on several of them can be seen to be one. Each
 * network names them its own way (an address, a number, an id made from `id`).
 */
export interface Person {
  /** Stable, lower case, letters only: what vendors' ids are made from. */
  readonly id: string;
  readonly name: string;
  readonly given: string;
  readonly family: string;
  readonly email: string;
  /** E.164. */
  readonly phone: string;
  /** Lower case, five letters or more. */
  readonly handle: string;
  readonly title: string;
}

const domain = 'northwind.example';
const person = (id: string, given: string, family: string, number: number, title: string, mail?: string): Person => ({
  id,
  name: family === '' ? given : `${given} ${family}`,
  given,
  family,
  email: mail ?? `${id}@${domain}`,
  phone: `+4477009${String(number).padStart(5, '0')}`,
  handle: `${id}_${domain.slice(0, 5)}`,
  title,
});

/** Who the account belongs to. */
export const me: Person = person('alex', 'Alex', 'Morgan', 100, 'Site engineer');
/** Everyone else, in no order. */
export const cast: readonly Person[] = [
  person('ines', 'Inês', 'Carvalho', 104, 'Architect'),
  person('tomasz', 'Tomasz', 'Wiśniewski', 117, 'Structural engineer'),
  person('priya', 'Priya', 'Raman', 118, 'Project lead'),
  person('jonas', 'Jonas', 'Lindqvist', 119, 'Timber'),
  person('meiling', '美玲', '陳', 120, 'Tiles'),
  person('layla', 'ليلى', 'حداد', 121, 'Landscape', 'layla@haddad.example'),
  person('noam', 'נועם', 'לוי', 133, 'Lighting', 'noam.levi@pardes.example'),
  person('sam', 'Sam', 'Okafor', 177, 'Surveyor', 'sam.okafor@tidewater.example'),
  person('hana', 'Hana', 'Dvořáková', 178, 'Model maker', 'hana@dvorakova.example'),
  person('ewa', 'Ewa', 'Morgan', 101, 'Mother', 'ewa.morgan@tidewater.example'),
];
export const personById = (id: string): Person | undefined => [me, ...cast].find((one) => one.id === id);
