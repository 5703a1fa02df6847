// What is written to the page: seldom for a screen reader, often for the eye, and still where stillness is asked.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { State } from "../../../static/js/wellbeing/player.js";
import { screenOf } from "../../../static/js/wellbeing/screen.js";
import { timelineOf, viewAt } from "../../../static/js/wellbeing/timeline.js";
import { grounding, muscles, settle, slow, words } from "./plans.mjs";

function element() {
  const texts = [];
  const attributes = {};
  return {
    texts,
    attributes,
    get textContent() {
      return texts.at(-1) ?? "";
    },
    set textContent(text) {
      texts.push(text);
    },
    setAttribute: (name, value) => (attributes[name] = value),
  };
}

let parts, still, begun, marked, screen;

beforeEach(() => {
  const names = ["shape", "halo", "ring", "caption", "hint", "count", "left"];
  [begun, marked, still] = [[], [], false];
  parts = Object.fromEntries(names.map((name) => [name, element()]));
  parts.phases = ({ caption }) => marked.push(caption);
  const onStep = ({ caption }) => begun.push(caption);
  screen = screenOf({ parts, still: () => still, words, onStep, onChange: () => {} });
});

const breath = timelineOf({ plan: slow, settle, seconds: 60 });
const showAt = (ms, timeline = breath) => screen.show(viewAt(timeline, ms));
const radius = () => Number(parts.shape.attributes.r);

test("over two breaths of frames the live caption changes four times, and as many tones begin", () => {
  for (let ms = 4000; ms < 24000; ms += 16) showAt(ms);
  assert.deepEqual(parts.caption.texts, ["In", "Out", "In", "Out"]);
  assert.deepEqual(begun, ["In", "Out", "In", "Out"]);
});

test("the shape is smallest when empty and largest when full, inside the ring", () => {
  showAt(4000);
  const empty = radius();
  showAt(8000);
  assert.ok(radius() > 2 * empty);
  assert.ok(Number(parts.halo.attributes.r) < 112);
});

test("without movement the shape keeps its size, and words and numbers still change", () => {
  still = true;
  const sizes = new Set();
  const counts = [];
  for (let second = 4; second < 14; second += 1) {
    showAt(second * 1000);
    sizes.add(radius());
    counts.push(parts.count.textContent);
  }
  assert.equal(sizes.size, 1);
  assert.deepEqual(counts, ["1", "2", "3", "4", "1", "2", "3", "4", "5", "6"]);
  assert.deepEqual(marked, ["In", "Out"]);
});

test("after a pause the caption says again what to do, and no second tone is heard", () => {
  showAt(5000);
  screen.changed(State.PAUSED, false);
  assert.equal(parts.caption.textContent, "Paused");
  screen.changed(State.RUNNING, false);
  showAt(5100);
  assert.equal(parts.caption.textContent, "In");
  assert.deepEqual(begun, ["In"]);
});

test("long steps are not counted out, and nobody is told how long finding may take", () => {
  showAt(25000, timelineOf({ plan: muscles, settle, seconds: 138 }));
  assert.equal(parts.count.textContent, "");
  assert.equal(parts.left.textContent, "Step 1 of 3 · 1 min 57 s left");
  showAt(50000, timelineOf({ plan: grounding, settle, seconds: 150 }));
  assert.equal(parts.count.textContent, "4");
  assert.equal(parts.left.textContent, "Step 2 of 5");
});
