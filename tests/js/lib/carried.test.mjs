// A page within the outer page of a launch without cookies: what its links and forms do, and what the browser keeps.
import assert from "node:assert/strict";
import test from "node:test";

import { carrierOf, fetchOf, followThrough } from "../../../static/js/lib/carried.js";

const BASE = "https://attune.example/lti/launch/";
const HERE = "/l/1/people/?page=2";

class Element {
  target = "";
  constructor(attributes = {}) {
    this.attributes = attributes;
    this.target = attributes.target ?? "";
  }
  getAttribute = (name) => this.attributes[name] ?? null;
  hasAttribute = (name) => name in this.attributes;
  closest = (selector) => (selector === "a[href]" && this.hasAttribute("href") ? this : null);
}

function aForm(attributes, fields = {}) {
  return Object.assign(new Element(attributes), { method: attributes.method ?? "get", fields });
}

// Node's FormData reads no form; a browser's adds the pressed button last.
class FormDataOfForm extends FormData {
  constructor(form, submitter) {
    super();
    for (const [name, value] of Object.entries(form.fields)) this.append(name, value);
    if (submitter?.attributes.name) this.append(submitter.attributes.name, submitter.attributes.value ?? "");
  }
}

function aPage({ forms = [], elements = {}, opened = async () => {} } = {}) {
  const listeners = {};
  const seen = [];
  const carrier = {
    owns: (url) => url.origin === new URL(BASE).origin,
    open: (address, options) => (seen.push([address, options]), opened()),
  };
  const document = {
    baseURI: BASE,
    documentElement: { dataset: { address: HERE } },
    querySelectorAll: () => forms,
    getElementById: (id) => elements[id] ?? null,
    addEventListener: (name, listener) => (listeners[name] = listener),
  };
  followThrough({ document, carrier });
  const happen = (name, event) => {
    const prevented = { defaultPrevented: false, preventDefault: () => (prevented.defaultPrevented = true) };
    listeners[name](Object.assign(prevented, event));
    return prevented.defaultPrevented;
  };
  return {
    seen,
    click: (target, how = {}) => happen("click", { target, button: 0, ...how }),
    submit: (form, submitter = null) => happen("submit", { target: form, submitter }),
  };
}

const addresses = ({ seen }) => seen.map(([address]) => address);

test.before(() => (globalThis.FormData = FormDataOfForm));

test("a link of ours is opened by the carrier, as this page would have completed it", () => {
  const page = aPage();
  for (const href of ["/l/1/mine/", "../calm/", "?page=3", "https://attune.example/l/1/"]) {
    assert.equal(page.click(new Element({ href })), true, href);
  }
  assert.deepEqual(addresses(page), [
    "https://attune.example/l/1/mine/",
    "https://attune.example/l/1/calm/",
    "https://attune.example/l/1/people/?page=3",
    "https://attune.example/l/1/",
  ]);
});

test("a press on a picture within a link is a press on the link", () => {
  const page = aPage();
  const picture = { closest: () => new Element({ href: "/l/1/" }) };
  assert.equal(page.click(picture), true);
  assert.equal(page.click({}), false, "and on what is no element, nothing");
  assert.deepEqual(addresses(page), ["https://attune.example/l/1/"]);
});

for (const [what, href, more] of [
  ["with Control", "/l/1/", { ctrlKey: true }],
  ["with Command", "/l/1/", { metaKey: true }],
  ["with Shift", "/l/1/", { shiftKey: true }],
  ["with Alt", "/l/1/", { altKey: true }],
  ["with the middle button", "/l/1/", { button: 1 }],
  ["that a script took already", "/l/1/", { defaultPrevented: true }],
  ["on another site's link", "https://help.example/", {}],
  ["on an address for mail", "mailto:help@attune.example", {}],
  ["on a telephone number", "tel:112", {}],
]) {
  test(`a press ${what} is the browser's own`, () => {
    const page = aPage();
    const before = more.defaultPrevented ?? false;
    assert.equal(page.click(new Element({ href }), more), before);
    assert.deepEqual(page.seen, []);
  });
}

for (const target of ["_blank", "_parent", "_top", "help"]) {
  test(`a link or a form with the target ${target} is the browser's own`, () => {
    const page = aPage();
    assert.equal(page.click(new Element({ href: "/l/1/", target })), false);
    assert.equal(page.submit(aForm({ action: "/l/1/", target })), false);
    assert.deepEqual(page.seen, []);
  });
}

