import assert from "node:assert/strict";
import { test } from "node:test";

import { sampleUntil, takeSnippet } from "../../../static/js/capture/sampler.js";
import { fakeClock } from "./fake_clock.js";

const SETTINGS = { frames: 8, seconds: 2, interval_s: 10 };

/** A camera that notes when it was looked at; each look takes `slow` milliseconds. */
function cameraOn(clock, slow = 0) {
  const looks = [];
  const grab = async () => {
    looks.push(clock.now());
    await clock.sleep(slow);
    return looks.length;
  };
  return { grab, looks };
}

test("a snippet is eight frames in two seconds, a quarter of a second apart", async () => {
  const clock = fakeClock(1_000);
  const { grab, looks } = cameraOn(clock);
  const taking = takeSnippet({ clock, grab, ...SETTINGS, signal: new AbortController().signal });
  await clock.advance(2_000);
  const snippet = await taking;
  assert.deepEqual(looks, [1000, 1250, 1500, 1750, 2000, 2250, 2500, 2750]);
  assert.equal(snippet.pictures.length, 8);
  assert.equal(snippet.capturedAt, new Date(1_000).toISOString());
});

test("slow pictures do not push the later ones back", async () => {
  const clock = fakeClock();
  const { grab, looks } = cameraOn(clock, 200);
  takeSnippet({ clock, grab, ...SETTINGS, signal: new AbortController().signal });
  await clock.advance(3_000);
  assert.deepEqual(looks, [0, 250, 500, 750, 1000, 1250, 1500, 1750]);
});

test("snippets begin every ten seconds", async () => {
  const clock = fakeClock();
  const stop = new AbortController();
  const taken = [];
  const { grab } = cameraOn(clock);
  sampleUntil({ clock, grab, settings: SETTINGS, deliver: (s) => taken.push(s.capturedAt), signal: stop.signal });
  await clock.advance(32_000);
  assert.deepEqual(taken.map((at) => Date.parse(at)), [0, 10_000, 20_000, 30_000]);
});

test("a pause in the middle of a snippet throws it away and looks no more", async () => {
  const clock = fakeClock();
  const stop = new AbortController();
  const taken = [];
  const { grab, looks } = cameraOn(clock);
  sampleUntil({ clock, grab, settings: SETTINGS, deliver: (s) => taken.push(s), signal: stop.signal });
  await clock.advance(600);
  stop.abort();
  await clock.advance(60_000);
  assert.equal(looks.length, 3);
  assert.deepEqual(taken, []);
});

test("a camera that gives no picture is told, not hidden", async () => {
  const clock = fakeClock();
  const grab = async () => {
    throw new Error("no picture");
  };
  const { signal } = new AbortController();
  const sampling = sampleUntil({ clock, grab, settings: SETTINGS, deliver: () => {}, signal });
  await Promise.all([assert.rejects(sampling, /no picture/), clock.advance(1_000)]);
});
