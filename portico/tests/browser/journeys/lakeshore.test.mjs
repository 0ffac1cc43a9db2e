// The sample identity provider's own pages: another house than the front door, and no worse to read.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { LEE, NOOR, answered, be, during, enter, idpOf, wayIn } from "../lib/lakeshore.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();

const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();

journey("the entrance, and whoever is there already", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(wayIn(demo, { login_hint: LEE }));
  await heading(page, "Staff entrance");
  assert.equal(await people.field(page, "Email").inputValue(), LEE);
  assert.equal(await page.evaluate(() => document.activeElement.id), "password", "the next thing to type");
  await look(page, "lakeshore-entrance");
  await enter(page, { password: "wrong" });
  await page.getByRole("alert").waitFor();
  assert.equal(await people.field(page, "Email").inputValue(), LEE);
  await look(page, "lakeshore-entrance-wrong");
  await page.goto(wayIn(demo, { acr_values: "https://refeds.org/profile/mfa" }));
  await page.getByText("Portico asks for a second factor").waitFor();
  await look(page, "lakeshore-entrance-badge");

  // What the client does with the answer is not looked at here.
  await page.goto(wayIn(demo));
  assert.equal((await answered(page, demo, () => enter(page, { email: LEE }))).get("state"), "of-this-test");
  await page.goto(wayIn(demo, { login_hint: NOOR }));
  await heading(page, "Is it you?");
  await look(page, "lakeshore-choose");
  await people.press(page, "I am somebody else");
  await heading(page, "Staff entrance");
  await page.goto(wayIn(demo, { prompt: "select_account" }));
  const answer = await answered(page, demo, () => people.press(page, "Go on as Lee Nakamura"));
  assert.ok(answer.get("code"));
});

journey("the incident desk, and the way out", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${idpOf(demo)}/`);
  await page.getByText("Nobody.").waitFor();
  await look(page, "lakeshore-desk");
  await people.field(page, "Its clock is ten minutes ahead").check();
  await people.press(page, "Make it so");
  await page.getByText("made to misbehave just now").waitFor();
  assert.ok(await people.field(page, "Its clock is ten minutes ahead").isChecked());
  await look(page, "lakeshore-desk-misbehaving");
  await be(demo, "well");

  await page.goto(wayIn(demo));
  await answered(page, demo, () => enter(page, { email: LEE }));
  await page.goto(`${idpOf(demo)}/`);
  await page.getByText("Lee Nakamura, lee@lakeshore.example").waitFor();
  await look(page, "lakeshore-desk-somebody");
  await page.goto(`${idpOf(demo)}/logout`);
  await heading(page, "Leave Lakeshore?");
  await look(page, "lakeshore-leaving");
  await people.press(page, "Sign out of Lakeshore");
  await heading(page, "You have left Lakeshore");
  await look(page, "lakeshore-left");
});

journey("ways that do not lead in", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(wayIn(demo, { client_id: "somebody" }));
  await heading(page, "This way does not lead in");
  await look(page, "lakeshore-unreadable");
  await page.goto(`${idpOf(demo)}/nothing`);
  await heading(page, "There is nothing here");
  await look(page, "lakeshore-lost");
  await during(demo, "says-no", async () => {
    await page.goto(wayIn(demo));
    const answer = await answered(page, demo, () => enter(page, { email: LEE }));
    assert.equal(answer.get("error"), "access_denied");
  });
});

journey("without script, everything of it works", async ({ demo, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await page.goto(wayIn(demo, { login_hint: LEE }));
  await answered(page, demo, () => enter(page, { badge: true }));
  await page.goto(`${idpOf(demo)}/`);
  await people.press(page, "Sign out of Lakeshore");
  await heading(page, "You have left Lakeshore");
});
