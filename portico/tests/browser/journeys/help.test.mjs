// Help, its topics, Help me sign in and the Contact Form, as somebody meets them who does not get in.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { LETTER, look } from "../lib/look.mjs";
import { button } from "../lib/mailbox.mjs";
import * as people from "../lib/people.mjs";

const { journey } = house();
const TOPICS = ["first-time", "password", "username", "code", "mail", "wrong", "sites", "locked", "signing-in", "product", "shared", "allow-our-mail"];
const QUESTION = "It says my account is locked.\nWhat now?";

const writeTo = async (page, email) => {
  await people.field(page, "Your name").fill("Nora Okafor");
  await people.field(page, "Your email").fill(email);
  await people.field(page, "Your message").fill(QUESTION);
  await people.press(page, "Send");
};

const isSent = (page) => page.getByRole("heading", { name: "We have it" }).waitFor();

journey("every topic can be read by everybody, and printed", async ({ demo, browser }) => {
  const page = await (await browser()).newPage();
  for (const topic of [...TOPICS, "guide", "sign-in"]) {
    await page.goto(`${demo.url}/help/${topic}`);
    await look(page, `help-${topic}`);
  }
  await page.goto(`${demo.url}/help/guide`);
  await page.emulateMedia({ media: "print" });
  for (const gone of [people.control(page, "Print this page"), page.getByRole("link", { name: "Need help signing in?" })]) {
    assert.equal(await gone.isVisible(), false, "what can only be pressed is not printed");
  }
  assert.ok(await page.getByText("After 3 wrong tries").first().isVisible());
  assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
});

journey("whoever is lost keeps name and destination through help, and gets the answer by mail", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await page.goto(`${demo.url}/account`);
  await people.identify(page, people.NORA);
  await people.press(page, "Need help signing in?");
  await page.getByText("Riverside service desk").waitFor();
  await people.press(page, "My account is locked");
  await page.getByRole("heading", { name: "My account is locked" }).waitFor();
  await people.press(page, "Need help signing in?");
  await people.press(page, "Help me sign in");
  assert.equal(await people.field(page, "Email or username").inputValue(), people.NORA);
  await people.press(page, "Help me sign in");
  await page.getByRole("heading", { name: "Check your mail" }).waitFor();
  const answer = await mail.arrival(people.NORA, "What keeps you from signing in");
  assert.match(answer.text, /nobody has given you a product yet/);
  assert.match(answer.text, /Dana Whitfield/);
  await page.goto(`${demo.url}/demo/mail/${answer.id}/html`);
  await look(page, "letter-help", LETTER);
  await page.goto(`${demo.url}/demo/mail`);
});

journey("every answer of Help me sign in comes to the mailbox, where it can be read", async ({ demo, browser, mail }) => {
  const MIA = "mia@riverside.example";
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, MIA, "wrong");
  for (let time = 0; time < 2; time += 1) await people.tryPassword(page, "wrong");
  const KEEPS = "What keeps you from signing in";
  const answers = [
    [people.OMAR, "nothing that keeps you out", KEEPS],
    [MIA, "is locked until", KEEPS],
    ["lee@lakeshore.example", "through Lakeshore Hospital", KEEPS],
    ["ivan@riverside.example", "Temporary password", "Continue your registration"],
    ["harbor-dispatch@harbor.example", "Type harbor-dispatch on the sign-in page", KEEPS],
    ["ed@harbor.example", "harbor-ed", KEEPS],
    ["nobody@riverside.example", "There is no account here", ""],
  ];
  for (const [address, says, subject] of answers) {
    await page.goto(`${demo.url}/help/sign-in`);
    await people.field(page, "Email or username").fill(address);
    await people.press(page, "Help me sign in");
    await page.getByRole("heading", { name: "Check your mail" }).waitFor();
    const answer = await mail.arrival(address, subject);
    assert.ok(answer.text.replace(/\s+/g, " ").includes(says), answer.text);
    await page.goto(`${demo.url}/demo/mail`);
    await page.locator(`a[href="/demo/mail/${answer.id}"]`).click();
    await page.getByRole("heading", { name: answer.subject }).waitFor();
    await people.press(page, "Open the mail");
    await page.getByRole("heading", { level: 1 }).first().waitFor();
  }
});

journey("a locked person asks a question, with script", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.signIn(page, demo, people.LUCIA, "wrong");
  for (let time = 0; time < 2; time += 1) await people.tryPassword(page, "wrong");
  await people.press(page, "Contact Form");
  assert.equal(await people.field(page, "What is it about?").inputValue(), "locked");
  assert.equal(await people.field(page, "Your email").inputValue(), people.LUCIA);
  assert.equal(await people.field(page, "Telephone").isVisible(), false, "nobody wants to be called");
  await look(page, "contact");
  await people.field(page, "Be called back").check();
  assert.ok(await people.field(page, "Telephone").isVisible());
  await look(page, "contact-call-back");
  await people.field(page, "Ask a question").check();
  await writeTo(page, "nora@");
  await page.getByRole("alert").waitFor();
  assert.equal(await people.field(page, "Your message").inputValue(), QUESTION, "nothing typed is lost");
  await look(page, "contact-odd");
  await writeTo(page, people.NORA);
  await isSent(page);
  await look(page, "contact-sent");
  await mail.arrival(people.NORA, "We have your question");
});

journey("a call back is asked for without script", async ({ demo, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await page.goto(`${demo.url}/nothing-here`);
  await people.press(page, "Contact Form");
  assert.equal(await people.field(page, "What is it about?").inputValue(), "error");
  await people.field(page, "Be called back").check();
  await people.field(page, "Your name").fill("Nora Okafor");
  await people.press(page, "Send");
  await page.getByText("Please type a telephone number").first().waitFor();
  assert.ok(await people.field(page, "Be called back").isChecked());
  await people.field(page, "Telephone").fill("+1 555 0142");
  await people.field(page, "Best time to call").fill("after six");
  await people.press(page, "Send");
  await isSent(page);
});

journey("a password that is too easy is told what helps", async ({ demo, browser, mail }) => {
  const page = await (await browser()).newPage();
  await people.askForReset(page, demo, people.DANA);
  await page.goto(button(await mail.arrival(people.DANA, "Reset"), "Reset Password"));
  for (const [password, reason] of [["Riverside2026!", "is a name"], ["qwertasdfgzxcvb", "keys of the keyboard"], ["P@55w0rd!", "Many people use"]]) {
    await people.field(page, "New Password").fill(password);
    await people.field(page, "Verify Password").fill(password);
    await Promise.all([page.waitForEvent("load"), people.press(page, "Submit")]);
    await page.getByText(reason).first().waitFor();
  }
  await look(page, "set-password-common");
  await people.field(page, "New Password").fill("seven quiet lanterns burn");
  await page.getByText("Strong: long passwords are hard to guess.").waitFor();
});
