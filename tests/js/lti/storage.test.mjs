// What a platform keeps for us: asked of the right window, told to the right origin, believed from there alone.
import assert from "node:assert/strict";
import test from "node:test";

import { PATIENCE_MS, PlatformStorage, worldOf } from "../../../static/js/lti/storage.js";
import { FakePlatform, PLATFORM } from "./fake_platform.js";

const TRIES = 4;

const storageAt = (platform, { target = "_parent", origin = PLATFORM } = {}) =>
  new PlatformStorage({ world: platform.world, origin, target });

/** The answer to a question, however long the platform is silent. */
async function patiently(platform, question) {
  for (let turn = 0; turn < TRIES; turn += 1) await platform.pass(PATIENCE_MS);
  const answer = await question;
  assert.equal(platform.leftOver, 0, "no listener and no timer stays behind");
  return answer;
}

const asked = (platform, subject) => platform.sent.filter((message) => message.subject === subject);

test("what was put is got again, and is gone once forgotten", async () => {
  const platform = new FakePlatform();
  const storage = storageAt(platform);
  assert.equal(await storage.put("state", "s3cret"), true);
  assert.equal(await storage.get("state"), "s3cret");
  await storage.forget("state");
  assert.equal(await storage.get("state"), null);
  assert.equal(platform.leftOver, 0);
});

test("a platform that answers at once is not waited for", async () => {
  const platform = new FakePlatform();
  assert.equal(await storageAt(platform).put("state", "s3cret"), true); // No time passes here.
});

test("what is kept is told to the platform's own origin, whoever is around", async () => {
  const platform = new FakePlatform();
  const storage = storageAt(platform, { origin: "https://sign-in.college.example" });
  assert.equal(await patiently(platform, storage.put("state", "s3cret")), false);
  assert.deepEqual(asked(platform, "lti.put_data").map(({ origin }) => origin), ["https://sign-in.college.example"]);
  const told = platform.sent.filter(({ origin }) => origin === "*");
  assert.deepEqual(told.map(({ subject }) => subject), ["lti.capabilities"], "everybody may hear this question alone");
  assert.ok(!JSON.stringify(told).includes("s3cret"));
});

test("an answer from another origin is not believed", async () => {
  const foreign = (response) =>
    response.subject === "lti.get_data.response"
      ? { data: { ...response, value: "planted" }, origin: "https://evil.example" }
      : response;
  const platform = new FakePlatform({ change: foreign });
  assert.equal(await patiently(platform, storageAt(platform).get("state")), null);
});

for (const [what, change] of [
  ["to another message", (response) => ({ ...response, message_id: "message-0" })],
  ["on another subject", (response) => ({ ...response, subject: "lti.put_data.response" })],
  ["that is an error", (response) => ({ ...response, error: { code: "wrong_origin", message: "No." } })],
  ["with a value that is no text", (response) => ({ ...response, value: { toString: "planted" } })],
  ["with nothing in it", () => ({ data: null })],
  ["that is text", () => ({ data: "lti.get_data.response" })],
]) {
  test(`an answer ${what} is none`, async () => {
    const platform = new FakePlatform({
      change: (response) => (response.subject === "lti.get_data.response" ? change(response) : response),
    });
    platform.storage.set("state", "s3cret");
    assert.equal(await patiently(platform, storageAt(platform).get("state")), null);
  });
}

test("a platform that keeps something else than it was given keeps nothing", async () => {
  const platform = new FakePlatform({ change: (response) => ({ ...response, value: "cut sho" }) });
  assert.equal(await storageAt(platform).put("state", "cut short"), false);
});

test("a platform that stores nothing for tools says so, and is believed at once", async () => {
  const platform = new FakePlatform();
  platform.storage = null;
  assert.equal(await storageAt(platform).put("state", "s3cret"), false);
});

test("a platform that never answers is waited for only so long", async () => {
  const platform = new FakePlatform({ frames: [] });
  const question = storageAt(platform).put("state", "s3cret");
  let answer = "none yet";
  question.then((kept) => (answer = kept));
  await platform.pass(PATIENCE_MS - 1);
  await platform.pass(1);
  await platform.pass(PATIENCE_MS - 1);
  assert.equal(answer, "none yet");
  assert.equal(await patiently(platform, question), false);
});

test("an answer that comes too late changes nothing", async () => {
  const platform = new FakePlatform({ frames: [] });
  assert.equal(await patiently(platform, storageAt(platform).get("state")), null);
  const { message_id: id } = asked(platform, "lti.get_data")[0];
  platform.say({ subject: "lti.get_data.response", message_id: id, key: "state", value: "late" });
});

test("the frame that the login named is asked, and the page around hears nothing of it", async () => {
  const platform = new FakePlatform({ frames: ["around", "keeper"] });
  assert.equal(await storageAt(platform, { target: "keeper" }).put("state", "s3cret"), true);
  assert.deepEqual(asked(platform, "lti.put_data").map(({ to }) => to), ["keeper"]);
});

test("the frame that the capabilities name outranks the one of the login", async () => {
  const platform = new FakePlatform({
    frames: ["around", "keeper", "newer"],
    change: (response) => ({
      ...response,
      supported_messages: response.supported_messages?.map((each) =>
        each.subject.endsWith("_data") ? { ...each, frame: "newer" } : each),
    }),
  });
  const storage = storageAt(platform, { target: "keeper" });
  assert.equal(await storage.put("state", "s3cret"), true);
  assert.equal(await storage.get("state"), "s3cret");
  assert.deepEqual(asked(platform, "lti.put_data").map(({ to }) => to), ["newer"]);
});

test("capabilities may come from the page around the storage, on another site than it", async () => {
  const platform = new FakePlatform({
    change: (response) =>
      response.supported_messages ? { data: response, origin: "https://course.example" } : response,
  });
  assert.equal(await storageAt(platform).put("state", "s3cret"), true);
});

for (const target of ["gone", "postMessage", "focus", "__proto__", "location", "", " ", "ünïcode\"><script>"]) {
  test(`where no frame is called ${JSON.stringify(target)}, the window around us is asked`, async () => {
    const platform = new FakePlatform();
    assert.equal(await storageAt(platform, { target }).put("state", "s3cret"), true);
    assert.deepEqual(asked(platform, "lti.put_data").map(({ to }) => to), ["around"]);
  });
}

for (const nonsense of [{ supported_messages: "all" }, { supported_messages: [null, 7] }, { supported_messages: null }]) {
  test(`capabilities that read ${JSON.stringify(nonsense)} are as good as none`, async () => {
    const platform = new FakePlatform({
      change: (response) => (response.supported_messages ? { ...response, ...nonsense } : response),
    });
    assert.equal(await storageAt(platform).put("state", "s3cret"), true);
  });
}

test("where the platform's address has no origin nobody is told anything", async () => {
  const platform = new FakePlatform();
  assert.equal(await storageAt(platform, { origin: "" }).put("state", "s3cret"), false);
  assert.deepEqual(asked(platform, "lti.put_data"), []);
  assert.equal(platform.leftOver, 0);
});

test("the window behind a popup comes before the one around it; a page that stands alone has neither", () => {
  const bare = { setTimeout, clearTimeout, addEventListener() {}, removeEventListener() {} };
  const alone = { ...bare, opener: null };
  alone.parent = alone;
  assert.equal(worldOf(alone), null);
  assert.equal(worldOf({ ...bare, opener: "behind", parent: "around" }).platform, "behind");
  assert.equal(worldOf({ ...bare, opener: null, parent: "around" }).platform, "around");
});
