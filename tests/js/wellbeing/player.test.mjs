// An exercise as a person drives it, with a clock and frames of our own.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Player, State } from "../../../static/js/wellbeing/player.js";
import { timelineOf } from "../../../static/js/wellbeing/timeline.js";
import { grounding, muscles, settle, slow } from "./plans.mjs";

let now, frames, shown, changes, player;

beforeEach(() => {
  [now, frames, shown, changes] = [0, [], [], []];
  player = new Player({
    clock: () => now,
    raf: (callback) => frames.push(callback),
    screen: { show: (view) => shown.push(view), changed: (...change) => changes.push(change) },
  });
});

function pass(ms) {
  now += ms;
  frames.splice(0).forEach((callback) => callback());
}

const start = (plan, seconds) => player.start(timelineOf({ plan, settle, seconds }));
const last = () => shown.at(-1);

test("starting shows the settling and the whole time left", () => {
  start(slow, 60);
  assert.equal(last().step.caption, "Sit");
  assert.equal(last().leftMs, 60000);
});

test("the ring is half full when half the time is over", () => {
  start(slow, 60);
  pass(34000);
  assert.equal(last().share, 0.5);
});

test("a pause keeps the place in the breath, however long it lasts", () => {
  start(slow, 60);
  pass(6500);
  const before = last();
  player.pause();
  pass(600000);
  player.goOn();
  assert.deepEqual(last(), before);
});

test("nothing is drawn during a pause, and going on draws once a frame", () => {
  start(slow, 60);
  player.pause();
  pass(16);
  const count = shown.length;
  pass(16);
  assert.equal(shown.length, count);
  player.goOn();
  pass(16);
  assert.equal(frames.length, 1);
});

test("it ends by itself, as finished, after the whole time", () => {
  start(slow, 180);
  pass(183999);
  assert.equal(player.state, State.RUNNING);
  pass(1);
  assert.deepEqual(changes.at(-1), [State.DONE, true]);
});

test("ending early says so once, and a late frame draws nothing more", () => {
  start(slow, 300);
  pass(8000);
  player.end();
  const count = shown.length;
  pass(16);
  player.end();
  assert.equal(shown.length, count);
  assert.deepEqual(changes.filter(([state]) => state === State.DONE), [[State.DONE, false]]);
});

test("another exercise can follow, from its beginning", () => {
  start(muscles, 138);
  pass(30000);
  player.skip();
  player.end();
  start(slow, 60);
  assert.equal(last().step.caption, "Sit");
  assert.equal(last().leftMs, 60000);
  assert.equal(frames.length, 1);
});

test("skipping goes to the next part, and the clock goes on from there", () => {
  start(muscles, 138);
  pass(16000);
  player.skip();
  assert.equal(last().step.caption, "Muscle 1");
  pass(10000);
  assert.equal(last().step.caption, "Tense");
});

test("skipping in a pause goes on; skipping the last part finishes", () => {
  start(muscles, 138);
  player.pause();
  player.skip();
  assert.equal(player.state, State.RUNNING);
  [1, 2, 3].forEach(() => player.skip());
  assert.deepEqual(changes.at(-1), [State.DONE, true]);
});

test("where the person leads, no time passes and nothing is drawn by itself", () => {
  start(grounding, 150);
  pass(600000);
  assert.equal(frames.length, 0);
  assert.equal(last().step.caption, "Find 5");
  player.found();
  assert.equal(last().toFind, 4);
  player.skip();
  assert.equal(last().step.caption, "Find 4");
});

test("everything found is everything done", () => {
  start(grounding, 150);
  for (let found = 0; found < 15; found += 1) player.found();
  assert.deepEqual(changes.at(-1), [State.DONE, true]);
});

test("what is led by the clock cannot be hurried by finding, nor the other paused", () => {
  start(slow, 60);
  player.found();
  assert.equal(last().step.caption, "Sit");
  start(grounding, 150);
  player.pause();
  assert.equal(player.state, State.RUNNING);
});

test("pausing, going on, skipping or ending before a start changes nothing", () => {
  ["pause", "goOn", "skip", "found", "end"].forEach((act) => player[act]());
  assert.equal(player.state, State.READY);
  assert.deepEqual(changes, []);
});
