// The real clock. Every other module receives one like it.

export const clock = {
  /** Milliseconds since 1970. */
  now: () => Date.now(),

  /** Resolves after `ms`, or at once when the signal is aborted. Never rejects: callers look at the signal. */
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const wake = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.max(0, ms));
      signal?.addEventListener("abort", wake);
    }),
};
