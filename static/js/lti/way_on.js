// How a login goes on in this browser: by cookie, by what the platform keeps for us, or in a new tab.

export const Way = Object.freeze({ ONWARD: "onward", NEW_TAB: "new-tab" });

const PROBE = "attune_probe";

/** Whether this browser keeps a cookie for a page in this place. Leaves none behind. */
export function keepsCookies(document) {
  try {
    document.cookie = `${PROBE}=1; Path=/; Secure; SameSite=None; Partitioned`;
    const kept = document.cookie.split("; ").includes(`${PROBE}=1`);
    document.cookie = `${PROBE}=; Path=/; Max-Age=0; Secure; SameSite=None; Partitioned`;
    return kept;
  } catch {
    return false; // Some browsers throw where others keep silent.
  }
}

/** storage: a PlatformStorage, or null where the platform offered none. Resolves to a Way. */
export async function wayOn({ document, storage, name, state }) {
  if (keepsCookies(document)) return Way.ONWARD;
  return (await storage?.put(name, state)) ? Way.ONWARD : Way.NEW_TAB;
}
