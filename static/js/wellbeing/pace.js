// Where in a breath a moment lies. Pure: knows neither clock nor page.

/** Four seconds in, six out: six breaths a minute. */
export const SLOW = Object.freeze({ inMs: 4000, outMs: 6000 });

/** A moment to settle before the first breath. */
export const SETTLE_MS = 4000;

// A breath has no corners: it starts and ends slowly.
const soft = (share) => (1 - Math.cos(Math.PI * share)) / 2;

/**
 * elapsedMs: since the exercise began, settling included.
 * Returns phase ("settle" | "in" | "out"), second (1, 2, ... of the phase), fullness (0 empty - 1 full).
 */
export function breathAt(elapsedMs, pace = SLOW) {
  if (elapsedMs < SETTLE_MS) return { phase: "settle", second: 0, fullness: 0 };
  const moment = (elapsedMs - SETTLE_MS) % (pace.inMs + pace.outMs);
  if (moment < pace.inMs) return inside("in", moment, soft(moment / pace.inMs));
  const out = moment - pace.inMs;
  return inside("out", out, 1 - soft(out / pace.outMs));
}

const inside = (phase, moment, fullness) => ({ phase, second: Math.floor(moment / 1000) + 1, fullness });

/** How long an exercise of so many minutes takes: whole breaths after the settling. */
export function lengthMs(minutes, pace = SLOW) {
  const breath = pace.inMs + pace.outMs;
  return SETTLE_MS + Math.max(1, Math.round((minutes * 60000) / breath)) * breath;
}

/** "4 min 10 s left", in words a screen reader reads well. */
export function leftInWords(leftMs) {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  const parts = [minutes && `${minutes} min`, (rest || !minutes) && `${rest} s`].filter(Boolean);
  return `${parts.join(" ")} left`;
}
