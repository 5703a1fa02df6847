// Moves between the links of a list with j and k. Receives the links; knows no page.

const STEPS = Object.freeze({ j: 1, k: -1 });

/** The index to focus, or null when the key means nothing here. current: -1 when no row has focus. */
export function nextRow({ key, current, count }) {
  const step = STEPS[key];
  if (step === undefined || count === 0) return null;
  if (current < 0) return step > 0 ? 0 : count - 1;
  return Math.min(Math.max(current + step, 0), count - 1);
}

/** Whether a key press is meant for something else: a field, or a shortcut of the browser. */
export function isTaken(event) {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  return Boolean(typing) || event.ctrlKey || event.metaKey || event.altKey;
}
