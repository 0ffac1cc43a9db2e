// The real program, started as a newcomer starts it, on ports of its own.

import { spawn } from "node:child_process";
import { createWriteStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

// Of these tests, where their packages are.
export const FOLDER = resolve(dirname(fileURLToPath(import.meta.url)), "..");
export const ROOT = resolve(FOLDER, "../../..");
const TARGET = process.env.CARGO_TARGET_DIR ?? join(ROOT, "target");
export const BINARY = process.env.PORTICO_TEST_BINARY ?? join(TARGET, "debug", "portico");

// The demo takes the port it is given and the six behind it: products, sample IdP, SMTP, operations.
const PORTS = 7;
const READY = /Portico demo is ready: (http:\S+)/;
const READY_WITHIN = 60_000;
const STOPPED_WITHIN = 15_000;

const takes = (port) =>
  new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.listen(port, "127.0.0.1", () => server.close(() => answer(true)));
  });

// Ports are chosen in blocks of eight. Whoever has bound the last one of a block has the seven before it too, as long as this process
// lives: files that run beside each other choose at the same time.
const BLOCK = 8;
const BLOCKS = 1_375;

const claims = (port) =>
  new Promise((answer) => {
    const server = createServer();
    server.once("error", () => answer(false));
    server.unref().listen(port, "127.0.0.1", () => answer(true));
  });

// The first of so many free ports in a row, seven at the most.
export const freePorts = async (count) => {
  for (;;) {
    // Below the ports that the kernel hands to clients.
    const first = 20_000 + BLOCK * Math.floor(Math.random() * BLOCKS);
    if (!(await claims(first + BLOCK - 1))) continue;
    const free = [];
    for (let port = first; port < first + count; port += 1) free.push(await takes(port));
    if (free.every(Boolean)) return first;
  }
};

// `database`: another than one in the demo's own folder, which is gone at the end. `kept`: where the demo leaves its configuration.
// `host`: by what name browsers come.
export const startDemo = async (folder, { database, kept, host = "127.0.0.1" } = {}) => {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is missing: run cargo build -p portico`);
  const port = await freePorts(PORTS);
  const logFile = join(folder, "portico.log");
  const log = createWriteStream(logFile);
  const options = ["demo", "--listen", `${host}:${port}`];
  if (kept) options.push("--data", kept);
  if (database) options.push("--database", database);
  const server = spawn(BINARY, options, { stdio: ["ignore", "pipe", "pipe"] });
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise((done) => {
    server.once("error", (error) => done(error.message));
    server.once("exit", (code, signal) => done(signal ?? code));
  });

  const url = await new Promise((ready, failed) => {
    let said = "";
    const late = setTimeout(() => failed(new Error(`not ready within ${READY_WITHIN} ms:\n${said}`)), READY_WITHIN);
    const hear = (chunk) => {
      log.write(chunk);
      said += chunk;
      const found = READY.exec(said);
      if (found) {
        clearTimeout(late);
        ready(found[1].replace(/\/$/, ""));
      }
    };
    server.stdout.on("data", hear);
    server.stderr.on("data", hear);
    ended.then((how) => failed(new Error(`the demo ended (${how}) before it was ready:\n${said}`)));
  }).catch((error) => {
    kill();
    throw error;
  });

  return {
    url,
    port,
    productUrl: (number) => `http://127.0.0.1:${port + number}`,
    logTail: () => (existsSync(logFile) ? readFileSync(logFile, "utf8").split("\n").slice(-25).join("\n") : ""),
    // A server that is asked to stop, stops: what it would leave behind is a failure too.
    stop: async () => {
      const late = setTimeout(kill, STOPPED_WITHIN);
      server.kill("SIGTERM");
      const how = await ended;
      clearTimeout(late);
      process.removeListener("exit", kill);
      log.end();
      if (how !== 0) throw new Error(`the demo ended with ${how} instead of 0`);
    },
  };
};
