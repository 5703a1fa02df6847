// Pages for a browser without cookies: who is handed the key, which page is shown, and what goes wrong.
import assert from "node:assert/strict";
import test from "node:test";

import { Carrier, nameOf } from "../../../static/js/carried/carrier.js";

const BASE = "https://attune.example/lti/launch/";

/** A carrier over a server. answers: address path -> Response, or a function of the request that makes one. */
function carrying(answers) {
  const seen = { requests: [], shown: [], saved: [], remembered: [] };
  const carrier = new Carrier({
    base: BASE,
    fetch: async (address, options) => {
      const request = { address, key: options.headers.get("X-Attune-Session"), ...options };
      seen.requests.push(request);
      const answer = answers[new URL(address).pathname];
      return typeof answer === "function" ? answer(request) : answer.clone();
    },
    show: (page) => seen.shown.push(page),
    save: async (response) => seen.saved.push([nameOf(response), await response.text()]),
    remember: (address) => seen.remembered.push(address),
  });
  return { carrier, seen };
}

const HTML = { "Content-Type": "text/html; charset=utf-8" };
const page = (text, headers = {}) => new Response(text, { headers: { ...HTML, ...headers } });
const onward = (location, headers = {}) =>
  new Response(null, { status: 204, headers: { "X-Attune-Location": location, ...headers } });
const keys = ({ requests }) => requests.map(({ key }) => key);

test("the first request brings a key that nobody knows, the next one the key that was handed out", async () => {
  const { carrier, seen } = carrying({
    "/lti/launch/": onward("/l/1/", { "X-Attune-Session": "fresh" }),
    "/l/1/": page("Home"),
    "/l/1/mine/": page("Mine", { "X-Attune-Session": "newer" }),
  });
  await carrier.open("/lti/launch/", { method: "POST", body: "id_token=t" });
  assert.deepEqual(keys(seen), ["new", "fresh"], "what was redirected is followed with the key it brought");
  await carrier.open("/l/1/mine/");
  await carrier.open("/l/1/");
  assert.deepEqual(keys(seen), ["new", "fresh", "fresh", "newer"]);
  assert.deepEqual(seen.shown, ["Home", "Mine", "Home"]);
});

test("a redirect is followed by asking for the page, without the form that led to it", async () => {
  const { carrier, seen } = carrying({ "/lti/launch/": onward("/l/1/"), "/l/1/": page("Home") });
  await carrier.open("/lti/launch/", { method: "POST", body: "id_token=t", headers: { "X-Attune-State": "s" } });
  const [, second] = seen.requests;
  assert.equal(second.method ?? "GET", "GET");
  assert.equal(second.body, undefined);
  assert.equal(second.headers.get("X-Attune-State"), null);
});

test("a form's fields and headers travel with it, and a page is asked for", async () => {
  const { carrier, seen } = carrying({ "/lti/launch/": page("Refused") });
  await carrier.open("/lti/launch/", { method: "POST", body: "a=b", headers: { "X-Attune-State": "s" } });
  const [{ method, body, headers, credentials }] = seen.requests;
  assert.deepEqual([method, body, credentials], ["POST", "a=b", "same-origin"]);
  assert.equal(headers.get("X-Attune-State"), "s");
  assert.equal(headers.get("Accept"), "text/html");
});

for (const address of [
  "https://evil.example/",
  "https://attune.example.evil.example/",
  "http://attune.example/",
  "https://attune.example:8443/",
  "//evil.example/l/1/",
  "data:text/html,x",
  "javascript:alert(1)",
]) {
  test(`nobody at ${address} is handed the key`, async () => {
    const { carrier, seen } = carrying({});
    await assert.rejects(carrier.fetch(address), TypeError);
    await assert.rejects(carrier.open(address), TypeError);
    assert.deepEqual(seen.requests, []);
  });
}

test("a redirect to somebody else is not followed with the key", async () => {
  const { carrier, seen } = carrying({ "/out/": onward("https://evil.example/") });
  await assert.rejects(carrier.open("/out/"), TypeError);
  assert.equal(seen.requests.length, 1);
  assert.deepEqual(seen.shown, []);
});

test("no caller can put another key in its place", async () => {
  const { carrier, seen } = carrying({ "/l/1/": page("Home") });
  await carrier.fetch("/l/1/", { headers: { "X-Attune-Session": "planted" } });
  assert.deepEqual(keys(seen), ["new"]);
});

