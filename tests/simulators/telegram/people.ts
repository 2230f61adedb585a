import { type Person as CastPerson, cast, me } from '../_base/index.ts';
import { World } from './world.ts';

/** The account's own person is user 1, the others follow in the order of the cast. */
const numberOf = (person: CastPerson): number => (person.id === me.id ? 1 : cast.indexOf(person) + 2);
export const bot = 100;

/** A world with the cast in it, and nothing said yet. */
export function peopled(): World {
  const world = new World(toPerson(me));
  for (const person of cast) world.people.set(numberOf(person), { ...toPerson(person), contact: true });
  world.people.set(bot, { id: bot, hash: bot * 31, first: 'TrainBot', username: 'train_bot', bot: true });
  return world;
}
const toPerson = (person: CastPerson) => ({
  id: numberOf(person),
  hash: numberOf(person) * 31,
  first: person.given,
  ...(person.family === '' ? {} : { last: person.family }),
  username: person.handle,
  phone: person.phone.replace('+', ''),
});
/** Who a cast member is here; throws for a name nobody has. */
export function called(id: string): number {
  const person = [me, ...cast].find((one) => one.id === id);
  if (!person) throw new Error(`nobody is called ${id}`);
  return numberOf(person);
}
export const idOf = numberOf;
