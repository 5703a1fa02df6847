import assert from "node:assert/strict";
import { test } from "node:test";

import { Api, Refusal } from "../../../static/js/capture/api.js";
import { CameraTrouble, Trouble } from "../../../static/js/capture/camera.js";
import { Capture } from "../../../static/js/capture/controller.js";
import { State } from "../../../static/js/capture/machine.js";
import { fakeClock } from "./fake_clock.js";

const SETTINGS = { frames: 8, seconds: 2, interval_s: 10 };

/** A page with everything around it; `done` lists what happened, in its order. */
function page({ outcome = { kind: "accepted", id: "s1" }, open = async () => {}, begin, results, server } = {}) {
  const clock = fakeClock();
  const done = [];
  const note = (name) => (...args) => void done.push([name, ...args]);
  const api = server ?? {
    start: begin ?? (async () => (done.push(["session"]), { settings: SETTINGS })),
    stop: note("session stopped"),
    send: async () => (done.push(["sent"]), typeof outcome === "function" ? outcome() : outcome),
    results: results ?? (async () => [{ snippet: "s1", finished_at: "T1", level: "usual" }]),
  };
  const source = { open: async (...args) => (done.push(["opened"]), open(...args)), close: note("closed") };
  const shown = [];
  const view = { show: (state, detail) => shown.push([state, detail]) };
  for (const name of ["usingSample", "measuring", "result", "kept", "light", "note"]) view[name] = note(name);
  const thumbnail = () => ({ pixels: new Uint8ClampedArray(4 * 4), width: 2, height: 2 });
  let number = 0;
  const newId = () => `id-${(number += 1)}`;
  const capture = new Capture({ clock, api, grab: async () => new Blob(["jpeg"]), thumbnail, view, video: {}, newId });
  const happened = (name) => done.filter(([what]) => what === name).length;
  return { capture, clock, source, shown, happened };
}

test("from start to result", async () => {
  const { capture, clock, source, happened } = page();
  capture.start(source);
  await clock.advance(5_000);
  assert.equal(capture.state, State.RUNNING);
  assert.deepEqual([happened("session"), happened("opened"), happened("sent"), happened("result")], [1, 1, 1, 1]);
});

test("pause lets go of the camera, takes nothing more, and going on keeps the session", async () => {
  const { capture, clock, source, happened } = page();
  capture.start(source);
  await clock.advance(5_000);
  capture.pause();
  assert.equal(happened("closed"), 1);
  await clock.advance(60_000);
  assert.equal(happened("sent"), 1);
  capture.start(source);
  await clock.advance(5_000);
  assert.deepEqual([capture.state, happened("session"), happened("sent")], [State.RUNNING, 1, 2]);
});

test("a camera that opens after pause was pressed is closed at once", async () => {
  let allow;
  const { capture, clock, source, happened } = page({ open: () => new Promise((resolve) => (allow = resolve)) });
  capture.start(source);
  await clock.settle();
  capture.pause();
  const before = happened("closed");
  allow();
  await clock.settle();
  assert.equal(capture.state, State.PAUSED);
  assert.equal(happened("closed"), before + 1);
});

test("leaving the page turns the camera off and says why", async () => {
  const { capture, clock, source, shown, happened } = page();
  capture.start(source);
  await clock.advance(1_000);
  capture.hide();
  assert.equal(happened("closed"), 1);
  assert.deepEqual(shown.at(-1), [State.PAUSED, { hidden: true }]);
});

test("stop ends the session at the server", async () => {
  const { capture, clock, source, happened } = page();
  capture.start(source);
  await clock.advance(5_000);
  capture.stop();
  assert.deepEqual([capture.state, happened("session stopped"), happened("closed")], [State.STOPPED, 1, 1]);
});

test("while the server asks for time the camera stays and nothing is taken", async () => {
  const { capture, clock, source, happened } = page({ outcome: { kind: "slow", seconds: 3600 } });
  capture.start(source);
  await clock.advance(60_000);
  assert.deepEqual([capture.state, happened("sent"), happened("closed")], [State.WAITING, 1, 0]);
});

