// The page for an organization's IT, who connect its own sign-in: every value, to copy, with the script and without.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { BINARY } from "../lib/demo.mjs";
import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";

const furnish = (folder) => ({ kept: join(folder, "kept") });

// What an operator writes down before the provider has been told of us.
const connect = ({ started }) => {
  const options = ["--organization", "northwind", "--name", "Northwind sign-in", "--issuer", "https://login.northwind.example"];
  const more = ["--client-id", "made-up", "--auth-method", "private_key_jwt", "--claim-roles", "groups", "--json"];
  const config = ["--config", join(started.kept, "portico.toml")];
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("PORTICO_"));
  const said = execFileSync(BINARY, ["connection", "add", ...options, ...more, ...config], { env: Object.fromEntries(others), encoding: "utf8" });
  return { register: JSON.parse(said).register, stop: () => undefined, logTail: () => "" };
};

const { journey } = house({ furnish, moveIn: connect });

journey("the page for IT has every value, to copy", async ({ beside, browser }) => {
  const context = await browser({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(beside.register.setup_page);
  await page.getByRole("heading", { name: "Connecting Northwind Clinics to Portico" }).waitFor();
  await people.press(page, "Copy Redirect URI");
  await page.getByRole("button", { name: "Copied Redirect URI" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), beside.register.redirect_uri);
  await page.reload();
  await look(page, "setup");
});

journey("without the script the values are text", async ({ beside, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await page.goto(beside.register.setup_page);
  for (const name of ["redirect_uri", "post_logout_redirect_uri", "backchannel_logout_uri", "jwks_uri"]) {
    await page.getByText(beside.register[name], { exact: true }).waitFor();
  }
  assert.equal(await page.locator("main").getByRole("button").count(), 0, "no button that would do nothing");
});
