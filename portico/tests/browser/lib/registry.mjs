// Registers a product beside a demo as docs/connect/README.md says, with the commands that stand there.

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { BINARY } from "./demo.mjs";
import { document } from "./document.mjs";

export const PRODUCT = "shift-planner";

// `kept`: the demo's folder. `description`: the file that describes the product. Answers with the client's secret, if it has one.
export const register = ({ kept }, description) => {
  // Whoever types `portico` there gets the program that is tested.
  const programs = join(kept, "bin");
  mkdirSync(programs);
  symlinkSync(BINARY, join(programs, "portico"));
  writeFileSync(join(kept, `${PRODUCT}.toml`), description);
  // Names like ours that mean nothing to the program are errors to it.
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("PORTICO_"));
  const environment = { ...Object.fromEntries(others), PATH: `${programs}:${process.env.PATH}` };
  const said = execFileSync("sh", ["-euc", document("README.md").block("register")], { cwd: kept, env: environment, encoding: "utf8" });
  return /client_secret +(\S+)/.exec(said)?.[1];
};