test("a session taken over by another tab stops this one", async () => {
  const outcome = {
    kind: "refused",
    code: "session_replaced",
    message: "In another tab.",
    nextStep: "Go there.",
    isFinal: true,
  };
  const { capture, clock, source, shown, happened } = page({ outcome });
  capture.start(source);
  await clock.advance(5_000);
  assert.deepEqual([capture.state, happened("closed"), happened("session stopped")], [State.STOPPED, 1, 0]);
  assert.equal(shown.at(-1)[1].message, "In another tab.");
});

test("one refused snippet is noted and does not stop the session", async () => {
  const { capture, clock, source, happened } = page({ outcome: { kind: "refused", code: "not_jpeg", message: "no" } });
  capture.start(source);
  await clock.advance(5_000);
  assert.deepEqual([capture.state, happened("note")], [State.RUNNING, 1]);
});

test("without a session the camera is never asked for", async () => {
  const refusal = new Refusal({ code: "consent_missing", message: "No yes.", nextStep: "Say yes." });
  const { capture, clock, source, shown, happened } = page({ begin: () => Promise.reject(refusal) });
  capture.start(source);
  await clock.settle();
  assert.deepEqual([capture.state, happened("opened")], [State.FAILED, 0]);
  assert.equal(shown.at(-1)[1].message, "No yes.");
});

test("a camera that fails ends the session that was begun for it", async () => {
  const open = () => Promise.reject(new CameraTrouble(Trouble.BUSY));
  const { capture, clock, source, shown, happened } = page({ open });
  capture.start(source);
  await clock.settle();
  assert.deepEqual([capture.state, happened("session stopped")], [State.FAILED, 1]);
  assert.equal(shown.at(-1)[1].kind, Trouble.BUSY);
});

/** A server that lets a session begin and answers every snippet with this status. */
function serverThatSays(status, body) {
  const begun = { session: "1", settings: SETTINGS, snippets: "/snippets/", results: "/results/", stop: "/stop/" };
  const answer = (address) => (address === "/start/" ? Response.json(begun, { status: 201 }) : Response.json(body, { status }));
  return new Api({ fetch: async (address) => answer(address), token: "t", start: "/start/" });
}

for (const [status, error] of [[401, undefined], [403, "form_expired"], [404, "missing"], [409, "a code of tomorrow"]]) {
  test(`the camera goes off when the server answers ${status}, whatever the reason is called`, async () => {
    const server = serverThatSays(status, { error, message: "This page is too old.", next_step: "Reload it." });
    const { capture, clock, source, shown, happened } = page({ server });
    capture.start(source);
    await clock.advance(5_000);
    assert.deepEqual([capture.state, happened("closed")], [State.STOPPED, 1]);
    assert.equal(shown.at(-1)[1].message, "This page is too old.");
  });
}

const lostCookie = () =>
  Promise.reject(new Refusal({ code: "form_expired", message: "Too old.", nextStep: "Reload.", isFinal: true }));

test("the camera goes off when the results are refused for good", async () => {
  const { capture, clock, source, shown, happened } = page({ results: lostCookie });
  capture.start(source);
  await clock.advance(5_000);
  assert.deepEqual([capture.state, happened("closed")], [State.STOPPED, 1]);
  assert.equal(shown.at(-1)[1].message, "Too old.");
});

test("a refusal that comes late, for a session that was stopped, leaves the running one alone", async () => {
  let refuse;
  const late = new Promise((resolve) => (refuse = resolve));
  const first = async () => (await late, lostCookie());
  let asked = 0;
  const results = () => ((asked += 1) === 1 ? first() : Promise.resolve([]));
  const { capture, clock, source } = page({ results });
  capture.start(source);
  await clock.advance(3_000);
  capture.stop();
  capture.start(source);
  await clock.settle();
  refuse();
  await clock.advance(100);
  assert.equal(capture.state, State.RUNNING);
});

test("after a busy server one refused snippet does not leave the page waiting", async () => {
  const refused = { kind: "refused", code: "not_jpeg", message: "no", isFinal: false };
  const outcomes = [{ kind: "slow", seconds: 1 }, refused];
  const outcome = () => outcomes.shift() ?? { kind: "accepted", id: "s1" };
  const { capture, clock, source, happened } = page({ outcome });
  capture.start(source);
  await clock.advance(2_500);
  assert.equal(capture.state, State.WAITING);
  await clock.advance(30_000);
  assert.equal(capture.state, State.RUNNING);
  assert.ok(happened("sent") > 2);
});