test("a session that ended takes its key along", async () => {
  const { carrier, seen } = carrying({ "/end/": page("Ended", { "X-Attune-Session": "" }) });
  await carrier.open("/end/");
  await carrier.open("/end/");
  assert.deepEqual(keys(seen), ["new", ""]);
});

test("a refusal is shown as it came", async () => {
  const { carrier, seen } = carrying({ "/l/1/": new Response("No", { status: 403, headers: HTML }) });
  await carrier.open("/l/1/");
  assert.deepEqual(seen.shown, ["No"]);
});

test("without a network nothing is shown in place of the page", async () => {
  const { carrier, seen } = carrying({
    "/l/1/": () => {
      throw new TypeError("fetch failed");
    },
  });
  await assert.rejects(carrier.open("/l/1/"), TypeError);
  assert.deepEqual([seen.shown, seen.remembered], [[], []]);
});

for (const type of ["application/json", "text/plain", "image/svg+xml", "text/htmlx", ""]) {
  test(`what comes as “${type}” is not shown as a page of ours`, async () => {
    const { carrier, seen } = carrying({ "/l/1/": page("<script src=/x></script>", { "Content-Type": type }) });
    await assert.rejects(carrier.open("/l/1/"), TypeError);
    assert.deepEqual([seen.shown, seen.remembered, seen.saved], [[], [], []]);
  });
}

test("of two presses the second counts, whichever page comes first", async () => {
  const waiting = {};
  const later = ({ address }) => new Promise((resolve) => (waiting[new URL(address).pathname] = resolve));
  const { carrier, seen } = carrying({ "/slow/": later, "/quick/": later });
  const opened = [carrier.open("/slow/"), carrier.open("/quick/")];
  waiting["/quick/"](page("Quick"));
  waiting["/slow/"](page("Slow"));
  await Promise.all(opened);
  assert.deepEqual(seen.shown, ["Quick"]);
  assert.deepEqual(seen.remembered, ["/quick/"]);
});

test("where an older press is redirected, nobody follows", async () => {
  let answer;
  const { carrier, seen } = carrying({
    "/slow/": () => new Promise((resolve) => (answer = resolve)),
    "/quick/": page("Quick"),
    "/l/1/": page("Home"),
  });
  const slow = carrier.open("/slow/", { method: "POST" });
  await carrier.open("/quick/");
  answer(onward("/l/1/", { "X-Attune-Session": "fresh" }));
  await slow;
  assert.deepEqual(seen.shown, ["Quick"]);
  await carrier.open("/quick/");
  assert.equal(keys(seen).at(-1), "fresh", "its key counts all the same");
});

test("what is to be saved is saved under its name, and the page stays", async () => {
  const { carrier, seen } = carrying({
    "/l/1/mine/export/": page("{}", { "Content-Disposition": 'attachment; filename="my-record.json"' }),
  });
  await carrier.open("/l/1/mine/export/");
  assert.deepEqual(seen.saved, [["my-record.json", "{}"]]);
  assert.deepEqual([seen.shown, seen.remembered], [[], []]);
});

test("a file without a name gets ours", () => {
  assert.equal(nameOf(page("", { "Content-Disposition": "attachment" })), "attune");
  assert.equal(nameOf(page("")), "attune");
});

test("the button back finds pages that were asked for, and none that a form made", async () => {
  const { carrier, seen } = carrying({
    "/lti/launch/": onward("/l/1/"),
    "/l/1/": page("Home"),
    "/l/1/note/": page("Mend your note"),
    "/l/1/mine/": page("Mine"),
  });
  await carrier.open("/lti/launch/", { method: "POST" });
  await carrier.open("/l/1/note/", { method: "POST" });
  await carrier.open("/l/1/mine/");
  await carrier.open("/l/1/", { again: true });
  assert.deepEqual(seen.remembered, ["/l/1/", "/l/1/mine/"]);
});

test("what leads back to a page that moved is not a step of its own", async () => {
  const { carrier, seen } = carrying({ "/l/1/": onward("/l/1/mine/"), "/l/1/mine/": page("Mine") });
  await carrier.open("/l/1/", { again: true });
  assert.deepEqual(seen.shown, ["Mine"]);
  assert.deepEqual(seen.remembered, []);
});
