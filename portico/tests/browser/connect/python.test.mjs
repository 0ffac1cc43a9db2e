import { readFileSync } from "node:fs";
import { join } from "node:path";

import { connects } from "../lib/connect.mjs";
import { FOLDER } from "../lib/demo.mjs";

// What comes with Python.
const STANDARD = ["os", "secrets", "threading", "time"];
const list = readFileSync(join(FOLDER, "connect", "requirements.txt"), "utf8");

connects({
  page: "python.md",
  backchannel: "/backchannel-logout",
  signOut: ["POST", "/sign-out"],
  cookie: "shifts",
  listens: true,
  refreshesOnce: true,
  prepare: ({ page }) => {
    const uses = [...page.block("product.py").matchAll(/^(?:from|import) (\w+)/gm)].map(([, name]) => name);
    page.asksFor(
      [...list.matchAll(/^(\w+)==/gm)].map(([, name]) => name),
      uses.filter((name) => !STANDARD.includes(name)),
    );
    const packages = process.env.PORTICO_TEST_PYTHON;
    if (!packages) throw new Error("PORTICO_TEST_PYTHON names no virtual environment: run ./test connect, which makes one");
    return { path: [join(packages, "bin")] };
  },
});
