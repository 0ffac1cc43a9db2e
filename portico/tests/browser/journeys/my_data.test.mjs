// What people see of what is kept about them: which products know them, what happened, what they have accepted, and all of it in a file.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

import { freePorts } from "../lib/demo.mjs";
import { house } from "../lib/house.mjs";
import { reach } from "../lib/keyboard.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";
import { registerClient } from "../lib/registry.mjs";
import { until } from "../lib/until.mjs";

const ID = "ward-notes";
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = createHash("sha256").update(VERIFIER).digest("base64url");

// Somebody else's program, which everybody at Riverside may allow to learn who they are.
const described = (url) => `
[[client]]
id = "${ID}"
name = "Ward Notes"
organizations = ["riverside"]
redirect_uris = ["${url}/callback"]
grant_types = ["authorization_code", "refresh_token"]
third_party = true
`;

const moveIn = async ({ demo, started }) => {
  const port = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const secret = registerClient(started, ID, described(url));
  const server = createServer((_, answer) => answer.end("<!doctype html><html lang=en><title>Ward Notes</title><h1>Ward Notes</h1>"));
  await new Promise((ready) => server.listen(port, "127.0.0.1", ready));

  const post = (path, form) =>
    fetch(`${demo.url}${path}`, {
      method: "POST",
      headers: { authorization: `Basic ${Buffer.from(`${ID}:${secret}`).toString("base64")}` },
      body: new URLSearchParams(form),
    });
  const notes = {
    way: (more = {}) => {
      const asked = { client_id: ID, redirect_uri: `${url}/callback`, response_type: "code", scope: "openid profile email" };
      return `${demo.url}/oauth2/authorize?${new URLSearchParams({ ...asked, code_challenge: CHALLENGE, code_challenge_method: "S256", ...more })}`;
    },
    redeem: async (back) => {
      const code = new URL(back).searchParams.get("code");
      const form = { grant_type: "authorization_code", code, redirect_uri: `${url}/callback`, code_verifier: VERIFIER };
      const answer = await post("/oauth2/token", form);
      assert.equal(answer.status, 200, await answer.clone().text());
      return answer.json();
    },
    refresh: (token) => post("/oauth2/token", { grant_type: "refresh_token", refresh_token: token }),
    person: (token) => fetch(`${demo.url}/oauth2/userinfo`, { headers: { authorization: `Bearer ${token}` } }),
  };
  return { notes, url, logTail: () => "", stop: () => new Promise((closed) => server.close(closed)) };
};

const { journey } = house({ furnish: (folder) => ({ kept: join(folder, "kept") }), moveIn });

const heading = (page, name) => page.getByRole("heading", { name, level: 1, exact: true }).waitFor();
const link = (page, name) => page.getByRole("link", { name, exact: true }).first();

// Signed in as somebody who has allowed Ward Notes, and has it open.
const allowed = async ({ demo, browser, beside: { notes, url } }, who) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, who);
  await people.isSignedIn(page);
  await page.goto(notes.way());
  await people.press(page, "Allow");
  await page.waitForURL((where) => where.href.startsWith(`${url}/callback`));
  const tokens = await notes.redeem(page.url());
  assert.equal((await notes.person(tokens.access_token)).status, 200);
  return { page, tokens };
};

// A node may believe for half a second what it has read.
const isOut = (notes, tokens) => until("its token to be worthless", async () => (await notes.person(tokens.access_token)).status === 401);

