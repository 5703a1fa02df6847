// What a breath looks like at every moment.
import assert from "node:assert/strict";
import test from "node:test";

import { breathAt, leftInWords, lengthMs, SETTLE_MS, SLOW } from "../../../static/js/wellbeing/pace.js";

const at = (ms) => breathAt(SETTLE_MS + ms);

test("the exercise settles before the first breath", () => {
  assert.equal(breathAt(0).phase, "settle");
  assert.equal(breathAt(SETTLE_MS - 1).phase, "settle");
  assert.equal(breathAt(SETTLE_MS).phase, "in");
});

test("a breath is four seconds in and six seconds out, and then the next one begins", () => {
  assert.equal(at(3999).phase, "in");
  assert.equal(at(4000).phase, "out");
  assert.equal(at(9999).phase, "out");
  assert.equal(at(10000).phase, "in");
});

test("seconds are counted from one in each phase", () => {
  assert.deepEqual([0, 999, 1000, 3999, 4000, 9999].map((ms) => at(ms).second), [1, 1, 2, 4, 1, 6]);
});

test("the shape never jumps: no frame of 16 ms moves it by more than a hundredth", () => {
  for (let ms = 0; ms < 25000; ms += 16) {
    assert.ok(Math.abs(at(ms + 16).fullness - at(ms).fullness) < 0.01, `jump at ${ms} ms`);
  }
});

test("it grows all the way in and shrinks all the way out", () => {
  for (let ms = 16; ms < 4000; ms += 16) assert.ok(at(ms).fullness >= at(ms - 16).fullness);
  for (let ms = 4016; ms < 10000; ms += 16) assert.ok(at(ms).fullness <= at(ms - 16).fullness);
  assert.ok(at(4000).fullness > 0.999);
});

test("every length is whole breaths: nobody is stopped half way through one", () => {
  for (const minutes of [1, 3, 5]) {
    assert.equal((lengthMs(minutes) - SETTLE_MS) % (SLOW.inMs + SLOW.outMs), 0);
    assert.equal(lengthMs(minutes) - SETTLE_MS, minutes * 60000);
  }
});

test("the time left is said in words", () => {
  assert.equal(leftInWords(250000), "4 min 10 s left");
  assert.equal(leftInWords(60000), "1 min left");
  assert.equal(leftInWords(400), "1 s left");
  assert.equal(leftInWords(-5), "0 s left");
});
