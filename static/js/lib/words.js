// The page's words in its language. The catalogue is a script of ours that runs before every module; in English,
// and in a test, there is none, and a text stays as it is written here.

const catalogue = globalThis.django;

export const gettext = catalogue?.gettext ?? ((text) => text);
export const pgettext = catalogue?.pgettext ?? ((_context, text) => text);
export const ngettext = catalogue?.ngettext ?? ((one, many, count) => (count === 1 ? one : many));

/** A text with its facts: "%(seconds)s more" with { seconds: 3 } is "3 more". */
export function fill(text, facts) {
  return text.replace(/%\((\w+)\)s/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}
