// The last hour as a row of cells. Pure: results in, cells and one sentence out.

const ORDER = ["lower", "usual", "raised", "high"];
const WORDS = {
  lower: "less tension than usual",
  usual: "your usual",
  raised: "somewhat more tension than usual",
  high: "clearly more tension than usual",
  learning: "while your usual was still being learned",
  unknown: "could not tell",
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
  if (counts.size === 0) return "Nothing was measured in the last hour.";
  const parts = [...ORDER, "learning", "unknown"].filter((level) => counts.has(level));
  const minutes = (level) => `${counts.get(level) * 2} minutes ${WORDS[level]}`;
  return `In the last hour: ${parts.map(minutes).join(", ")}.`;
}
