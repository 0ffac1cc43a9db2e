import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { button } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const PLAIN = { javaScriptEnabled: false };

journey("omar signs in and out without script", async ({ demo, browser }) => {
  const page = await (await browser(PLAIN)).newPage();
  await people.signIn(page, demo, people.OMAR);
  await people.control(page, "Bed Board").waitFor();
  await people.signOut(page);
});

journey("nora asks for access without script", async ({ demo, browser }) => {
  const page = await (await browser(PLAIN)).newPage();
  await people.signIn(page, demo, people.NORA);
  await people.press(page, "Ask for access");
  await page.getByText("Your request was sent.").waitFor();
});

journey("times name their zone where no script can turn them into the reader's", async ({ demo, browser }) => {
  const page = await (await browser(PLAIN)).newPage();
  await people.signIn(page, demo, "nobody@riverside.example", "wrong");
  for (let time = 0; time < 2; time += 1) await people.tryPassword(page, "wrong");
  const until = await page.locator("time[datetime]").first().innerText();
  assert.match(until, /\d{1,2}:\d{2}.*[A-Z]{2,}/, until);
});

journey("a password is reset without script", async ({ demo, browser, mail }) => {
  const page = await (await browser(PLAIN)).newPage();
  await people.askForReset(page, demo, people.DANA);
  await page.goto(button(await mail.arrival(people.DANA, "Reset"), "Reset Password"));
  await people.setPassword(page);
  await people.press(page, "Sign In");
  await people.press(page, "Next");
  await people.tryPassword(page, people.NEW_PASSWORD);
  await people.isSignedIn(page);
});
