import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import { button } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const MIA = "mia@riverside.example";

const toTheQuestions = async (page, demo, who) => {
  await page.goto(`${demo.url}/`);
  await people.identify(page, who);
  await people.press(page, "Forgot Password?");
  assert.ok(await people.field(page, "Answer security questions").isChecked());
  await people.press(page, "Continue");
  await page.getByRole("heading", { name: "Answer your security questions" }).waitFor();
};

journey("omar resets his password by three answers", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  await people.identify(page, people.OMAR);
  await people.press(page, "Forgot Password?");
  assert.equal(await people.field(page, "Email or username").inputValue(), people.OMAR);
  await look(page, "recover-ways");
  await people.press(page, "Continue");
  await look(page, "questions");
  await people.answer(page, ["blue", "", ""]);
  await page.getByRole("alert").getByText("answer all three").waitFor();
  await people.answer(page, ["blue", "rex", "rome"]);
  await page.getByRole("alert").getByText("do not say which").waitFor();
  await look(page, "questions-wrong");
  await people.answer(page, people.ANSWERS);
  await people.setPassword(page);
  await people.comeBack(page, people.OMAR);
  await mail.arrival(people.OMAR, "password was changed");
});

journey("the fourth set of answers is refused though right, and the mail still works", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await toTheQuestions(page, demo, MIA);
  for (let time = 0; time < 3; time += 1) await people.answer(page, ["a", "b", "c"]);
  await people.answer(page, people.ANSWERS);
  await page.getByRole("alert").getByText("too many wrong answers").waitFor();
  await look(page, "questions-locked");
  await people.press(page, "Reset via Email");
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await page.goto(button(await mail.arrival(MIA, "Reset"), "Reset Password"));
  await people.setPassword(page);
});

journey("a stranger sees the same questions every time", async ({ demo, browser }) => {
  const asked = [];
  for (let time = 0; time < 2; time += 1) {
    const page = await (await browser()).newPage();
    await toTheQuestions(page, demo, "nobody@riverside.example");
    asked.push(await page.getByRole("main").locator("label").allTextContents());
  }
  assert.equal(asked[0].length, 3);
  assert.deepEqual(asked[0], asked[1]);
});

journey("harbor-dispatch goes link, question, new password, sign-in", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, "harbor-dispatch");
  await page.goto(button(await mail.arrival("harbor-dispatch@harbor.example", "Reset"), "Reset Password"));
  await page.getByRole("heading", { name: "Password Challenge" }).waitFor();
  await look(page, "challenge");
  await people.field(page, "Answer").fill("wrong");
  await people.press(page, "Submit");
  await page.getByRole("alert").getByText("not the answer").waitFor();
  await look(page, "challenge-wrong");
  const question = await page.locator("#question").textContent();
  const known = [["stuffed animal", "blue"], ["first pet", "rex"], ["parents meet", "paris"]];
  await people.field(page, "Answer").fill(known.find(([words]) => question.includes(words))[1]);
  await people.press(page, "Submit");
  await people.setPassword(page);
  await people.press(page, "Sign In");
  assert.equal(await people.field(page, "Email or username").inputValue(), "harbor-dispatch");
  await people.press(page, "Next");
  await people.tryPassword(page, people.NEW_PASSWORD);
  await people.isSignedIn(page);
});

journey("harbor-night is told by mail whom to ask", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, "harbor-night");
  const letter = await mail.arrival("night@harbor.example", "Ask your administrator");
  assert.match(letter.text, /Grace Lindholm, chief@harbor\.example/);
  assert.doesNotMatch(letter.html, /recover\/link/);
});
