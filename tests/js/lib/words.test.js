// The scripts' words: as they are written, and as a catalogue has them. It is read as the module is loaded.
import assert from "node:assert/strict";
import test from "node:test";

const wordsWith = async (catalogue, name) => {
  globalThis.django = catalogue;
  try {
    // The query makes it another module: each test loads its own.
    return await import(`../../../static/js/lib/words.js?${name}`);
  } finally {
    delete globalThis.django;
  }
};

const spanish = {
  gettext: (text) => ({ "%(seconds)s more": "%(seconds)s más" })[text] ?? text,
  pgettext: (context, text) => (context === "the camera" && text === "On" ? "Encendida" : text),
  ngettext: (one, many, count) => (count === 1 ? `uno: ${one}` : `varios: ${many}`),
};

test("without a catalogue a text stays as it is written", async () => {
  const { gettext, pgettext } = await wordsWith(undefined, "plain");
  assert.equal(gettext("The camera is off."), "The camera is off.");
  assert.equal(pgettext("the camera", "On"), "On");
});

test("without a catalogue the number is the English one", async () => {
  const { ngettext } = await wordsWith(undefined, "plain-number");
  const said = (count) => ngettext("%(n)s second", "%(n)s seconds", count);
  assert.deepEqual([said(0), said(1), said(2)], ["%(n)s seconds", "%(n)s second", "%(n)s seconds"]);
});

test("with a catalogue its words are said", async () => {
  const { gettext, pgettext, ngettext, fill } = await wordsWith(spanish, "spanish");
  assert.equal(fill(gettext("%(seconds)s more"), { seconds: 3 }), "3 más");
  assert.equal(pgettext("the camera", "On"), "Encendida");
  assert.equal(ngettext("second", "seconds", 2), "varios: seconds");
});

test("a catalogue that comes after the module is too late", async () => {
  const { gettext } = await wordsWith(undefined, "late");
  globalThis.django = spanish;
  assert.equal(gettext("%(seconds)s more"), "%(seconds)s more");
  delete globalThis.django;
});

test("facts are filled in wherever the text names them, in any order", async () => {
  const { fill } = await wordsWith(undefined, "facts");
  assert.equal(fill("%(b)s before %(a)s, and %(b)s", { a: 1, b: 0 }), "0 before 1, and 0");
});

test("a fact that nobody told stays visible, and a per cent sign is only a sign", async () => {
  const { fill } = await wordsWith(undefined, "gaps");
  assert.equal(fill("%(who)s: 100 % of %(n)s", { n: 7 }), "%(who)s: 100 % of 7");
});
