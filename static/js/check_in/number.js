// How a slider's number is said beside it and to a screen reader. Pure: receives the words, knows no page.

import { fill, pgettext } from "../lib/words.js";

/** words: one for each number from 0 on. Returns { shown, spoken }, such as "7" and "7, very tense". */
export function numberSaid(value, words) {
  const shown = String(value);
  const word = words[Number(value)];
  if (!word) return { shown, spoken: shown };
  const spoken = pgettext("a number and what it is called, read aloud", "%(number)s, %(words)s");
  return { shown: `${shown} · ${word}`, spoken: fill(spoken, { number: shown, words: word }) };
}
