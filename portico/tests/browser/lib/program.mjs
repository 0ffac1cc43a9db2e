// A program of a test: under the test's clock, with its log in a file, and gone at the end whatever happens.

import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";

import { until } from "./until.mjs";

const TAIL = 40;

// `shell`: a line as people type it. `ready`: an address that answers once the program does.
export const startProgram = async ({ shell, folder, environment, log, ready }) => {
  const out = openSync(log, "a");
  // A group of its own, so that nothing the line has started outlives it.
  const child = spawn("sh", ["-euc", shell], { cwd: folder, env: environment, stdio: ["ignore", out, out], detached: true });
  closeSync(out);
  let ended;
  const end = new Promise((done) => child.once("exit", (code, signal) => done((ended = `ended with ${signal ?? code}`))));
  const kill = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has gone by itself.
    }
  };
  process.once("exit", kill);

  const logTail = () => (existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(-TAIL).join("\n") : "");
  const stop = async () => {
    kill();
    await end;
    process.removeListener("exit", kill);
  };

  await until(`an answer of ${shell.trim()}`, async () => {
    if (ended) throw new Error(`${shell.trim()} ${ended}:\n${logTail()}`);
    return fetch(ready, { redirect: "manual" }).then(() => true, () => false);
  }).catch(async (error) => {
    await stop();
    error.message += `\n${logTail()}`;
    throw error;
  });
  return { stop, logTail };
};
