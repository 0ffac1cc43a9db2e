// What every product does that is connected as a page of docs/connect says. The product is that page: its blocks of code are
// written down and run, as they stand there, beside a demo.

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe } from "node:test";

import { clockOf, clockOfPrograms } from "./clock.mjs";
import { freePorts } from "./demo.mjs";
import { document } from "./document.mjs";
import { ENGINES } from "./engines.mjs";
import { house } from "./house.mjs";
import { moveNextDoor } from "./neighbor.mjs";
import * as people from "./people.mjs";
import { startProgram } from "./program.mjs";
import { PRODUCT, register } from "./registry.mjs";
import { until } from "./until.mjs";

// Where the pages say that people open the product.
const EXAMPLE = "https://shifts.example.org";
// An access token lives five minutes.
const SIX_MINUTES = 360;

// The page's files in a folder, the product registered, its program running.
const open = async (stack, { demo, folder, started }) => {
  const page = document(stack.page);
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const settings = page.knows({
    ISSUER: demo.url,
    BASE_URL: url,
    CLIENT_ID: PRODUCT,
    CLIENT_SECRET: register(started, page.block(`${PRODUCT}.toml`).replaceAll(EXAMPLE, url)),
    SESSION_SECRET: "only-of-this-test-and-long-enough",
    ...(stack.listens ? { PORT: String(port) } : {}),
  });
  const into = join(folder, "product");
  mkdirSync(into, { mode: 0o755 });
  page.writeFiles(into);
  const clock = clockOfPrograms(join(folder, "clock"));
  const { shell = page.block("run"), path = [] } = stack.prepare({ folder: into, port, settings, page });
  const PATH = [...path, process.env.PATH].join(":");
  const environment = { ...process.env, ...settings, ...clock.environment, PATH };
  const program = await startProgram({ shell, folder: into, environment, log: join(folder, "product.log"), ready: `${url}/signed-out` });
  const neighbor = await moveNextDoor({ demo, started });
  return {
    ...program,
    stop: () => Promise.all([program.stop(), neighbor.stop()]),
    neighbor,
    url,
    deep: `${url}/shifts/monday?ward=b`,
    backchannel: url + stack.backchannel,
    signOut: { method: stack.signOut[0], address: url + stack.signOut[1] },
    // Everybody's clock goes ahead together.
    pass: async (seconds) => {
      clock.pass(seconds);
      await clockOf(demo).pass(seconds);
    },
  };
};

const signIn = async (page, who) => {
  await people.identify(page, who);
  await people.tryPassword(page, people.PASSWORD);
};

const arrive = async (page, product) => {
  await page.goto(product.deep);
  await signIn(page, people.OMAR);
  await page.waitForURL(product.deep);
};

const asksWhoItIs = (page) => people.field(page, "Email or username").waitFor();

// Looks without a page, and so without beginning a sign-in that a page would show.
const isSignedIn = async (page, product) => {
  const answer = await page.request.get(product.deep, { maxRedirects: 0 });
  return answer.status() === 200;
};

const shows = async (page) => {
  for (const told of ["Omar Haddad", people.OMAR, "Riverside Health", "planner"]) await page.getByText(told).first().waitFor();
};

const core = (journey) => {
  journey("a deep page is where its sign-in ends, a token is refreshed, and signing out ends both", async ({ demo, browser, beside: product }) => {
    const page = await (await browser()).newPage();
    await arrive(page, product);
    await shows(page);

    const left = [];
    page.on("request", (request) => request.url().startsWith(demo.url) && left.push(request.url()));
    // Twice, because the second refresh needs what the first has brought.
    for (let time = 0; time < 2; time += 1) {
      await product.pass(SIX_MINUTES);
      await page.reload();
      await shows(page);
    }
    assert.deepEqual(left, [], "the browser was sent to Portico instead");

    await people.press(page, "Sign out");
    await page.waitForURL((url) => url.href.startsWith(`${product.url}/signed-out`));
    await page.goto(demo.url);
    await asksWhoItIs(page);
    await page.goto(product.deep);
    await asksWhoItIs(page);
  });

  journey("signing out at the portal signs out at the product", async ({ demo, browser, beside: product }) => {
    const page = await (await browser()).newPage();
    await arrive(page, product);
    await page.goto(demo.url);
    await people.signOut(page);
    await until("the notice of the sign-out", async () => !(await isSignedIn(page, product)));
    await page.goto(product.deep);
    await asksWhoItIs(page);
  });
};

