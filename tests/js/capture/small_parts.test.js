import assert from "node:assert/strict";
import { test } from "node:test";

import { Api } from "../../../static/js/capture/api.js";
import { Camera, CameraTrouble, Trouble, frameForbids } from "../../../static/js/capture/camera.js";
import { fit } from "../../../static/js/capture/encoder.js";
import { Light, lightOf } from "../../../static/js/capture/hints.js";
import { cells, sentence } from "../../../static/js/capture/strip.js";
import { TROUBLE, keptWords } from "../../../static/js/capture/words.js";

const MINUTE = 60_000;

test("pictures shrink to fit 640 by 480, keep their shape and never grow", () => {
  assert.deepEqual(fit({ width: 1280, height: 720 }), { width: 640, height: 360 });
  assert.deepEqual(fit({ width: 480, height: 640 }), { width: 360, height: 480 });
  assert.deepEqual(fit({ width: 320, height: 240 }), { width: 320, height: 240 });
});

test("a cell takes the middle of what is known in its two minutes", () => {
  const now = 60 * MINUTE;
  const at = now - MINUTE;
  const levels = ["usual", "high", "unknown", "usual"].map((level) => ({ at, level }));
  const found = cells(levels, { now });
  assert.equal(found.length, 30);
  assert.equal(found.at(-1).level, "usual");
  assert.equal(found.filter(({ level }) => level !== "none").length, 1);
});

test("gaps stay gaps, and could not tell is not usual", () => {
  const found = cells([{ at: 3 * MINUTE, level: "unknown" }], { now: 60 * MINUTE });
  assert.equal(found[1].level, "unknown");
  assert.equal(found[2].level, "none");
  assert.match(sentence(found), /2 minutes could not tell/);
});

test("what was found in the hour is told as one list", () => {
  const found = cells(
    [3, 5, 9].map((minute) => ({ at: minute * MINUTE, level: minute < 9 ? "usual" : "learning" })),
    { now: 60 * MINUTE },
  );
  const told = "In the last hour: 4 minutes your usual, 2 minutes while your usual was still being learned.";
  assert.equal(sentence(found), told);
});

test("what is older than an hour is not shown", () => {
  const found = cells([{ at: 0, level: "high" }], { now: 61 * MINUTE });
  assert.equal(sentence(found), "Nothing was measured in the last hour.");
});

/** A thumbnail whose middle and edge have these brightnesses. */
function thumbnail(middle, edge, width = 32, height = 24) {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let index = 0; index < width * height; index += 1) {
    const [x, y] = [index % width, Math.floor(index / width)];
    const inside = Math.abs(x - width / 2) < width / 5 && Math.abs(y - height / 2) < height / 3;
    pixels.fill(inside ? middle : edge, 4 * index, 4 * index + 3);
  }
  return [pixels, width, height];
}

test("the light is judged by the middle against the edge", () => {
  assert.equal(lightOf(...thumbnail(120, 110)), Light.GOOD);
  assert.equal(lightOf(...thumbnail(20, 30)), Light.DARK);
  assert.equal(lightOf(...thumbnail(60, 230)), Light.BACKLIT);
  assert.equal(lightOf(...thumbnail(245, 200)), Light.BRIGHT);
});

const video = () => ({ play: async () => {}, srcObject: null });
const errorNamed = (name) => Object.assign(new Error(name), { name });

test("each way a camera can fail has its own words and a next step", async () => {
  const failures = {
    NotFoundError: Trouble.NONE,
    NotAllowedError: Trouble.REFUSED,
    NotReadableError: Trouble.BUSY,
    SomethingNew: Trouble.UNKNOWN,
  };
  for (const [name, kind] of Object.entries(failures)) {
    const devices = { getUserMedia: () => Promise.reject(errorNamed(name)) };
    const camera = new Camera({ devices, document: {} });
    await assert.rejects(camera.open(video(), {}), (error) => error instanceof CameraTrouble && error.kind === kind);
    assert.ok(TROUBLE[kind].heading && TROUBLE[kind].text && TROUBLE[kind].next);
  }
});

test("a frame without permission is told before the camera is asked for", async () => {
  const document = { featurePolicy: { allowsFeature: () => false } };
  const devices = { getUserMedia: () => assert.fail("The camera was asked for.") };
  assert.equal(frameForbids(document), true);
  await assert.rejects(new Camera({ devices, document }).open(video(), {}), { kind: Trouble.FRAME });
});

test("closing stops every track", async () => {
  const stopped = [];
  const track = { stop: () => stopped.push("video"), addEventListener() {} };
  const stream = { getTracks: () => [track], getVideoTracks: () => [track] };
  const camera = new Camera({ devices: { getUserMedia: async () => stream }, document: {} });
  const element = video();
  await camera.open(element, {});
  camera.close(element);
  assert.deepEqual(stopped, ["video"]);
  assert.equal(element.srcObject, null);
  assert.equal(camera.isOpen, false);
});

test("what is kept and what was dropped are counted, and nothing is said of nothing", () => {
  assert.equal(keptWords({ size: 0, dropped: 0 }), "");
  assert.equal(keptWords({ size: 2, dropped: 0 }), "2 not sent yet.");
  assert.equal(keptWords({ size: 1, dropped: 1 }), "1 not sent yet. 1 was deleted unsent, the oldest first.");
  assert.equal(keptWords({ size: 0, dropped: 3 }), "3 were deleted unsent, the oldest first.");
});

test("what the outermost door says in its one language is said in the page's words", async () => {
  const said = { error: "body_too_large", message: "said at the door" };
  const fetch = async () => ({ ok: false, status: 413, json: async () => said });
  const outcome = await new Api({ fetch, token: "", start: "/" }).send({ snippets: "/" }, { pictures: [] });
  assert.equal(outcome.message, "What was sent is too large. Nothing was stored.");
});
