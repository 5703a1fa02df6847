// The last hour as a row of cells. Pure: results in, cells and one sentence out.

import { fill, gettext, ngettext } from "../lib/words.js";

const ORDER = ["lower", "usual", "raised", "high"];
// Each is one item of "In the last hour: ..., ...".
const MINUTES = {
  lower: (n) => ngettext("%(n)s minute less tension than usual", "%(n)s minutes less tension than usual", n),
  usual: (n) => ngettext("%(n)s minute your usual", "%(n)s minutes your usual", n),
  raised: (n) =>
    ngettext("%(n)s minute somewhat more tension than usual", "%(n)s minutes somewhat more tension than usual", n),
  high: (n) =>
    ngettext("%(n)s minute clearly more tension than usual", "%(n)s minutes clearly more tension than usual", n),
  learning: (n) =>
    ngettext(
      "%(n)s minute while your usual was still being learned",
      "%(n)s minutes while your usual was still being learned",
      n,
    ),
  unknown: (n) => ngettext("%(n)s minute could not tell", "%(n)s minutes could not tell", n),
};

/** results: [{at: ms, level}]. Returns `count` cells, oldest first: {level: one of ORDER, "learning", "unknown", "none"}. */
export function cells(results, { now, minutes = 60, count = 30 }) {
  const width = (minutes * 60000) / count;
  const from = now - minutes * 60000;
  const inCell = Array.from({ length: count }, () => []);
  for (const { at, level } of results) {
    const index = Math.floor((at - from) / width);
    if (index >= 0 && at <= now) inCell[Math.min(index, count - 1)].push(level);
  }
  return inCell.map((levels) => ({ level: middle(levels) }));
}

/** The middle of the levels that are known: one odd picture does not colour two minutes. */
function middle(levels) {
  const known = levels.filter((level) => ORDER.includes(level)).sort((a, b) => ORDER.indexOf(a) - ORDER.indexOf(b));
  if (known.length > 0) return known[Math.floor((known.length - 1) / 2)];
  if (levels.includes("learning")) return "learning";
  return levels.length > 0 ? "unknown" : "none";
}

/** The same for somebody who cannot see the cells. */
export function sentence(found) {
  const counts = new Map();
  for (const { level } of found) if (level !== "none") counts.set(level, (counts.get(level) ?? 0) + 1);
  if (counts.size === 0) return gettext("Nothing was measured in the last hour.");
  const parts = [...ORDER, "learning", "unknown"].filter((level) => counts.has(level));
  const inMinutes = (level, n) => fill(MINUTES[level](n), { n });
  // Translators: between the items of a list
  const list = parts.map((level) => inMinutes(level, counts.get(level) * 2)).join(gettext(", "));
  return fill(gettext("In the last hour: %(list)s."), { list });
}
