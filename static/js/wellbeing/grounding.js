// Five, four, three, two, one: a way back to the room that needs no breathing. Pure steps; knows no page.

export const STEPS = Object.freeze([
  { count: 5, prompt: "Look for 5 things you can see", hint: "A corner, a shadow, a colour you like." },
  { count: 4, prompt: "Notice 4 things you can feel", hint: "Your feet on the floor, your sleeve, the chair." },
  { count: 3, prompt: "Listen for 3 things you can hear", hint: "Near ones and far ones." },
  { count: 2, prompt: "Find 2 things you can smell", hint: "Or think of two smells you like." },
  { count: 1, prompt: "Find 1 thing you can taste", hint: "Or take a sip of water." },
]);

const TOTAL = STEPS.reduce((sum, step) => sum + step.count, 0);

export class Grounding {
  #step = 0;
  #found = 0;

  /** The step to show and how far along it is; null when all is done. */
  get view() {
    if (this.done) return null;
    return { ...STEPS[this.#step], step: this.#step + 1, steps: STEPS.length, found: this.#found, share: this.#share };
  }

  get done() {
    return this.#step >= STEPS.length;
  }

  get #share() {
    const before = STEPS.slice(0, this.#step).reduce((sum, step) => sum + step.count, 0);
    return (before + this.#found) / TOTAL;
  }

  found() {
    if (this.done) return;
    this.#found += 1;
    if (this.#found >= STEPS[this.#step].count) this.skip();
  }

  /** On to the next sense: nothing has to be found. */
  skip() {
    if (this.done) return;
    this.#step += 1;
    this.#found = 0;
  }

  restart() {
    this.#step = 0;
    this.#found = 0;
  }
}
