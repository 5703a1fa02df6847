// The platform's answers to a tool's messages: frame height, closing, LTI platform storage.
import assert from "node:assert/strict";
import { test } from "node:test";

import { respondTo } from "../../platform/web/static/messages.js";

function aTool(storage = new Map()) {
  const seen = { heights: [], closed: 0, scrolled: 0 };
  const resize = (height) => seen.heights.push(height);
  const scrollToTop = () => { seen.scrolled += 1; };
  return { storage, seen, resize, scrollToTop, close: () => { seen.closed += 1; } };
}

test("a height arrives as an object or as JSON text, and stays within reason", () => {
  const tool = aTool();
  assert.equal(respondTo({ subject: "lti.frameResize", height: 800.4 }, tool), null);
  respondTo('{"subject":"lti.frameResize","height":"900px"}', tool);
  respondTo({ subject: "lti.frameResize", height: 1e9 }, tool);
  respondTo({ subject: "lti.frameResize", height: -3 }, tool);
  respondTo({ subject: "lti.frameResize", height: "tall" }, tool);
  assert.deepEqual(tool.seen.heights, [800, 900, 20000, 160]);
});

test("what was put can be got, replaced and taken away", () => {
  const tool = aTool();
  const put = (value) => respondTo({ subject: "lti.put_data", message_id: "1", key: "state", value }, tool);
  const get = () => respondTo({ subject: "lti.get_data", message_id: "2", key: "state" }, tool);
  assert.deepEqual(put("a"), { subject: "lti.put_data.response", message_id: "1", key: "state", value: "a" });
  put("b");
  assert.deepEqual(get(), { subject: "lti.get_data.response", message_id: "2", key: "state", value: "b" });
  put(null);
  assert.equal(get().value, null);
});

test("the capabilities tell the truth about storage", () => {
  const subjects = (tool) => respondTo({ subject: "lti.capabilities", message_id: "1" }, tool)
    .supported_messages.map((entry) => entry.subject);
  assert.ok(subjects(aTool()).includes("lti.get_data"));
  assert.ok(!subjects(aTool(null)).includes("lti.get_data"));
  const refused = respondTo({ subject: "lti.put_data", message_id: "1", key: "k", value: "v" }, aTool(null));
  assert.equal(refused.error.code, "unsupported_subject");
});

for (const [what, message, code] of [
  ["no id", { subject: "lti.get_data", key: "k" }, "bad_request"],
  ["no key", { subject: "lti.get_data", message_id: "1" }, "bad_request"],
  ["a value that is not text", { subject: "lti.put_data", message_id: "1", key: "k", value: {} }, "bad_request"],
  ["too much text", { subject: "lti.put_data", message_id: "1", key: "k", value: "x".repeat(4097) },
    "storage_exhaustion"],
  ["an unknown subject", { subject: "lti.dance", message_id: "1" }, "unsupported_subject"],
]) {
  test(`${what} is refused`, () => {
    const tool = aTool();
    assert.equal(respondTo(message, tool).error.code, code);
    assert.equal(tool.storage.size, 0);
  });
}

test("storage is finite, and a full one still takes new values for old keys", () => {
  const tool = aTool(new Map(Array.from({ length: 500 }, (_, index) => [`key-${index}`, "v"])));
  const put = (key) => respondTo({ subject: "lti.put_data", message_id: "1", key, value: "new" }, tool);
  assert.equal(put("one-more").error.code, "storage_exhaustion");
  assert.equal(put("key-7").value, "new");
});

test("a tool may ask to be closed", () => {
  const tool = aTool();
  respondTo({ subject: "org.imsglobal.lti.close" }, tool);
  assert.equal(tool.seen.closed, 1);
});

test("a tool may ask to be scrolled to its top, and is told that it may", () => {
  const tool = aTool();
  assert.equal(respondTo('{"subject":"lti.scrollToTop"}', tool), null);
  assert.equal(tool.seen.scrolled, 1);
  const { supported_messages: supported } = respondTo({ subject: "lti.capabilities", message_id: "1" }, tool);
  assert.ok(supported.some(({ subject }) => subject === "lti.scrollToTop"));
});

test("noise is ignored", () => {
  for (const noise of ["hello", "null", null, 7, undefined, [], { subject: "toString" }, { subject: "webpack" }]) {
    assert.equal(respondTo(noise, aTool()), null);
  }
});
