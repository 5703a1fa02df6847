// A page inside the outer page of a launch without cookies: its requests, links and forms go through the carrier.
// Everywhere else there is no carrier, and the browser does all of this by itself.

/** The carrier of the page around this one; null where there is none, or where that page is not ours. */
export function carrierOf(window) {
  try {
    return window.frameElement?.carrier ?? null;
  } catch {
    return null;
  }
}

/** window.fetch, with the session where a cookie does not bring it. */
export function fetchOf(window) {
  return carrierOf(window)?.fetch ?? window.fetch.bind(window);
}

const isPlain = (event) => event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
const staysHere = (target) => !target || target === "_self";

/** Follow links and send forms through the carrier. Forms that leave our site go from the outer page itself. */
export function followThrough({ document, carrier }) {
  // The document's own address is not the page's: the browser would complete the short ones wrongly.
  const here = new URL(document.documentElement.dataset.address, document.baseURI);
  const addressIn = (element, attribute) => new URL(element.getAttribute(attribute) ?? "", here);

  for (const form of document.querySelectorAll("form")) {
    if (!carrier.owns(addressIn(form, "action"))) form.target = "_parent";
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || !isPlain(event) || !staysHere(link.target)) return;
    const address = addressIn(link, "href");
    if (!carrier.owns(address)) return;
    event.preventDefault();
    if (link.getAttribute("href").startsWith("#")) goTo(document.getElementById(address.hash.slice(1)));
    else carrier.open(address.href);
  });
  // Nothing on the page shows that a request is under way: whoever presses again must not send it again.
  const underWay = new WeakSet();
  document.addEventListener("submit", async (event) => {
    const { target: form, submitter } = event;
    if (event.defaultPrevented || !staysHere(form.target)) return;
    const address = submitter?.hasAttribute("formaction") ? addressIn(submitter, "formaction") : addressIn(form, "action");
    if (!carrier.owns(address)) return;
    event.preventDefault();
    if (underWay.has(form)) return;
    underWay.add(form);
    await send(address, form, submitter, carrier);
    underWay.delete(form);
  });
}

function goTo(element) {
  element?.scrollIntoView();
  element?.focus();
}

function send(address, form, submitter, carrier) {
  const fields = new URLSearchParams(new FormData(form, submitter));
  if (form.method === "post") return carrier.open(address.href, { method: "POST", body: fields });
  address.search = fields;
  return carrier.open(address.href);
}
