// What the platform answers to a tool's messages: frame height, scrolling, closing, LTI platform storage.
// Knows nothing of the page; the tool's origin was checked before.

const SHORTEST = 160;
const TALLEST = 20000;
const MOST_KEYS = 500;
const LONGEST_VALUE = 4096;

export function respondTo(data, tool) {
  const message = read(data);
  const handler = message && Object.hasOwn(HANDLERS, message.subject) && HANDLERS[message.subject];
  if (handler) return handler(message, tool);
  return message?.message_id ? refusal(message, "unsupported_subject", "This subject is not known here.") : null;
}

const HANDLERS = {
  "lti.frameResize": (message, tool) => {
    const height = Number.parseFloat(message.height);
    if (Number.isFinite(height)) tool.resize(Math.round(Math.min(TALLEST, Math.max(SHORTEST, height))));
    return null;
  },
  "lti.scrollToTop": (message, tool) => { tool.scrollToTop(); return null; },
  "org.imsglobal.lti.close": (message, tool) => { tool.close(); return null; },
  "lti.capabilities": (message, tool) => withId(message, () => answer(message, {
    supported_messages: supported(tool),
  })),
  "lti.put_data": (message, tool) => withStorage(message, tool, () => put(message, tool.storage)),
  "lti.get_data": (message, tool) => withStorage(message, tool, () => get(message, tool.storage)),
};

function supported(tool) {
  const always = ["lti.frameResize", "lti.scrollToTop", "lti.capabilities"].map((subject) => ({ subject }));
  return tool.storage ? [...always, { subject: "lti.put_data" }, { subject: "lti.get_data" }] : always;
}

function put(message, storage) {
  const { key, value } = message;
  if (value === null || value === undefined) {
    storage.delete(key);
    return answer(message, { key, value: null });
  }
  if (typeof value !== "string") return refusal(message, "bad_request", "value must be a string.");
  if (value.length > LONGEST_VALUE || (!storage.has(key) && storage.size >= MOST_KEYS)) {
    return refusal(message, "storage_exhaustion", "There is no room for this here.");
  }
  storage.set(key, value);
  return answer(message, { key, value });
}

function get(message, storage) {
  return answer(message, { key: message.key, value: storage.get(message.key) ?? null });
}

function withStorage(message, tool, respond) {
  if (!tool.storage) return refusal(message, "unsupported_subject", "This platform stores nothing for tools.");
  return withId(message, () => (
    typeof message.key === "string" && message.key
      ? respond()
      : refusal(message, "bad_request", "key must be a string.")));
}

function withId(message, respond) {
  return message.message_id ? respond() : refusal(message, "bad_request", "message_id is missing.");
}

function answer(message, rest) {
  return { subject: `${message.subject}.response`, message_id: message.message_id, ...rest };
}

function refusal(message, code, why) {
  return answer(message, { error: { code, message: why } });
}

function read(data) {
  if (typeof data === "object" && data !== null) return data;
  try {
    const parsed = JSON.parse(data);
    return typeof parsed === "object" ? parsed : null;
  } catch {
    return null;
  }
}