journey("omar sees which products know him, and takes back what he has allowed", async (house) => {
  const { demo, beside } = house;
  const { page, tokens } = await allowed(house, people.OMAR);
  await page.goto(`${demo.url}/account`);
  await look(page, "my-account-data");
  await link(page, "Products and consents").click();
  await heading(page, "Products and consents");
  await page.getByRole("heading", { name: "Allowed by Riverside Health" }).waitFor();
  await look(page, "own-products");
  await link(page, "Bed Board").click();
  await page.getByText("Who can take it away").waitFor();
  await page.getByText("dana@riverside.example").waitFor();
  await look(page, "own-product-of-organization");
  await page.goBack();
  await link(page, "Ward Notes").click();
  await heading(page, "Ward Notes");
  await look(page, "own-product-allowed");
  await people.press(page, "Withdraw");
  await page.getByText("Withdrawn.").waitFor();
  await look(page, "own-products-withdrawn");
  await isOut(beside.notes, tokens);
  assert.equal((await beside.notes.refresh(tokens.refresh_token)).status, 400);
  // The page that was there before is not there any more, and its form does nothing.
  await page.goBack();
  await page.reload();
  await heading(page, "This page is not here");
  await page.goto(beside.notes.way());
  await heading(page, "Sign in to Ward Notes?");
  await page.goto(`${demo.url}/`);
  await people.isSignedIn(page);
});

journey("with the keyboard alone: from my account to a product, and out of it", async (house) => {
  const { page, tokens } = await allowed(house, people.LUCIA);
  await page.goto(`${house.demo.url}/account`);
  await reach(page, "Products and consents");
  await heading(page, "Products and consents");
  await reach(page, "Ward Notes");
  await heading(page, "Ward Notes");
  await reach(page, "Withdraw");
  await page.getByText("Withdrawn.").waitFor();
  await isOut(house.beside.notes, tokens);
});

journey("dana reads what happened to her account, page by page, and what she has accepted", async ({ demo, browser }) => {
  const stranger = await (await browser()).newPage();
  await stranger.goto(`${demo.url}/`);
  await people.identify(stranger, people.DANA);
  await people.tryPassword(stranger, "not-hers");
  const page = await (await browser()).newPage();
  // Enough for more than one page.
  for (let time = 0; time < 14; time += 1) {
    await people.signIn(page, demo, people.DANA);
    await people.isSignedIn(page);
    await people.signOut(page);
  }
  await people.signIn(page, demo, people.DANA);
  await people.isSignedIn(page);
  await page.goto(`${demo.url}/account`);
  await link(page, "Recent activity").click();
  await heading(page, "Recent activity");
  assert.equal(await page.locator(".rows > li").count(), 25);
  await look(page, "activity");
  await link(page, "Older").click();
  await page.getByText("A wrong password was typed").waitFor();
  assert.ok((await page.locator(".rows > li").count()) >= 5);
  assert.equal(await link(page, "Older").count(), 0);
  await look(page, "activity-older");
  await link(page, "Back to the newest").click();
  await page.waitForURL(/activity$/);

  await page.goto(`${demo.url}/account/terms`);
  await heading(page, "Terms accepted");
  await look(page, "own-terms");
  await page.locator(".rows a.name").first().click();
  await page.locator(".lead").getByText("Accepted").waitFor();
  await look(page, "own-terms-text");
});

journey("nora downloads her data: a file with everything and no secret, and a mail that tells of it", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.NORA);
  await people.isSignedIn(page);
  await page.goto(`${demo.url}/account`);
  await link(page, "Download my data").click();
  await heading(page, "Download my data");
  await look(page, "download");
  const [download] = await Promise.all([page.waitForEvent("download"), people.press(page, "Download")]);
  assert.match(download.suggestedFilename(), /^account-\d{4}-\d\d-\d\d\.json$/);
  const text = readFileSync(await download.path(), "utf8");
  const file = JSON.parse(text);
  assert.deepEqual([file.format, file.version, file.made_by], ["portico-account", 1, demo.url]);
  assert.equal(file.account.email, people.NORA);
  assert.equal(file.sessions.rows.length, 1);
  assert.ok(file.activity.rows.some(({ event }) => event === "session.started"));
  for (const secret of [people.PASSWORD, ...people.ANSWERS.filter((answer) => answer.length > 3)]) assert.ok(!text.includes(secret), secret);
  for (const { value } of await page.context().cookies()) assert.ok(value.length < 20 || !text.includes(value), "a cookie is in it");
  // The page is still there, and says nothing has gone wrong.
  await heading(page, "Download my data");
  await mail.arrival(people.NORA, "Your data was downloaded");
  await page.goto(`${demo.url}/account/download?problem=often`);
  await page.getByRole("alert").waitFor();
  await look(page, "download-often");
});
