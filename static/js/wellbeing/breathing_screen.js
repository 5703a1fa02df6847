// Shows a breath: one shape, a caption, a ring. Receives its elements; knows no clock.
import { State } from "./breathing.js";
import { leftInWords } from "./pace.js";

const CAPTIONS = Object.freeze({ settle: "Sit as you like", in: "Breathe in", out: "Breathe out" });
const SMALLEST = 34;
const LARGEST = 84;
const COUNTED = Object.freeze({ settle: 0, in: 0, out: 4 });

/** parts: { shape, halo, ring, caption, count, left, beats[] }; still: () => boolean (no movement wanted). */
export function breathingScreen({ parts, still, onChange }) {
  let phase = "";
  const write = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };
  return {
    show(view) {
      // The caption is a live region: it changes twice a breath and not more often.
      if (view.phase !== phase) write(parts.caption, CAPTIONS[view.phase]);
      phase = view.phase;
      const fullness = still() ? 0.5 : view.fullness;
      const radius = SMALLEST + (LARGEST - SMALLEST) * fullness;
      parts.shape.setAttribute("r", radius.toFixed(2));
      parts.halo.setAttribute("r", (radius + 12).toFixed(2));
      parts.ring.setAttribute("stroke-dashoffset", (1 - view.share).toFixed(4));
      write(parts.count, view.second ? String(view.second) : "");
      write(parts.left, leftInWords(view.leftMs));
      const beat = view.second ? COUNTED[view.phase] + view.second : 0;
      parts.beats.forEach((dot, index) => dot.classList.toggle("is-on", index < beat));
    },
    changed(state, finished) {
      if (state === State.PAUSED) write(parts.caption, "Paused");
      phase = "";
      onChange(state, finished);
    },
  };
}
