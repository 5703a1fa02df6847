// Five senses, one after the other, and nothing has to be found.
import assert from "node:assert/strict";
import test from "node:test";

import { Grounding, STEPS } from "../../../static/js/wellbeing/grounding.js";

test("fifteen findings lead through five senses to the end", () => {
  const grounding = new Grounding();
  const counts = [];
  for (let found = 0; found < 15; found += 1) {
    counts.push(grounding.view.count);
    grounding.found();
  }
  assert.deepEqual(counts, [5, 5, 5, 5, 5, 4, 4, 4, 4, 3, 3, 3, 2, 2, 1]);
  assert.equal(grounding.done, true);
  assert.equal(grounding.view, null);
});

test("a sense may be skipped, and the ring moves on with it", () => {
  const grounding = new Grounding();
  grounding.found();
  grounding.skip();
  assert.equal(grounding.view.count, 4);
  assert.equal(grounding.view.found, 0);
  assert.equal(grounding.view.share, 5 / 15);
});

test("the ring never goes back and ends under one", () => {
  const grounding = new Grounding();
  let before = -1;
  while (!grounding.done) {
    assert.ok(grounding.view.share > before && grounding.view.share < 1);
    before = grounding.view.share;
    grounding.found();
  }
});

test("after the end nothing more happens until it is started again", () => {
  const grounding = new Grounding();
  STEPS.forEach(() => grounding.skip());
  grounding.found();
  grounding.skip();
  assert.equal(grounding.done, true);
  grounding.restart();
  assert.equal(grounding.view.count, 5);
});
