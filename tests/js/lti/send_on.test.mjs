// The answer to the platform sends itself, and only once.
import assert from "node:assert/strict";
import test from "node:test";

import { sendOn } from "../../../static/js/lti/send_on.js";

function sent({ again = false } = {}) {
  let times = 0;
  const said = sendOn({ form: { submit: () => (times += 1) }, again });
  return { times, said };
}

test("the form is sent as soon as the page is there", () => {
  assert.deepEqual(sent(), { times: 1, said: true });
});

test("who comes back by the browser's arrow is not thrown forward again", () => {
  assert.deepEqual(sent({ again: true }), { times: 0, said: false });
});

test("a page without such a form is left alone", () => {
  assert.equal(sendOn({ form: null, again: false }), false);
});