test("a link within the page moves there, focus included, and asks for nothing", () => {
  const did = [];
  const main = { scrollIntoView: () => did.push("scrolled"), focus: () => did.push("focused") };
  const page = aPage({ elements: { main } });
  assert.equal(page.click(new Element({ href: "#main" })), true);
  assert.equal(page.click(new Element({ href: "#nowhere" })), true);
  assert.deepEqual(did, ["scrolled", "focused"]);
  assert.deepEqual(page.seen, []);
});

test("a form is posted with its fields and the pressed button's", () => {
  const page = aPage();
  const form = aForm({ method: "post", action: "/l/1/consent/" }, { measure: "yes", csrfmiddlewaretoken: "t" });
  assert.equal(page.submit(form, new Element({ name: "answer", value: "not now" })), true);
  const [[address, { method, body }]] = page.seen;
  assert.deepEqual([address, method], ["https://attune.example/l/1/consent/", "POST"]);
  assert.equal(body.toString(), "measure=yes&csrfmiddlewaretoken=t&answer=not+now");
});

test("a form without an address of its own goes to this page", () => {
  const page = aPage();
  page.submit(aForm({ method: "post" }));
  assert.deepEqual(addresses(page), [`https://attune.example${HERE}`]);
});

test("a button's own address comes before the form's", () => {
  const page = aPage();
  page.submit(aForm({ method: "post", action: "/l/1/save/" }), new Element({ formaction: "/l/1/preview/" }));
  assert.deepEqual(addresses(page), ["https://attune.example/l/1/preview/"]);
});

test("a question is asked in the address, in place of what stood there", () => {
  const page = aPage();
  page.submit(aForm({ action: "" }, { name: "Amina & Ö" }));
  assert.deepEqual(page.seen, [["https://attune.example/l/1/people/?name=Amina+%26+%C3%96", undefined]]);
});

test("a form that leaves our site goes from the outer page, by the browser, without us", () => {
  const abroad = aForm({ method: "post", action: "https://college.example/return" });
  const home = aForm({ method: "post", action: "/l/1/place/" });
  const page = aPage({ forms: [abroad, home] });
  assert.deepEqual([abroad.target, home.target], ["_parent", ""]);
  assert.equal(page.submit(abroad), false);
  assert.equal(page.submit(home, new Element({ formaction: "https://college.example/" })), false);
  assert.deepEqual(page.seen, []);
});

test("a form that is under way is not sent twice", async () => {
  const page = aPage({ opened: () => new Promise(() => {}) });
  const form = aForm({ method: "post", action: "/l/1/note/" });
  assert.equal(page.submit(form), true);
  assert.equal(page.submit(form), true, "nor does the browser send it");
  assert.equal(page.seen.length, 1);
  assert.equal(page.submit(aForm({ method: "post", action: "/l/1/other/" })), true);
  assert.equal(page.seen.length, 2, "another form is another matter");
});

test("a form whose answer has come can be sent again: it may have saved a file", async () => {
  const page = aPage();
  const form = aForm({ method: "post", action: "/l/1/export/" });
  page.submit(form);
  await new Promise((resolve) => setImmediate(resolve));
  page.submit(form);
  assert.equal(page.seen.length, 2);
});

test("the carrier is found in a frame of ours alone", () => {
  const carrier = { fetch: async () => "carried" };
  assert.equal(carrierOf({ frameElement: { carrier } }), carrier);
  assert.equal(carrierOf({ frameElement: {} }), null);
  assert.equal(carrierOf({ frameElement: null }), null);
  const foreign = {
    get frameElement() {
      throw new DOMException("Not of this origin.", "SecurityError");
    },
  };
  assert.equal(carrierOf(foreign), null);
});

test("a script's own requests go through the carrier where there is one, else through the window", async () => {
  const window = {
    frameElement: null,
    fetch() {
      return this === window ? "plain" : "lost its window";
    },
  };
  assert.equal(await fetchOf(window)("/"), "plain");
  assert.equal(await fetchOf({ frameElement: { carrier: { fetch: async () => "carried" } } })("/"), "carried");
});
