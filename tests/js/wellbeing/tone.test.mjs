// A tone is made only when it is wanted, softly, and higher where one is full.
import assert from "node:assert/strict";
import test from "node:test";

import { Tone, pitchOf } from "../../../static/js/wellbeing/tone.js";

function audio() {
  const made = { contexts: 0, voices: [], loudest: 0 };
  const gain = {
    setValueAtTime: () => {},
    linearRampToValueAtTime: (value) => (made.loudest = Math.max(made.loudest, value)),
    exponentialRampToValueAtTime: () => {},
  };
  const voice = () => ({
    frequency: {},
    connect: (next) => next,
    start: (at) => made.voices.push({ start: at }),
    stop: (at) => (made.voices.at(-1).stop = at),
  });
  const make = () => {
    made.contexts += 1;
    return { currentTime: 3, destination: {}, createOscillator: voice, createGain: () => ({ gain, connect: () => {} }) };
  };
  return { made, make };
}

test("it is off at first, and then nothing is ever opened", () => {
  const { made, make } = audio();
  new Tone(make).play({ fullness: 1 });
  assert.equal(made.contexts, 0);
});

test("switched on, one context makes one soft tone a step, that ends by itself", () => {
  const { made, make } = audio();
  const tone = new Tone(make);
  tone.isOn = true;
  tone.play({ fullness: 1 });
  tone.play({ fullness: 0 });
  assert.equal(made.contexts, 1);
  assert.equal(made.voices.length, 2);
  assert.ok(made.voices.every(({ start, stop }) => stop > start && stop - start < 2));
  assert.ok(made.loudest <= 0.1);
});

test("full is higher than empty, by a fifth", () => {
  assert.equal(pitchOf({ fullness: 1 }) / pitchOf({ fullness: 0 }), 1.5);
});
