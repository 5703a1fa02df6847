// By which of three ways a login goes on: the browser's cookie, the platform's storage, a tab of its own.
import assert from "node:assert/strict";
import test from "node:test";

import { PATIENCE_MS, PlatformStorage } from "../../../static/js/lti/storage.js";
import { Way, keepsCookies, wayOn } from "../../../static/js/lti/way_on.js";
import { FakePlatform, PLATFORM } from "./fake_platform.js";

/** A document's cookies. keeps: whether a cookie is kept, given what a script wrote. */
function aDocument(keeps) {
  const kept = new Map([["theirs", "1"]]);
  return {
    kept,
    get cookie() {
      return [...kept].map(([name, value]) => `${name}=${value}`).join("; ");
    },
    set cookie(text) {
      const [pair] = text.split("; ");
      const [name, value] = pair.split("=");
      if (!keeps(text)) return;
      if (text.includes("Max-Age=0")) kept.delete(name);
      else kept.set(name, value);
    },
  };
}

const EVERY = aDocument(() => true);
const NONE = aDocument(() => false);
const FORBIDDEN = {
  get cookie() {
    throw new DOMException("The document is sandboxed.", "SecurityError");
  },
  set cookie(_) {
    throw new DOMException("The document is sandboxed.", "SecurityError");
  },
};

function login(document, platform) {
  const storage = platform && new PlatformStorage({ world: platform.world, origin: PLATFORM, target: "_parent" });
  return wayOn({ document, storage, name: "attune_state_1", state: "s3cret" });
}

test("a browser is asked for what our own cookies are, and nothing is left in it", () => {
  const written = [];
  const document = aDocument((text) => written.push(text));
  assert.equal(keepsCookies(document), true);
  for (const text of written) assert.match(text, /; Path=\/;.*Secure; SameSite=None; Partitioned$/);
  assert.deepEqual([...document.kept.keys()], ["theirs"]);
});

test("a browser that keeps no cookie, or throws, is told apart", () => {
  assert.equal(keepsCookies(NONE), false);
  assert.equal(keepsCookies(FORBIDDEN), false);
});

test("a cookie of which the name only begins like ours is not ours", () => {
  const document = aDocument(() => false);
  document.kept.set("attune_probe", "12");
  assert.equal(keepsCookies(document), false);
});

test("with cookies the platform is not troubled", async () => {
  const platform = new FakePlatform();
  assert.equal(await login(EVERY, platform), Way.ONWARD);
  assert.deepEqual(platform.sent, []);
});

for (const document of [NONE, FORBIDDEN]) {
  test("without cookies the platform keeps the state", async () => {
    const platform = new FakePlatform();
    assert.equal(await login(document, platform), Way.ONWARD);
    assert.equal(platform.storage.get("attune_state_1"), "s3cret");
  });
}

test("where the platform offers nothing, refuses or is silent, a new tab is offered", async () => {
  assert.equal(await login(NONE, null), Way.NEW_TAB);

  const refusing = new FakePlatform();
  refusing.storage = null;
  assert.equal(await login(NONE, refusing), Way.NEW_TAB);

  const silent = new FakePlatform({ frames: [] });
  const way = login(NONE, silent);
  await silent.pass(PATIENCE_MS);
  await silent.pass(PATIENCE_MS);
  assert.equal(await way, Way.NEW_TAB);
});
