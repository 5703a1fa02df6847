// An exercise as moments in a row: where in it a moment lies. Pure: knows neither clock nor page.

// A breath has no corners: it starts and ends slowly.
const soft = (share) => (1 - Math.cos(Math.PI * share)) / 2;

// Letting go takes half a minute, but the shape should not.
const MOVES_AT_MOST_MS = 10000;

/**
 * plan: { rounds, byHand, steps: [{ caption, hint, seconds, fullness, part, count }] } as the server describes it;
 * settle: the step before the first one; seconds: how long somebody chose.
 * Whole rounds, or whole parts: nobody is stopped half way through one.
 */
export function timelineOf({ plan, settle, seconds }) {
  const before = plan.byHand ? [] : [{ ...settle, part: -1 }];
  const steps = plan.rounds ? rounds(plan.steps, seconds) : parts(plan.steps, seconds);
  const settleMs = 1000 * total(before);
  return { plan, settleMs, totalMs: settleMs + 1000 * total(steps), steps: placed([...before, ...steps]) };
}

const total = (steps) => steps.reduce((sum, step) => sum + step.seconds, 0);

function rounds(steps, seconds) {
  const count = Math.max(1, Math.round(seconds / total(steps)));
  return Array.from({ length: count }, () => steps).flat();
}

function parts(steps, seconds) {
  const inTime = (part) => total(steps.filter((step) => step.part <= part)) <= seconds;
  return steps.filter((step) => step.part === steps[0].part || inTime(step.part));
}

function placed(steps) {
  let startMs = 0;
  let from = steps[0].fullness;
  return steps.map((step) => {
    const place = { ...step, startMs, ms: step.seconds * 1000, from };
    startMs += place.ms;
    from = step.fullness;
    return place;
  });
}

/**
 * ms: since the beginning, settling included.
 * Returns the step, its number, second (1, 2, ... of it), fullness (0 - 1), left to find, share of the whole, leftMs.
 */
export function viewAt(timeline, ms) {
  const number = Math.max(0, timeline.steps.findLastIndex((step) => step.startMs <= ms));
  const step = timeline.steps[number];
  const inside = ms - step.startMs;
  const moved = soft(Math.min(1, inside / Math.min(step.ms, MOVES_AT_MOST_MS)));
  const active = Math.max(0, ms - timeline.settleMs);
  return {
    step,
    number,
    second: Math.floor(inside / 1000) + 1,
    fullness: step.from + (step.fullness - step.from) * moved,
    toFind: step.count - Math.round((step.count * inside) / step.ms),
    share: active / (timeline.totalMs - timeline.settleMs),
    leftMs: timeline.totalMs - Math.max(ms, timeline.settleMs),
    parts: partsOf(timeline),
  };
}

/** How many parts there are to go through; 1 where it is one thing over and over. */
export const partsOf = ({ steps }) => new Set(steps.filter(({ part }) => part >= 0).map(({ part }) => part)).size;

/** When the next part begins; the end, after the last one. */
export function nextPart(timeline, ms) {
  const { part } = viewAt(timeline, ms).step;
  return timeline.steps.find((step) => step.startMs > ms && step.part > part)?.startMs ?? timeline.totalMs;
}

/** The moment after one more thing was found. */
export function afterFinding(timeline, ms) {
  const { step } = viewAt(timeline, ms);
  return ms + step.ms / step.count;
}

/** "4 min 10 s left", in words a screen reader reads well. words: { minutes, seconds, left } with their gaps. */
export function leftInWords(leftMs, words) {
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const said = [minutes && fill(words.minutes, { n: minutes }), (rest || !minutes) && fill(words.seconds, { n: rest })];
  return fill(words.left, { time: said.filter(Boolean).join(" ") });
}

/** A text with its {gaps} filled. */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (gap, name) => values[name] ?? gap);
