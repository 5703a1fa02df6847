// The whole stack, started by Python and ended with us.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

const PYTHON = ".venv/bin/python";

/** Resolves to { tool, platform, stop }: two addresses, and () => Promise. Rejects where no stack comes up. */
export async function startStack() {
  const stack = spawn(PYTHON, ["-m", "tests.e2e.serve"], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(stack, "exit");
  const lost = ended.then(() => Promise.reject(new Error("The stack did not come up.")));
  const [line] = await Promise.race([once(createInterface({ input: stack.stdout }), "line"), lost]);
  lost.catch(() => {}); // From here on its end is ours to bring about.
  return { ...JSON.parse(line), stop: () => (stack.stdin.end(), ended) };
}
