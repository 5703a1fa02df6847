// What the platform is told about the page's height, and when it is asked to scroll up.
import assert from "node:assert/strict";
import test from "node:test";

import { SCROLL_TO_TOP, cameFromWithin, keepFrameFitting } from "../../../static/js/lib/frame.js";

function page(heights) {
  const posted = [];
  let changed;
  let now = heights.shift();
  keepFrameFitting({ height: () => now, post: (message) => posted.push(message), observe: (f) => (changed = f) });
  heights.forEach((height) => ((now = height), changed()));
  return posted.map((message) => JSON.parse(message));
}

test("the height is told at once, as a JSON string with the subject that platforms know", () => {
  assert.deepEqual(page([640]), [{ subject: "lti.frameResize", height: 640 }]);
});

test("every change is told, rounded up so that nothing needs scrolling", () => {
  assert.deepEqual(page([640, 900.2, 300]).map((message) => message.height), [640, 901, 300]);
});

test("the same height is not told twice, so that page and platform cannot chase each other", () => {
  assert.equal(page([640, 640, 639.5, 640]).length, 1);
});

test("only a page that was reached from within asks to be scrolled up", () => {
  const origin = "https://attune.example";
  assert.equal(cameFromWithin({ referrer: "https://attune.example/l/1/mine/", origin }), true);
  assert.equal(cameFromWithin({ referrer: "https://attune.example", origin }), true);
  for (const referrer of ["", "https://college.example/course/", "https://attune.example.evil/", "null"]) {
    assert.equal(cameFromWithin({ referrer, origin }), false, referrer);
  }
  assert.deepEqual(JSON.parse(SCROLL_TO_TOP), { subject: "lti.scrollToTop" });
});
