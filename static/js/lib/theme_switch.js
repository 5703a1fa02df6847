// The switch between light and dark. Receives the root, the system's preference and a storage that may fail.

export const KEY = "attune-theme";

const other = (theme) => (theme === "dark" ? "light" : "dark");

function remember(storage, theme) {
  try {
    if (theme === null) storage().removeItem(KEY);
    else storage().setItem(KEY, theme);
  } catch {
    // Storage is denied: the choice holds for this page only.
  }
}

/** root: <html>; system: MediaQueryList of dark; storage: () => Storage, called late because reading it may throw. */
export function themeSwitch({ root, system, storage }) {
  const current = () => root.dataset.theme ?? (system.matches ? "dark" : "light");
  return {
    current,
    next: () => other(current()),
    toggle() {
      const chosen = other(current());
      // Choosing what the system has anyway goes back to following the system.
      const follows = chosen === (system.matches ? "dark" : "light");
      if (follows) delete root.dataset.theme;
      else root.dataset.theme = chosen;
      remember(storage, follows ? null : chosen);
    },
  };
}
