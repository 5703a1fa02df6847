import assert from "node:assert/strict";
import { test } from "node:test";

import { Api } from "../../../static/js/capture/api.js";
import { Results } from "../../../static/js/capture/results.js";
import { fakeClock } from "./fake_clock.js";

const ended = (snippet, at) => ({ snippet, finished_at: at, level: "usual" });
const waiting = (snippet) => ({ snippet, finished_at: null });

function resultsWith(answer) {
  const clock = fakeClock();
  const [asked, told, refused] = [[], [], []];
  const ask = async (after) => (asked.push(after), answer(asked.length));
  const onRefused = ({ code }) => refused.push(code);
  const results = new Results({ clock, ask, onResult: (r) => told.push(r.snippet), onRefused });
  return { clock, asked, told, refused, results };
}

test("nothing is asked while nothing is out", async () => {
  const { clock, asked } = resultsWith(() => []);
  await clock.advance(60_000);
  assert.equal(asked.length, 0);
});

test("it asks until the snippet ended, then stops", async () => {
  const { clock, asked, told, results } = resultsWith((round) => [round < 3 ? waiting("a") : ended("a", "T1")]);
  results.expect("a");
  await clock.advance(60_000);
  assert.deepEqual(told, ["a"]);
  assert.equal(asked.length, 3);
  assert.equal(results.waiting, 0);
});

test("each result is told once, though the server tells it again", async () => {
  const { clock, told, results } = resultsWith((round) =>
    round === 1 ? [ended("a", "T1"), waiting("b")] : [ended("a", "T1"), ended("b", "T2")],
  );
  ["a", "b"].forEach((id) => results.expect(id));
  await clock.advance(60_000);
  assert.deepEqual(told, ["a", "b"]);
});

test("it asks only for what is newer than what it knows", async () => {
  const { clock, asked, results } = resultsWith((round) => [ended(round === 1 ? "a" : "b", `T${round}`)]);
  results.expect("a");
  await clock.advance(5_000);
  results.expect("b");
  await clock.advance(5_000);
  assert.deepEqual(asked, [null, "T1"]);
});

test("no answer is not the end: it asks again, more slowly", async () => {
  const { clock, told, results } = resultsWith((round) => {
    if (round === 1) throw new TypeError("no network");
    return [ended("a", "T1")];
  });
  results.expect("a");
  await clock.advance(3_000);
  assert.deepEqual(told, []);
  await clock.advance(10_000);
  assert.deepEqual(told, ["a"]);
});

test("after clear nothing is asked and nothing told", async () => {
  const { clock, asked, told, results } = resultsWith(() => [waiting("a")]);
  results.expect("a");
  await clock.advance(1_000);
  results.clear();
  const before = asked.length;
  await clock.advance(60_000);
  assert.equal(asked.length, before);
  assert.deepEqual(told, []);
});

/** The real door to the server, which answers with these statuses one after the other. */
function apiThatSays(...statuses) {
  const body = (status) => (status === 200 ? { snippets: [ended("a", "T1")] } : { error: `said_${status}` });
  const fetch = async () => ((status) => Response.json(body(status), { status }))(statuses.shift());
  return new Api({ fetch, token: "t", start: "/start/" });
}

test("a refusal is the end: it is told once, and nothing is asked any more", async () => {
  const api = apiThatSays(403);
  const { clock, asked, refused, results } = resultsWith(() => api.results({ results: "/results/" }, null));
  results.expect("a");
  await clock.advance(600_000);
  assert.deepEqual([asked.length, refused, results.waiting], [1, ["said_403"], 0]);
});

test("a server that is busy or down has not refused", async () => {
  const api = apiThatSays(429, 503, 200);
  const { clock, told, refused, results } = resultsWith(() => api.results({ results: "/results/" }, null));
  results.expect("a");
  await clock.advance(60_000);
  assert.deepEqual([told, refused], [["a"], []]);
});
