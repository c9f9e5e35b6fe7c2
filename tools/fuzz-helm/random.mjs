// Chance with a seed: the same seed gives the same case.

/** A source of chance (mulberry32). */
export function chance(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n) => Math.floor(next() * n);
  const pick = (list) => list[below(list.length)];
  return {
    below,
    pick,
    /** True in `percent` of a hundred. */
    often: (percent) => next() * 100 < percent,
    /** From `least` to `most`. */
    between: (least, most) => least + below(most - least + 1),
    /** One of `[weight, make]`, made. */
    weighted: (choices) => {
      let at = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      return (choices.find(([weight]) => (at -= weight) < 0) ?? choices.at(-1))[1]();
    },
    /** `least` to `most` times. */
    many: (least, most, make) => Array.from({ length: least + below(most - least + 1) }, (_, i) => make(i)),
  };
}
