// Who is asked to close the registration, and in which words.
import assert from "node:assert/strict";
import test from "node:test";

import { CLOSE, askToClose, waitingPage } from "../../../static/js/registration/close.js";

const page = () => {
  const received = [];
  return { received, postMessage: (message, origin) => received.push([message, origin]) };
};

test("a window tells the page that opened it", () => {
  const [opener, self] = [page(), page()];
  askToClose({ opener, parent: self, self });
  assert.deepEqual(opener.received, [[{ subject: "org.imsglobal.lti.close" }, "*"]]);
  assert.deepEqual(self.received, []);
});

test("a frame tells the page around it", () => {
  const parent = page();
  askToClose({ opener: null, parent, self: page() });
  assert.deepEqual(parent.received, [[CLOSE, "*"]]);
});

test("a page that stands alone tells nobody, and need not offer to", () => {
  const self = page();
  assert.equal(waitingPage({ opener: null, parent: self, self }), null);
  askToClose({ opener: null, parent: self, self });
  assert.deepEqual(self.received, []);
});
