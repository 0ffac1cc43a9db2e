// Names longer than anybody planned for: nothing leaves its card, neither at 320 px nor at twice the size. `look` measures it.

import { house } from "../lib/house.mjs";
import { look } from "../lib/look.mjs";
import { button, fact } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const IVAN = "ivan@riverside.example";
const FIRST = "Maximiliane-Friederike Theodora";
const LAST = "Donaudampfschifffahrtsgesellschaftskapitänswitwe-Rindfleisch";
const ADDRESS = "donaudampfschifffahrtsgesellschaftskapitaenswitwe-rindfleisch@riverside.example";
const USER_NAME = "rindfleischetikettierungsueberwachungsaufgabenuebertragung";

journey("a long name behind the door", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  const invitation = await mail.arrival(IVAN, "Tracer Access");
  await page.goto(button(invitation, "Begin"));
  await people.tryPassword(page, fact(invitation, "Temporary password"));
  await people.field(page, "First name").fill(FIRST);
  await people.field(page, "Last name").fill(LAST);
  await people.press(page, "Continue");
  for (const [number, answer] of ["Zwiebelchen", "Hasenpfeffer", "Castrop-Rauxel"].entries()) {
    await people.field(page, `Answer ${number + 1}`).fill(answer);
  }
  await people.press(page, "Submit");
  await people.field(page, "New Password").fill(people.NEW_PASSWORD);
  await people.field(page, "Verify Password").fill(people.NEW_PASSWORD);
  await people.press(page, "Submit");
  await people.press(page, "Send Verification Code");
  await people.field(page, "Verification code").fill(fact(await mail.arrival(IVAN, "verification code"), "Verification code"));
  await people.press(page, "Verify");
  await people.press(page, "Accept");
  await people.isSignedIn(page);
  await look(page, "long-portal");
  await page.goto(`${demo.url}/account`);
  await look(page, "long-account");
});

journey("a long address and a long user name before it", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/`);
  await people.identify(page, ADDRESS);
  await look(page, "long-password");
  await people.press(page, "Forgot Password?");
  await look(page, "long-recover");
  await people.press(page, "Continue");
  await page.getByRole("heading", { name: "Answer your security questions" }).waitFor();
  await look(page, "long-questions");
  await people.press(page, "Reset via Email");
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  await look(page, "long-check-mail");
  await people.askForReset(page, demo, USER_NAME);
  await look(page, "long-check-mail-user-name");
});
