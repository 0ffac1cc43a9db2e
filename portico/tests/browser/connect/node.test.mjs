import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { connects } from "../lib/connect.mjs";
import { FOLDER } from "../lib/demo.mjs";

const { devDependencies } = JSON.parse(readFileSync(join(FOLDER, "package.json"), "utf8"));

connects({
  page: "node.md",
  backchannel: "/backchannel-logout",
  signOut: ["POST", "/sign-out"],
  cookie: "shifts",
  listens: true,
  refreshesOnce: true,
  prepare: ({ folder, page }) => {
    const uses = [...page.block("product.mjs").matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name]) => name);
    page.asksFor(Object.keys(devDependencies), uses);
    symlinkSync(join(FOLDER, "node_modules"), join(folder, "node_modules"));
    return {};
  },
});