const tells = async (product, token) => {
  const answer = await fetch(product.backchannel, { method: "POST", body: new URLSearchParams({ logout_token: token }) });
  return answer.status;
};

// Leaves the product and stops on the way to Portico, whose session goes on: what the product would have shown there.
const idTokenOf = async (page, { signOut }) => {
  const answer = await page.request.fetch(signOut.address, { method: signOut.method, maxRedirects: 0 });
  return new URL(answer.headers().location).searchParams.get("id_token_hint");
};

const edges = (journey, cookie) => {
  journey("a notice that is nobody's, an ID token, and a notice for another client end nothing", async ({ browser, beside: product }) => {
    const page = await (await browser()).newPage();
    await arrive(page, product);
    const idToken = await idTokenOf(page, product);
    // In the same session of Portico's, which is what the ID token names.
    await page.goto(product.deep);
    await shows(page);
    const anothers = await product.neighbor.logoutToken(await (await browser()).newPage());
    for (const token of ["e30.e30.AAAA", idToken, anothers]) {
      assert.equal(await tells(product, token), 400, token);
      assert.ok(await isSignedIn(page, product), token);
    }
  });

  journey("two tabs end each where it began", async ({ browser, beside: product }) => {
    const context = await browser();
    const [monday, friday] = [await context.newPage(), await context.newPage()];
    const fridays = product.deep.replace("monday", "friday");
    await monday.goto(product.deep);
    await friday.goto(fridays);
    for (const [page, wanted] of [[monday, product.deep], [friday, fridays]]) {
      await signIn(page, people.OMAR);
      await page.waitForURL(wanted);
    }
  });

  journey("a bookmark of the way back begins again", async ({ browser, beside: product }) => {
    const page = await (await browser()).newPage();
    const back = new Promise((found) => page.on("request", (one) => one.url().startsWith(`${product.url}/callback?`) && found(one.url())));
    await arrive(page, product);
    const other = await (await browser()).newPage();
    await other.goto(await back);
    await asksWhoItIs(other);
  });

  if (cookie) journey("whoever's session the product has lost signs out at Portico all the same", async ({ demo, browser, beside: product }) => {
    const context = await browser();
    const page = await context.newPage();
    await arrive(page, product);
    await context.clearCookies({ name: cookie });
    await people.press(page, "Sign out");
    await page.getByRole("heading", { name: "Do you want to sign out?" }).waitFor();
    await people.press(page, "Sign out");
    await page.goto(demo.url);
    await asksWhoItIs(page);
  });

  journey("whoever may not open the product is told so, and asks", async ({ browser, beside: product }) => {
    const page = await (await browser()).newPage();
    await page.goto(product.deep);
    await signIn(page, people.NORA);
    await page.getByRole("heading", { name: "You cannot open Shift Planner" }).waitFor();
    await people.press(page, "Ask for access");
    await page.getByText("Your request was sent.").waitFor();
  });
};

const refreshing = (journey) => {
  journey("of many requests at once when a token has ended, each is answered", async ({ browser, beside: product }) => {
    const page = await (await browser()).newPage();
    await arrive(page, product);
    await product.pass(SIX_MINUTES);
    const answers = await Promise.all(Array.from({ length: 8 }, () => isSignedIn(page, product)));
    assert.ok(answers.every(Boolean), `${answers}`);
    // And what they have brought serves for the next time.
    await product.pass(SIX_MINUTES);
    assert.ok(await isSignedIn(page, product));
  });
};

// stack: `page` of docs/connect · `backchannel`, the path · `signOut`, method and path · `cookie`, of its session, where the page says what signing out does without
// it · `listens`, whether its settings name a port · `refreshesOnce`, whether of several requests at once one refreshes · `prepare`,
// what the page leaves to the machine.
export const connects = (stack) => {
  for (const [number, engine] of ENGINES.entries()) {
    describe(`${stack.page}, on ${engine.name}`, () => {
      const furnish = (folder) => ({ kept: join(folder, "demo"), database: engine.database() });
      const { journey } = house({ furnish, moveIn: (shared) => open(stack, shared) });
      core(journey);
      // What happens in the browser and in the product asks the engine nothing new.
      if (number === 0) edges(journey, stack.cookie);
      if (number === 0 && stack.refreshesOnce) refreshing(journey);
    });
  }
};
