// What the demo's mail server was handed.

import { until } from "./until.mjs";

const decode = (text) => text.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#x2F;", "/");

export const mailbox = (demo) => {
  const all = async () => (await fetch(`${demo.url}/demo/mail.json`)).json();

  // Newest first. `subject` is a part of the subject.
  const to = async (address, subject = "") =>
    (await all()).filter((mail) => mail.to.includes(address) && mail.subject.includes(subject));

  // The newest one, as soon as there are `count` of them.
  const arrival = (address, subject = "", count = 1) =>
    until(`mail ${count} to ${address} about "${subject}"`, async () => {
      const mails = await to(address, subject);
      return mails.length >= count && mails[0];
    });

  return { all, to, arrival };
};

// What the mail says under a name, such as its temporary password.
export const fact = (mail, name) => {
  const found = new RegExp(`^${name}: (.+)$`, "m").exec(mail.text);
  if (!found) throw new Error(`no ${name} in the mail "${mail.subject}":\n${mail.text}`);
  return found[1];
};

// Where the button with this name leads.
export const button = (mail, name) => {
  const links = [...mail.html.matchAll(/<a\b[^>]*\bhref="([^"]+)"[^>]*>([\s\S]*?)<\/a>/g)];
  const found = links.find(([, , inner]) => inner.replace(/<[^>]*>/g, "").trim() === name);
  if (!found) throw new Error(`no button "${name}" in the mail "${mail.subject}":\n${mail.text}`);
  return decode(found[1]);
};
