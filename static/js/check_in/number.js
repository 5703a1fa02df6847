// How a slider's number is said beside it and to a screen reader. Pure: receives the words, knows no page.

/** words: one for each number from 0 on. Returns { shown, spoken }, such as "7" and "7, very tense". */
export function numberSaid(value, words) {
  const shown = String(value);
  const word = words[Number(value)];
  return { shown: word ? `${shown} · ${word}` : shown, spoken: word ? `${shown}, ${word}` : shown };
}
