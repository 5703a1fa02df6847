// Exercises as the server describes them, with the seconds of the real ones.
const step = (caption, seconds, fullness, part = 0, count = 0) => ({ caption, hint: "", seconds, fullness, part, count });

export const settle = step("Sit", 4, 0);
export const slow = { rounds: true, byHand: false, steps: [step("In", 4, 1), step("Out", 6, 0)] };
export const sighing = { rounds: true, byHand: false, steps: [step("In", 3, 0.75), step("More", 2, 1), step("Out", 7, 0)] };
export const box = {
  rounds: true,
  byHand: false,
  steps: [step("In", 4, 1), step("Hold", 4, 1), step("Out", 4, 0), step("Rest", 4, 0)],
};
export const grounding = {
  rounds: false,
  byHand: true,
  steps: [5, 4, 3, 2, 1].map((count, part) => step(`Find ${count}`, 10 * count, 0.6, part, count)),
};
export const muscles = {
  rounds: false,
  byHand: false,
  steps: [0, 1, 2].flatMap((part) => [step(`Muscle ${part}`, 10, 0.2, part), step("Tense", 6, 1, part), step("Let go", 30, 0.2, part)]),
};
export const micro = { rounds: false, byHand: false, steps: [0, 1, 2].map((part) => step(`Do ${part}`, 20, 0.6, part)) };
export const words = { paused: "Paused", minutes: "{n} min", seconds: "{n} s", left: "{time} left", part: "Step {n} of {of}" };
