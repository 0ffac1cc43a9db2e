// An organization signs in with an identity provider that we have not written: set up by an operator's commands as its IT would
// go through them, then there, back, and out from both sides, while its keys change, in Chromium and on both engines.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";
import { promisify } from "node:util";

import { clockOf } from "../lib/clock.mjs";
import { BINARY, freePorts } from "../lib/demo.mjs";
import { ENGINES } from "../lib/engines.mjs";
import { house } from "../lib/house.mjs";
import * as people from "../lib/people.mjs";
import { until } from "../lib/until.mjs";
import { startUpstream } from "../lib/upstream.mjs";

const SAM = "sam@summit.example";
const CLIENT = "portico-at-summit";
const SECRET = "only of this test: 100%";
const DESK = 2;
// Seconds between two looks at an identity provider's keys.
const FLOOR = 10;

// A command on the demo that runs, as its administrator types it. Nothing here waits for it in a way that would keep the identity
// provider, which is part of this program, from answering it.
const portico = async ({ kept }, ...words) => {
  // Names like ours that mean nothing to the program are errors to it.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PORTICO_")));
  const command = [...words, "--config", join(kept, "portico.toml")];
  const { stdout } = await promisify(execFile)(BINARY, command, { env: environment });
  return stdout;
};

const setUp = async ({ folder, started }) => {
  const port = await freePorts(1);
  const file = join(folder, "client-secret");
  writeFileSync(file, SECRET, { mode: 0o600 });
  const named = ["--organization", "summit", "--name", "Summit", "--issuer", `http://127.0.0.1:${port}`, "--client-id", CLIENT];
  const { id, register } = JSON.parse(await portico(started, "connection", "add", ...named, "--secret-file", file, "--json"));
  const upstream = await startUpstream({ port, client: CLIENT, secret: SECRET, register });
  await portico(started, "connection", "test", id);
  await portico(started, "connection", "on", id, "--all");
  return upstream;
};

const isThere = (page, { issuer }) => assert.equal(new URL(page.url()).origin, issuer);

// Its own pages ask other houses for letters; here nobody leaves this machine.
const visit = async (browser) => {
  const context = await browser();
  await context.route((url) => url.hostname !== "127.0.0.1", (route) => route.abort());
  return context.newPage();
};

const typeThere = async (page) => {
  const name = page.locator("input[name=login]");
  await name.waitFor();
  assert.equal(await name.inputValue(), SAM, "typed once");
  await page.locator("input[name=password]").fill("any");
  await people.press(page, "Sign-in");
};

// Each browser is asked once whether this client may know who it is.
const agree = (page) => people.press(page, "Continue");

const leave = async (page, beside) => {
  await people.field(page, "Email or username").fill(SAM);
  await people.press(page, "Next");
  await page.waitForURL((url) => url.origin === beside.issuer);
};

const arrive = async (page, { demo, beside }) => {
  await page.goto(`${demo.productUrl(DESK)}/incidents/2041`);
  await leave(page, beside);
  await typeThere(page);
  await agree(page);
  await page.waitForURL(`${demo.productUrl(DESK)}/incidents/2041`);
};

const asksWhoItIs = (page) => people.field(page, "Email or username").waitFor();

for (const engine of ENGINES) {
  describe(`oidc-provider, on ${engine.name}`, () => {
    const furnish = (folder) => ({ kept: join(folder, "demo"), database: engine.database() });
    const { journey } = house({ furnish, moveIn: setUp });

    journey("sam types an email here and the rest there, and is where the sign-in began", async (house) => {
      const page = await visit(house.browser);
      await arrive(page, house);
      await page.getByText("Sam Brandt").first().waitFor();
    });

    journey("signing out here asks there, and both are over", async (house) => {
      const { demo, beside } = house;
      const page = await visit(house.browser);
      await arrive(page, house);
      await page.goto(demo.url);
      await people.press(page, "Sign out");
      await page.waitForURL((url) => url.origin === beside.issuer);
      await people.press(page, "Yes, sign me out");
      await page.waitForURL((url) => url.origin === demo.url);
      await page.goto(demo.url);
      await asksWhoItIs(page);
      await leave(page, beside);
      await typeThere(page);
    });

    journey("signing out there ends the session here, and at the product", async (house) => {
      const { demo, beside } = house;
      const page = await visit(house.browser);
      await arrive(page, house);
      const there = await page.context().newPage();
      await there.goto(`${beside.issuer}/session/end`);
      await people.press(there, "Yes, sign me out");
      await there.getByText("Sign-out Success").first().waitFor();
      for (const address of [demo.url, `${demo.productUrl(DESK)}/incidents/2041`]) {
        await until(`${address} to ask who it is`, async () => {
          await page.goto(address);
          return (await people.field(page, "Email or username").count()) > 0;
        });
      }
    });

    journey("Back from there returns to the first page", async (house) => {
      const page = await visit(house.browser);
      await page.goto(house.demo.url);
      await leave(page, house.beside);
      isThere(page, house.beside);
      await page.goBack();
      await asksWhoItIs(page);
      assert.equal(new URL(page.url()).origin, house.demo.url);
    });

    journey("keys that have changed there are fetched, and nobody notices", async (house) => {
      await arrive(await visit(house.browser), house);
      await house.beside.turn();
      // Keys are fetched anew for a token of an unknown one, but not at every moment. Clocks may differ by more than this.
      await clockOf(house.demo).pass(FLOOR);
      await arrive(await visit(house.browser), house);
    });

    journey("whoever turns back there is told so, and tries again", async (house) => {
      const page = await visit(house.browser);
      await page.goto(house.demo.url);
      await leave(page, house.beside);
      await page.getByRole("link", { name: "[ Cancel ]" }).click();
      await page.getByRole("heading", { name: "Summit did not let you in" }).waitFor();
      await people.press(page, "Try again");
      await typeThere(page);
    });
  });
}
