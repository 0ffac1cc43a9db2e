// My account: a second step of one's own wish; and one that is lost, with an administrator who helps.

import { house } from "../lib/house.mjs";
import { reach, tabTo } from "../lib/keyboard.mjs";
import { look } from "../lib/look.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();

const heading = (page, name) => page.getByRole("heading", { name, exact: true }).waitFor();

journey("omar sets an app up by his own wish, another one, new codes, and none any more, with the keyboard alone", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  const here = `${demo.url}/account/second-factor`;
  const pressed = async (name) => {
    await tabTo(page, name);
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  };
  const setUp = async (button) => {
    await pressed(button);
    await heading(page, "Set up a second step");
    await look(page, button === "Set Up an App" ? "my-first-app" : "my-other-app");
    const secret = (await page.locator("#key").textContent()).replaceAll(" ", "");
    await tabTo(page, "Enter code");
    await page.keyboard.type(people.totp(secret));
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    await heading(page, "Keep your recovery codes");
    await pressed("I have kept them");
  };
  await people.signIn(page, demo, people.OMAR);
  await people.isSignedIn(page);
  await page.goto(here);
  await look(page, "my-second-step-none");
  await setUp("Set Up an App");
  await look(page, "my-account");
  await page.goto(here);
  await look(page, "my-second-step");
  await setUp("Set Up Another App");
  await page.goto(here);
  await pressed("Make New Codes");
  await heading(page, "Keep your recovery codes");
  await look(page, "my-new-codes");
  await pressed("I have kept them");
  await page.getByText("Your recovery codes are kept.").waitFor();
  await reach(page, "Remove the app");
  await look(page, "my-second-step-remove");
  await pressed("Remove");
  await page.getByText("The app was removed.").waitFor();
});

journey("nora has lost everything, and dana has the second step taken away after making sure", async ({ demo, browser, mail }) => {
  const noras = await (await browser()).newPage();
  await people.signIn(noras, demo, people.NORA);
  await people.isSignedIn(noras);
  await noras.goto(`${demo.url}/account/second-factor`);
  await people.press(noras, "Set Up an App");
  await heading(noras, "Set up a second step");
  const secret = (await noras.locator("#key").textContent()).replaceAll(" ", "");
  await people.enterCode(noras, people.totp(secret));
  await people.press(noras, "I have kept them");
  await heading(noras, "My account");

  const lost = await (await browser()).newPage();
  await people.signIn(lost, demo, people.NORA);
  await people.press(lost, "Another way");
  await people.press(lost, "Ask for help");
  await lost.getByText("Your administrators have a mail").waitFor();
  await look(lost, "lost-second-step");
  await mail.arrival(people.DANA, "has lost the second step");

  const danas = await (await browser()).newPage();
  await people.signIn(danas, demo, people.DANA);
  await people.isSignedIn(danas);
  await danas.goto(`${demo.url}/account/lost-factors`);
  await look(danas, "lost-second-steps");
  await people.press(danas, "Help Nora Okafor");
  await people.press(danas, "Have It Taken Away");
  await danas.getByRole("alert").waitFor();
  await look(danas, "lost-second-steps-no-reason");
  await people.press(danas, "Help Nora Okafor");
  await people.field(danas, "How did you make sure?").fill("seen at the desk, badge 4711");
  await people.press(danas, "Have It Taken Away");
  await danas.getByText("It has begun.").waitFor();
  await look(danas, "lost-second-steps-waiting");
  await people.press(danas, "Stop it for Nora Okafor");
  await danas.getByText("It is stopped.").waitFor();
});
