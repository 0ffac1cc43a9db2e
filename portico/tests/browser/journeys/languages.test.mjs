// The main pages in Spanish and French, whose words are longer: everybody can read them, and nothing leaves its card.

import assert from "node:assert/strict";

import { house } from "../lib/house.mjs";
import { look, lookAtLetter } from "../lib/look.mjs";
import { PASSWORD, OMAR } from "../lib/people.mjs";

const { journey } = house();

// What is written here is what people read; everything else is found by the names of fields and the one main button.
const LANGUAGES = {
  es: { locale: "es-US", reset: "Restablezca su contraseña", button: "Restablecer la contraseña", forgot: "¿Olvidó su contraseña?" },
  fr: { locale: "fr-CA", reset: "Réinitialisez votre mot de passe", button: "Réinitialiser le mot de passe", forgot: "Mot de passe oublié\u202f?" },
};

const type = (page, name, text) => page.locator(`[name="${name}"]`).first().fill(text);
const goOn = (page) => Promise.all([page.waitForEvent("load"), page.locator("main .button").first().click()]);

for (const [language, { locale, reset, button, forgot }] of Object.entries(LANGUAGES)) {
  const see = async (page, name) => {
    assert.equal(await page.locator("html").getAttribute("lang"), language);
    await look(page, `${language}-${name}`);
  };

  journey(`the way in, ${language}`, async ({ demo, browser }) => {
    const page = await (await browser({ locale })).newPage();
    await page.goto(`${demo.url}/sign-in`);
    await see(page, "sign-in");
    await type(page, "identifier", OMAR);
    await goOn(page);
    await see(page, "password");
    await type(page, "password", "no such password");
    await goOn(page);
    await see(page, "wrong");
    await type(page, "password", PASSWORD);
    await goOn(page);
    await see(page, "portal");
    await page.goto(`${demo.url}/account`);
    await see(page, "account");
  });

  journey(`the way back in, ${language}`, async ({ demo, browser, mail }) => {
    const page = await (await browser({ locale })).newPage();
    await page.goto(`${demo.url}/sign-in`);
    // Of this language's own: whoever has signed in before reads another.
    const who = language === "es" ? "dana@riverside.example" : "lucia@riverside.example";
    await type(page, "identifier", who);
    await goOn(page);
    await Promise.all([page.waitForEvent("load"), page.getByRole("link", { name: forgot, exact: true }).click()]);
    await see(page, "recover");
    await page.locator('[name="way"][value="email"]').check();
    await goOn(page);
    await see(page, "check-mail");
    const letter = await mail.arrival(who, reset);
    await page.goto(letter.html.match(/href="([^"]*\/recover\/link\/[^"]+)"/)[1]);
    assert.ok(letter.html.includes(button));
    await see(page, "set-password");
    const reader = await (await browser({ locale, viewport: { width: 320, height: 844 } })).newPage();
    await reader.setContent(letter.html);
    await lookAtLetter(reader, `${language}-reset`);
  });

  journey(`help, ${language}`, async ({ demo, browser }) => {
    const page = await (await browser({ locale })).newPage();
    for (const [path, name] of [["/help", "help"], ["/help/guide", "guide"], ["/support", "contact"], ["/recover/user-name", "user-name"], ["/nowhere", "nowhere"]]) {
      await page.goto(demo.url + path);
      await see(page, name);
    }
  });
}

journey("a language chosen without a script", async ({ demo, browser }) => {
  const page = await (await browser({ javaScriptEnabled: false })).newPage();
  await page.goto(`${demo.url}/help`);
  await page.getByRole("button", { name: "Français" }).click();
  await page.getByRole("heading", { level: 1, name: "Besoin d’aide pour vous connecter" }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/help");
});
