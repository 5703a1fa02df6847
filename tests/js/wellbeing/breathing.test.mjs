// The exercise as a person drives it, with a clock and frames of our own.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Breathing, State } from "../../../static/js/wellbeing/breathing.js";
import { lengthMs } from "../../../static/js/wellbeing/pace.js";

let now, frames, shown, changes, breathing;

beforeEach(() => {
  [now, frames, shown, changes] = [0, [], [], []];
  breathing = new Breathing({
    clock: () => now,
    raf: (callback) => frames.push(callback),
    screen: { show: (view) => shown.push(view), changed: (...change) => changes.push(change) },
  });
});

function pass(ms) {
  now += ms;
  frames.splice(0).forEach((callback) => callback());
}

const last = () => shown.at(-1);

test("starting shows the settling and the whole time left", () => {
  breathing.start(1);
  assert.equal(last().phase, "settle");
  assert.equal(last().leftMs, 60000);
  assert.equal(last().share, 0);
});

test("the ring is half full when half the time is over", () => {
  breathing.start(1);
  pass(34000);
  assert.equal(last().share, 0.5);
  assert.equal(last().leftMs, 30000);
});

test("a pause keeps the place in the breath, however long it lasts", () => {
  breathing.start(1);
  pass(6500);
  const before = last();
  breathing.pause();
  pass(600000);
  breathing.goOn();
  assert.deepEqual(last(), before);
});

test("nothing is drawn during a pause, and going on draws once a frame", () => {
  breathing.start(1);
  breathing.pause();
  pass(16);
  const count = shown.length;
  pass(16);
  assert.equal(shown.length, count);
  breathing.goOn();
  pass(16);
  assert.equal(frames.length, 1);
});

test("it ends by itself, as finished, after the whole time", () => {
  breathing.start(3);
  pass(lengthMs(3) - 1);
  assert.equal(breathing.state, State.RUNNING);
  pass(1);
  assert.deepEqual(changes.at(-1), [State.DONE, true]);
});

test("ending early says so once, and a late frame draws nothing more", () => {
  breathing.start(5);
  pass(8000);
  breathing.end();
  const count = shown.length;
  pass(16);
  breathing.end();
  assert.equal(shown.length, count);
  assert.deepEqual(changes.filter(([state]) => state === State.DONE), [[State.DONE, false]]);
});

test("it can be started again from the beginning", () => {
  breathing.start(1);
  pass(20000);
  breathing.end();
  breathing.start(1);
  assert.equal(last().phase, "settle");
  assert.equal(frames.length, 1);
});

test("pausing or going on before a start changes nothing", () => {
  breathing.pause();
  breathing.goOn();
  breathing.end();
  assert.equal(breathing.state, State.READY);
  assert.deepEqual(changes, []);
});
