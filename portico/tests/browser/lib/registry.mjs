// Registers products beside a demo: the one of docs/connect with the commands that stand there.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { BINARY } from "./demo.mjs";
import { document } from "./document.mjs";

export const PRODUCT = "shift-planner";

// `kept`: the demo's folder. `description`: the file that describes what is registered. Answers with the client's secret, if it has one.
const run = ({ kept }, id, description, commands) => {
  // Whoever types `portico` there gets the program that is tested.
  const programs = join(kept, "bin");
  mkdirSync(programs, { recursive: true });
  if (!existsSync(join(programs, "portico"))) symlinkSync(BINARY, join(programs, "portico"));
  writeFileSync(join(kept, `${id}.toml`), description);
  // Names like ours that mean nothing to the program are errors to it.
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("PORTICO_"));
  const environment = { ...Object.fromEntries(others), PATH: `${programs}:${process.env.PATH}` };
  const said = execFileSync("sh", ["-euc", commands], { cwd: kept, env: environment, encoding: "utf8" });
  return /client_secret +(\S+)/.exec(said)?.[1];
};

export const register = (started, description) => run(started, PRODUCT, description, document("README.md").block("register"));

// One that is no product's, for everybody at Riverside.
export const registerClient = (started, id, description) => run(started, id, description, `portico product import ${id}.toml`);
