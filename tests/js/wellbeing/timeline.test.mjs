// What an exercise looks like at every moment.
import assert from "node:assert/strict";
import test from "node:test";

import { afterFinding, fill, leftInWords, nextPart, timelineOf, viewAt } from "../../../static/js/wellbeing/timeline.js";
import { box, grounding, micro, muscles, settle, sighing, slow, words } from "./plans.mjs";

const of = (plan, seconds) => timelineOf({ plan, settle, seconds });
const captionAt = (timeline, ms) => viewAt(timeline, ms).step.caption;

test("the exercise settles before the first breath, and that time is not counted", () => {
  const timeline = of(slow, 60);
  assert.equal(captionAt(timeline, 0), "Sit");
  assert.equal(captionAt(timeline, 3999), "Sit");
  assert.equal(captionAt(timeline, 4000), "In");
  assert.equal(viewAt(timeline, 0).leftMs, 60000);
  assert.equal(viewAt(timeline, 3999).share, 0);
});

test("a slow breath is four seconds in and six out, and then the next one begins", () => {
  const timeline = of(slow, 60);
  const captions = [4000, 7999, 8000, 13999, 14000].map((ms) => captionAt(timeline, ms));
  assert.deepEqual(captions, ["In", "In", "Out", "Out", "In"]);
});

test("a sigh takes in twice and lets out longer than both", () => {
  const captions = [0, 3000, 5000, 11999, 12000].map((ms) => captionAt(of(sighing, 60), 4000 + ms));
  assert.deepEqual(captions, ["In", "More", "Out", "Out", "In"]);
});

test("a square holds full and rests empty, and nothing moves meanwhile", () => {
  const timeline = of(box, 60);
  const fullness = (ms) => viewAt(timeline, 4000 + ms).fullness;
  assert.deepEqual([4000, 6000, 7999].map(fullness), [1, 1, 1]);
  assert.deepEqual([12000, 14000, 15999].map(fullness), [0, 0, 0]);
});

test("every length is whole rounds: nobody is stopped half way through a breath", () => {
  for (const plan of [slow, sighing, box]) {
    for (const seconds of [60, 180, 300]) {
      const timeline = of(plan, seconds);
      const round = plan.steps.reduce((sum, step) => sum + step.seconds, 0);
      assert.equal(((timeline.totalMs - 4000) / 1000) % round, 0);
      assert.ok(Math.abs(timeline.totalMs / 1000 - 4 - seconds) <= round / 2);
    }
  }
});

test("the shape never jumps: no frame of 16 ms moves it by more than a hundredth", () => {
  for (const [plan, seconds] of [[slow, 60], [sighing, 60], [box, 60], [muscles, 138], [micro, 60]]) {
    const timeline = of(plan, seconds);
    for (let ms = 0; ms < timeline.totalMs - 16; ms += 16) {
      const moved = Math.abs(viewAt(timeline, ms + 16).fullness - viewAt(timeline, ms).fullness);
      assert.ok(moved < 0.01, `jump of ${moved} at ${ms} ms`);
    }
  }
});

test("a caption stays for two seconds at least, so that it can be heard", () => {
  for (const plan of [slow, sighing, box, muscles, micro]) {
    assert.ok(of(plan, 300).steps.every(({ ms }) => ms >= 2000));
  }
});

test("seconds are counted from one in each step", () => {
  const seconds = [0, 999, 1000, 3999, 4000, 9999].map((ms) => viewAt(of(slow, 60), 4000 + ms).second);
  assert.deepEqual(seconds, [1, 1, 2, 4, 1, 6]);
});

test("a short break takes as many parts as fit, and one at least", () => {
  assert.equal(of(micro, 20).totalMs, 24000);
  assert.equal(of(micro, 60).totalMs, 64000);
  assert.equal(of(micro, 5).totalMs, 24000);
});

test("a muscle that hurts is skipped with all its steps; after the last one it is over", () => {
  const timeline = of(muscles, 138);
  const second = nextPart(timeline, 4000 + 12000);
  assert.equal(captionAt(timeline, second), "Muscle 1");
  assert.equal(captionAt(timeline, nextPart(timeline, second)), "Muscle 2");
  assert.equal(nextPart(timeline, timeline.totalMs - 1), timeline.totalMs);
});

test("settling may be skipped, too: the first part begins", () => {
  assert.equal(nextPart(of(muscles, 138), 1000), 4000);
});

test("fifteen findings lead through five senses to the end, and the ring never goes back", () => {
  const timeline = of(grounding, 150);
  const [counts, shares] = [[], []];
  let ms = 0;
  for (; ms < timeline.totalMs; ms = afterFinding(timeline, ms)) {
    counts.push(viewAt(timeline, ms).toFind);
    shares.push(viewAt(timeline, ms).share);
  }
  assert.deepEqual(counts, [5, 4, 3, 2, 1, 4, 3, 2, 1, 3, 2, 1, 2, 1, 1]);
  assert.deepEqual(shares, [...shares].sort((a, b) => a - b));
  assert.equal(ms, timeline.totalMs);
});

test("the time left is said in words of the page's language", () => {
  assert.equal(leftInWords(250000, words), "4 min 10 s left");
  assert.equal(leftInWords(60000, words), "1 min left");
  assert.equal(leftInWords(400, words), "1 s left");
  assert.equal(leftInWords(-5, words), "0 s left");
  assert.equal(leftInWords(61000, { ...words, left: "noch {time}" }), "noch 1 min 1 s");
});

test("a gap without a value stays as it is", () => {
  assert.equal(fill("{a} of {b}", { a: 0 }), "0 of {b}");
});
