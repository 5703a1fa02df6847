// A clock that moves only when told. `advance` lets everything that is due happen, in its order.

const settle = async () => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

export function fakeClock(start = 0) {
  let now = start;
  let sleepers = [];
  return {
    now: () => now,
    get sleeping() {
      return sleepers.length;
    },
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wake = () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          signal?.removeEventListener("abort", wake);
          resolve();
        };
        const sleeper = { at: now + Math.max(0, ms), resolve: wake };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", wake);
      });
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        const [next] = sleepers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = next.at;
        next.resolve();
        await settle();
      }
      now = end;
      await settle();
    },
    settle,
  };
}
