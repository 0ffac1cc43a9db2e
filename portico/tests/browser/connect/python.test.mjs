import { readFileSync } from "node:fs";
import { join } from "node:path";

import { connects } from "../lib/connect.mjs";
import { FOLDER } from "../lib/demo.mjs";

const list = readFileSync(join(FOLDER, "connect", "requirements.txt"), "utf8");

connects({
  page: "python.md",
  backchannel: "/backchannel-logout",
  signOut: ["POST", "/sign-out"],
  cookie: "shifts",
  listens: true,
  refreshesOnce: true,
  prepare: ({ page }) => {
    page.asksFor([...list.matchAll(/^(\w+)==/gm)].map(([, name]) => name));
    const packages = process.env.PORTICO_TEST_PYTHON;
    if (!packages) throw new Error("PORTICO_TEST_PYTHON names no virtual environment: run ./test connect, which makes one");
    return { path: [join(packages, "bin")] };
  },
});
