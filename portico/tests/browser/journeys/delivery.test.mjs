// "Check your mail": how the mail is doing, as the page itself goes on telling it. This demo's clock is moved.

import assert from "node:assert/strict";

import { clockOf } from "../lib/clock.mjs";
import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";
import { until } from "../lib/until.mjs";

const { journey } = house();
const REFUSED = "Our mail server refused it (550). Please check the address for a typing mistake. If it is right, please try another way.";
// Somebody whose mailbox refuses mail; an address nobody has that is refused as well.
const ROSA = "rosa@riverside.example";
const NOBODY = "refused@riverside.example";

const line = (page) => page.locator(".delivery");
const isNow = (page, state) => page.locator(`.delivery[data-state=${state}]`).waitFor();

// The page as it was when it last came from the server, without what is of this request alone.
const asServed = async (page, typed) => {
  await page.reload();
  const text = await page.getByRole("main").innerText();
  return text.replaceAll(typed, "ADDRESS").replace(/You can ask again .*/, "");
};

const askForName = async (page, demo, who) => {
  await page.goto(`${demo.url}/recover/user-name`);
  await people.field(page, "Email").fill(who);
  await people.press(page, "Send My Username");
};

const askForHelp = async (page, demo, who) => {
  await page.goto(`${demo.url}/help/sign-in`);
  await people.field(page, "Email or username").fill(who);
  await people.press(page, "Help me sign in");
};

for (const [way, ask] of [["a new password", people.askForReset], ["a username", askForName], ["help", askForHelp]]) {
  journey(`a refused mail about ${way} shows to whoever typed the address, known or not`, async ({ demo, browser }) => {
    const pages = [];
    for (const typed of [ROSA, NOBODY]) {
      const page = await (await browser()).newPage();
      await ask(page, demo, typed);
      await isNow(page, "refused");
      assert.equal(await line(page).locator("[data-text]").innerText(), REFUSED);
      pages.push(await asServed(page, typed));
      await look(page, `check-mail-refused-${way.replaceAll(" ", "-")}-${typed.split("@")[0]}`);
    }
    assert.equal(pages[0], pages[1]);
  });
}

journey("a mail that is put off says until when, and then that it is out", async ({ demo, browser, mail }) => {
  const clock = clockOf(demo);
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, "greylisted@riverside.example");
  await isNow(page, "deferred");
  await line(page).getByText("asked us to come back later (450)").waitFor();
  await line(page).getByText("We try again at").waitFor();
  await look(page, "check-mail-deferred");
  // It is asked twice to come back. Nobody reloads: the line changes under the reader's eyes.
  for (let time = 0; time < 2; time += 1) {
    const due = Date.parse(await line(page).locator("time").getAttribute("datetime"));
    await clock.pass(20);
    await until("the next try", async () => {
      const state = await line(page).getAttribute("data-state");
      return state === "handed_over" || Date.parse(await line(page).locator("time").getAttribute("datetime")) > due;
    });
  }
  await isNow(page, "handed_over");
  await line(page).getByText("Our mail server has taken it, for riverside.example").waitFor();
  assert.equal((await mail.to("greylisted@riverside.example")).length, 1);
});

journey("a mail that comes back says so where it had been told as taken", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, "returned@riverside.example");
  await isNow(page, "bounced");
  await line(page).getByText("The mail server of riverside.example sent it back.").waitFor();
  await look(page, "check-mail-bounced");
});

journey("a typed username shows no line, whether somebody has it or not", async ({ demo, browser, mail }) => {
  const pages = [];
  for (const typed of ["harbor-night", "harbor-nihgt"]) {
    const page = await (await browser()).newPage();
    await people.askForReset(page, demo, typed);
    assert.equal(await line(page).count(), 0);
    pages.push({ page, typed });
  }
  await mail.arrival("night@harbor.example");
  const texts = [];
  for (const { page, typed } of pages) {
    texts.push(await asServed(page, typed));
    assert.equal(await line(page).count(), 0);
    const asked = await page.request.get(`${page.url()}/delivery`);
    assert.equal(asked.status(), 404);
  }
  assert.equal(texts[0], texts[1]);
});
