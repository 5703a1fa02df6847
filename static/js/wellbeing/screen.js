// Shows where an exercise is: one shape, a caption, a ring. Receives its elements; knows no clock.
import { State } from "./player.js";
import { fill, leftInWords } from "./timeline.js";

const SMALLEST = 34;
const LARGEST = 84;
const STILL = 0.5;
// A number that counts a long time hurries whoever looks at it.
const COUNTED_AT_MOST_S = 10;

/**
 * parts: { shape, halo, ring, caption, hint, count, left, phases }; still: () => boolean (no movement wanted);
 * words: { paused, part, minutes, seconds, left }; onStep: (step) => void, once at the beginning of each.
 */
export function screenOf({ parts, still, words, onStep, onChange }) {
  let number = -1;
  const write = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  // Caption and hint are a live region: they change with the step and not more often.
  const begin = (view) => {
    write(parts.caption, view.step.caption);
    write(parts.hint, view.step.hint);
    parts.phases(view.step);
    if (number !== view.number) onStep(view.step);
    number = view.number;
  };
  let isNew = true;
  return {
    show(view) {
      if (isNew || view.number !== number) begin(view);
      isNew = false;
      const radius = SMALLEST + (LARGEST - SMALLEST) * (still() ? STILL : view.fullness);
      parts.shape.setAttribute("r", radius.toFixed(2));
      parts.halo.setAttribute("r", (radius + 12).toFixed(2));
      parts.ring.setAttribute("stroke-dashoffset", (1 - view.share).toFixed(4));
      write(parts.count, countOf(view));
      write(parts.left, whereInWords(view, words));
    },
    changed(state, finished) {
      if (state === State.PAUSED) {
        write(parts.caption, words.paused);
        write(parts.hint, "");
      }
      if (state === State.DONE) number = -1;
      isNew = true;
      onChange(state, finished);
    },
  };
}

function countOf({ step, second, toFind }) {
  if (step.count) return String(toFind);
  return step.part < 0 || step.seconds > COUNTED_AT_MOST_S ? "" : String(second);
}

/** Which part, where there are some; how long still, where the clock leads. */
function whereInWords({ step, parts, leftMs }, words) {
  const part = parts > 1 && step.part >= 0 ? fill(words.part, { n: step.part + 1, of: parts }) : "";
  const time = step.count ? "" : leftInWords(leftMs, words);
  return [part, time].filter(Boolean).join(" · ");
}
