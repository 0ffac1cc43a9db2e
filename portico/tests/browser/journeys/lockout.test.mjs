import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const LOCKED =
  "The username or password is incorrect. Your account has been temporarily locked due to repeated failed login attempts. Use the Forgot Password link to reset your password and unlock your account.";
const UNKNOWN = "omax@riverside.example";

const threeWrong = async (page, demo, who) => {
  await page.goto(`${demo.url}/`);
  await people.identify(page, who);
  for (const answer of ["Invalid email and/or password.", "Invalid email and/or password.", LOCKED]) {
    await people.tryPassword(page, "wrong");
    await page.getByText(answer, { exact: true }).waitFor();
  }
};

// What a person could compare: every word and every address of the page, without names, ids and times.
const told = async (page, who) => {
  const html = await page.locator("body").evaluate((body) => body.outerHTML);
  return html
    .replaceAll(who, "WHO")
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replace(/<time[\s\S]*?<\/time>/g, "TIME")
    .replace(/name="resume" value="[^"]*"/g, "RESUME")
    .replace(/name="here" value="[^"]*"/g, "HERE")
    .replace(/resume=[\w-]+/g, "RESUME");
};

journey("three wrong passwords lock omar for strangers, and the browser he uses still gets in", async ({ demo, browser }) => {
  const own = await (await browser()).newPage();
  await people.signIn(own, demo, people.OMAR);
  await people.isSignedIn(own);
  await people.signOut(own);

  const stranger = await (await browser()).newPage();
  await threeWrong(stranger, demo, people.OMAR);
  await people.control(stranger, "Forgot Password?").waitFor();

  // During the lock the right password is answered like a wrong one, also in a second strange browser.
  await people.tryPassword(stranger, people.PASSWORD);
  await stranger.getByText(LOCKED, { exact: true }).waitFor();
  const second = await (await browser()).newPage();
  await people.signIn(second, demo, people.OMAR);
  await second.getByText(LOCKED, { exact: true }).waitFor();

  await people.signIn(own, demo, people.OMAR);
  await people.isSignedIn(own);
});

journey("the lock says when it ends, in about thirty minutes", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await threeWrong(page, demo, "nobody@riverside.example");
  const until = await page.locator("time[datetime]").first().getAttribute("datetime");
  const minutes = (Date.parse(until) - Date.now()) / 60_000;
  assert.ok(minutes > 28 && minutes <= 30.2, `${minutes} minutes`);
});

journey("an unknown name locks exactly like a known one", async ({ demo, browser }) => {
  const known = await (await browser()).newPage();
  const unknown = await (await browser()).newPage();
  await threeWrong(known, demo, people.LUCIA);
  await threeWrong(unknown, demo, "lucix@riverside.example");
  assert.equal(await told(known, people.LUCIA), await told(unknown, "lucix@riverside.example"));
});

journey("an email in other letters is the same account, and counts together", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await threeWrong(page, demo, UNKNOWN);
  const other = await (await browser()).newPage();
  await people.signIn(other, demo, UNKNOWN.toUpperCase(), "wrong");
  await other.getByText(LOCKED, { exact: true }).waitFor();
});
