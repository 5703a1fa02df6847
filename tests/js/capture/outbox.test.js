import assert from "node:assert/strict";
import { test } from "node:test";

import { CAPACITY, Outbox } from "../../../static/js/capture/outbox.js";
import { fakeClock } from "./fake_clock.js";

const snippet = (name) => ({ clientId: name });

/** An outbox whose server answers as `answer` says; `sent` lists every attempt with its time. */
function outboxWith(answer) {
  const clock = fakeClock();
  const [sent, told] = [[], []];
  const tell = (name) => (...args) => told.push([name, ...args]);
  const names = ["onAccepted", "onSlow", "onUnreachable", "onClear", "onRefused", "onDropped"];
  const listener = Object.fromEntries(names.map((name) => [name, tell(name)]));
  const send = async ({ clientId }) => (sent.push([clientId, clock.now() / 1000]), answer(sent.length));
  return { clock, sent, told, outbox: new Outbox({ clock, send, listener }) };
}

const accepted = { kind: "accepted", id: "s1" };
const unreachable = { kind: "unreachable" };

test("snippets are sent one after the other, in their order", async () => {
  const { clock, sent, outbox } = outboxWith(() => accepted);
  ["a", "b", "c"].forEach((name) => outbox.add(snippet(name)));
  await clock.settle();
  assert.deepEqual(sent.map(([name]) => name), ["a", "b", "c"]);
  assert.equal(outbox.size, 0);
});

test("without a connection it tries again after 1, 2, 4 ... and at most 30 seconds", async () => {
  const { clock, sent, outbox } = outboxWith(() => unreachable);
  outbox.add(snippet("a"));
  await clock.advance(125_000);
  const gaps = sent.slice(1).map(([, at], index) => at - sent[index][1]);
  assert.deepEqual(gaps, [1, 2, 4, 8, 16, 30, 30, 30]);
});

test("it waits as long as the server asks, every time anew", async () => {
  const { clock, sent, told, outbox } = outboxWith((attempt) =>
    attempt < 3 ? { kind: "slow", seconds: 10 } : accepted,
  );
  outbox.add(snippet("a"));
  await clock.advance(9_900);
  assert.equal(sent.length, 1);
  await clock.advance(20_000);
  assert.deepEqual(sent.map(([, at]) => at), [0, 10, 20]);
  assert.deepEqual(told.map(([name]) => name), ["onSlow", "onSlow", "onAccepted", "onClear"]);
});

test("it keeps three, drops the oldest, and says so", async () => {
  const { clock, told, outbox } = outboxWith(() => unreachable);
  for (const name of ["a", "b", "c", "d", "e"]) {
    outbox.add(snippet(name));
    await clock.advance(3_000);
  }
  assert.equal(CAPACITY, 3);
  assert.equal(outbox.size, 3);
  assert.equal(outbox.dropped, 2);
  assert.deepEqual(told.filter(([name]) => name === "onDropped"), [["onDropped", 1], ["onDropped", 2]]);
});

test("the snippet that is on its way right now is not dropped", async () => {
  let answer;
  const { clock, told, outbox } = outboxWith(() => new Promise((resolve) => (answer = resolve)));
  ["a", "b", "c", "d"].forEach((name) => outbox.add(snippet(name)));
  await clock.settle();
  answer(accepted);
  await clock.settle();
  assert.deepEqual(told.at(-1), ["onAccepted", "s1", snippet("a")]);
});

test("a refused snippet goes, and the next is sent", async () => {
  const { clock, told, outbox } = outboxWith((attempt) =>
    attempt === 1 ? { kind: "refused", code: "not_jpeg" } : accepted,
  );
  ["a", "b"].forEach((name) => outbox.add(snippet(name)));
  await clock.settle();
  assert.deepEqual(told.map(([name]) => name), ["onRefused", "onAccepted"]);
});

test("after clear nothing is sent any more, and the outbox can begin anew", async () => {
  const { clock, sent, outbox } = outboxWith(() => unreachable);
  outbox.add(snippet("a"));
  await clock.advance(500);
  outbox.clear();
  await clock.advance(60_000);
  assert.equal(sent.length, 1);
  outbox.add(snippet("b"));
  await clock.settle();
  assert.equal(sent.at(-1)[0], "b");
});

test("a refused snippet ends a hold-up too: the way is free again", async () => {
  const answers = [{ kind: "slow", seconds: 1 }, { kind: "refused", code: "not_jpeg", isFinal: false }];
  const { clock, told, outbox } = outboxWith((attempt) => answers[attempt - 1]);
  outbox.add(snippet("a"));
  await clock.advance(2_000);
  assert.deepEqual(told.map(([name]) => name), ["onSlow", "onRefused", "onClear"]);
  assert.equal(outbox.isHeldUp, false);
});
