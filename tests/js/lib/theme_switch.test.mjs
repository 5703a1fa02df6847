// Light and dark, with a storage that works and one that a third-party frame denies.
import assert from "node:assert/strict";
import test from "node:test";

import { KEY, themeSwitch } from "../../../static/js/lib/theme_switch.js";

function world({ dark = false, denied = false } = {}) {
  const kept = new Map();
  const storage = { setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
  const root = { dataset: {} };
  const open = () => {
    if (denied) throw new Error("SecurityError");
    return storage;
  };
  return { kept, root, theme: themeSwitch({ root, system: { matches: dark }, storage: open }) };
}

test("it begins with what the system says", () => {
  assert.equal(world({ dark: true }).theme.current(), "dark");
  assert.equal(world().theme.next(), "dark");
});

test("a choice against the system is shown and remembered", () => {
  const { kept, root, theme } = world();
  theme.toggle();
  assert.equal(root.dataset.theme, "dark");
  assert.equal(kept.get(KEY), "dark");
});

test("choosing what the system has goes back to following it", () => {
  const { kept, root, theme } = world({ dark: true });
  theme.toggle();
  theme.toggle();
  assert.equal(root.dataset.theme, undefined);
  assert.equal(kept.has(KEY), false);
});

test("where storage is denied the switch still works for this page", () => {
  const { theme } = world({ denied: true });
  theme.toggle();
  assert.equal(theme.current(), "dark");
});
