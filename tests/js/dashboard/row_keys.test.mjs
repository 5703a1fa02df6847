// Moving through a list with j and k, without taking keys that belong to something else.
import assert from "node:assert/strict";
import test from "node:test";

import { isTaken, nextRow } from "../../../static/js/dashboard/row_keys.js";

test("j goes down and k goes up, one row at a time", () => {
  assert.equal(nextRow({ key: "j", current: 0, count: 3 }), 1);
  assert.equal(nextRow({ key: "k", current: 2, count: 3 }), 1);
});

test("from outside the list j starts at the top and k at the bottom", () => {
  assert.equal(nextRow({ key: "j", current: -1, count: 3 }), 0);
  assert.equal(nextRow({ key: "k", current: -1, count: 3 }), 2);
});

test("the ends of the list hold", () => {
  assert.equal(nextRow({ key: "j", current: 2, count: 3 }), 2);
  assert.equal(nextRow({ key: "k", current: 0, count: 3 }), 0);
});

test("other keys and empty lists do nothing, so Enter stays the link's own", () => {
  assert.equal(nextRow({ key: "Enter", current: 0, count: 3 }), null);
  assert.equal(nextRow({ key: "j", current: -1, count: 0 }), null);
});

test("typing in a field and the browser's shortcuts are left alone", () => {
  const outside = { closest: () => null };
  const field = { closest: () => ({}) };
  const plain = { ctrlKey: false, metaKey: false, altKey: false };
  assert.equal(isTaken({ ...plain, target: outside }), false);
  assert.equal(isTaken({ ...plain, target: field }), true);
  assert.equal(isTaken({ ...plain, target: outside, ctrlKey: true }), true);
  assert.equal(isTaken({ ...plain, target: {} }), false);
});
