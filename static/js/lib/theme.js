// Light or dark before the first paint. Knows only the root element; storage may be denied in a frame.
(() => {
  const KEY = "attune-theme";
  try {
    const chosen = localStorage.getItem(KEY);
    if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
  } catch {
    // A third-party frame may have no storage: the system's choice holds.
  }
})();
