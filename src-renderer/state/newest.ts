/**
 * For what is asked again and again: an answer that was overtaken by the answer to a later question is no news. Call it as
 * one asks; what it gives back says, when the answer is there, whether to take it.
 */
export function newest(): () => () => boolean {
  let asked = 0;
  let taken = 0;
  return () => {
    const mine = ++asked;
    return () => {
      if (mine < taken) return false;
      taken = mine;
      return true;
    };
  };
}
