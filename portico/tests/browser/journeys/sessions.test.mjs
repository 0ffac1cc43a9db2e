// omar left a browser open at the station, and ends it from another one; the next click there is at the sign-in, and comes back.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { reach } from "../lib/keyboard.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();

const HERE = "/account/sessions";

const heading = (page, name) => page.getByRole("heading", { name, level: 1 }).waitFor();

const lines = (page) => page.getByRole("main").locator(".people li");

journey("a session is ended from another browser, and its next click comes back after signing in", async ({ demo, browser }) => {
  const station = await people.signedIn(browser, demo, people.OMAR);
  const desk = await people.signedIn(browser, demo, people.OMAR);
  await people.press(desk, "My account");
  await people.press(desk, "Devices and Sessions");
  await heading(desk, "Devices and Sessions");
  assert.equal(await lines(desk).count(), 2);
  await desk.getByText("This browser").waitFor();
  await look(desk, "sessions");
  await people.press(desk, "End Session");
  await desk.getByRole("status").getByText("That session has ended").waitFor();
  await look(desk, "sessions-ended-one");

  await people.press(station, "My account");
  await people.identify(station, people.OMAR);
  await people.tryPassword(station, people.PASSWORD);
  await heading(station, "My account");
  // The browser was known all the time, and is none that signs in for the first time.
  await desk.reload();
  assert.equal(await lines(desk).count(), 2);
});

journey("all others are ended, and a known browser is forgotten, with the keyboard alone", async ({ demo, browser }) => {
  const others = [await people.signedIn(browser, demo, people.OMAR), await people.signedIn(browser, demo, people.OMAR)];
  await people.signOut(others[1]);
  const page = await people.signedIn(browser, demo, people.OMAR);
  await page.goto(`${demo.url}${HERE}`);
  await look(page, "sessions-known-browsers");
  await reach(page, "End All Other Sessions");
  await page.getByText("All other sessions have ended").waitFor();
  await page.getByText("You are signed in nowhere else.").waitFor();
  const known = await page.getByRole("button", { name: "Forget", exact: true }).count();
  await reach(page, "Forget");
  await page.getByText("That browser is forgotten").waitFor();
  assert.equal(await page.getByRole("button", { name: "Forget", exact: true }).count(), known - 1);
  await others[0].reload();
  await people.field(others[0], "Email or username").waitFor();
});
