import assert from "node:assert/strict";
import { test } from "node:test";

import { Machine, State, isLive, isSampling } from "../../../static/js/capture/machine.js";

const EVENTS = ["start", "grant", "pause", "hide", "stop", "end", "fail", "slowDown", "loseLink", "catchUp"];

function after(...events) {
  const machine = new Machine(() => {});
  events.forEach((event) => machine.send(event));
  return machine.state;
}

test("the camera is asked for on start and on only when granted", () => {
  assert.equal(after("start"), State.ASKING);
  assert.equal(after("start", "grant"), State.RUNNING);
  assert.equal(after("grant"), State.IDLE);
});

test("pause, stop, leaving the page and a lost camera turn it off from every live state", () => {
  const live = [["start", "grant"], ["start", "grant", "slowDown"], ["start", "grant", "loseLink"]];
  for (const way of live) {
    for (const event of ["pause", "hide", "stop", "end", "fail"]) {
      assert.equal(isLive(after(...way)), true);
      assert.equal(isLive(after(...way, event)), false, `${way} then ${event}`);
    }
  }
});

test("a grant that comes after pause does not turn the camera on", () => {
  assert.equal(after("start", "pause", "grant"), State.PAUSED);
  assert.equal(after("start", "stop", "grant"), State.STOPPED);
});

test("nothing is sampled while the server asks for time", () => {
  assert.equal(isSampling(after("start", "grant", "slowDown")), false);
  assert.equal(isSampling(after("start", "grant", "slowDown", "catchUp")), true);
});

test("offline goes on sampling, and comes back", () => {
  assert.equal(isSampling(after("start", "grant", "loseLink")), true);
  assert.equal(after("start", "grant", "loseLink", "catchUp"), State.RUNNING);
});

test("every state can be left by the student", () => {
  const ways = [[], ["start"], ["start", "grant"], ["start", "fail"], ["start", "pause"], ["start", "stop"]];
  for (const way of ways) {
    const leads = EVENTS.some((event) => after(...way, event) !== after(...way));
    assert.equal(leads, true, way.join());
  }
});

test("only a change is told, with what led there", () => {
  const told = [];
  const machine = new Machine((...change) => told.push(change));
  assert.equal(machine.send("catchUp"), false);
  assert.equal(machine.send("start", { deviceId: "a" }), true);
  assert.deepEqual(told, [[State.ASKING, { deviceId: "a" }, State.IDLE]]);
});
