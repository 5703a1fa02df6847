// What is written to the page: seldom for a screen reader, often for the eye, and still where stillness is asked.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { State } from "../../../static/js/wellbeing/breathing.js";
import { breathingScreen } from "../../../static/js/wellbeing/breathing_screen.js";
import { breathAt, SETTLE_MS } from "../../../static/js/wellbeing/pace.js";

function element() {
  const texts = [];
  const attributes = {};
  const classes = new Set();
  return {
    texts,
    attributes,
    classes,
    get textContent() {
      return texts.at(-1) ?? "";
    },
    set textContent(text) {
      texts.push(text);
    },
    setAttribute: (name, value) => (attributes[name] = value),
    classList: { toggle: (name, on) => (on ? classes.add(name) : classes.delete(name)) },
  };
}

let parts, still, screen;

beforeEach(() => {
  const names = ["shape", "halo", "ring", "caption", "count", "left"];
  parts = Object.fromEntries(names.map((name) => [name, element()]));
  parts.beats = Array.from({ length: 10 }, element);
  still = false;
  screen = breathingScreen({ parts, still: () => still, onChange: () => {} });
});

const showAt = (ms) => screen.show({ ...breathAt(SETTLE_MS + ms), leftMs: 60000 - ms, share: ms / 60000 });
const radius = () => Number(parts.shape.attributes.r);
const lit = () => parts.beats.filter((beat) => beat.classes.has("is-on")).length;

test("over two breaths of frames the live caption changes four times", () => {
  for (let ms = 0; ms < 20000; ms += 16) showAt(ms);
  assert.deepEqual(parts.caption.texts, ["Breathe in", "Breathe out", "Breathe in", "Breathe out"]);
});

test("the shape is smallest when empty and largest when full, inside the ring", () => {
  showAt(0);
  const empty = radius();
  showAt(4000);
  assert.ok(radius() > 2 * empty);
  assert.ok(Number(parts.halo.attributes.r) < 112);
});

test("without movement the shape keeps its size and the dots count the ten seconds", () => {
  still = true;
  const sizes = new Set();
  const counts = [];
  for (let second = 0; second < 10; second += 1) {
    showAt(second * 1000);
    sizes.add(radius());
    counts.push(lit());
  }
  assert.equal(sizes.size, 1);
  assert.deepEqual(counts, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test("after a pause the caption says again what to do", () => {
  showAt(0);
  screen.changed(State.PAUSED, false);
  assert.equal(parts.caption.textContent, "Paused");
  screen.changed(State.RUNNING, false);
  showAt(100);
  assert.equal(parts.caption.textContent, "Breathe in");
});
