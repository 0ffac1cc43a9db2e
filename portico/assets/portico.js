// Every page works without this file. Each part only adds to what is there, and finds it by a data- attribute.
"use strict";
{
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const lang = document.documentElement.lang;
  const locale = navigator.language.startsWith(lang) ? navigator.language : lang;

  // Times: the server wrote the organization's zone and named it; a reader with a script gets their own.
  const tell = (time) => {
    const at = new Date(time.dateTime);
    if (isNaN(at)) return;
    const now = new Date();
    const day = time.dataset.moment === "day";
    const hour = !day && { hour: "2-digit", minute: "2-digit" };
    const far = (day || at.toDateString() !== now.toDateString()) && { day: "numeric", month: "short" };
    const year = at.getFullYear() !== now.getFullYear() && { year: "numeric" };
    time.title = time.textContent;
    time.textContent = new Intl.DateTimeFormat(locale, { ...hour, ...far, ...year }).format(at);
  };
  all("time[data-moment]").forEach(tell);

  // The summary takes focus by `autofocus`; a page that comes back from the browser's cache needs telling again.
  const meet = () => document.querySelector("[data-problem]")?.focus();
  meet();

  // A second press while the first is under way sends nothing. Back, Stop or a lost network must not leave a dead form.
  const rest = (form) => { delete form.dataset.sent; form.removeAttribute("aria-busy"); };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    setTimeout(rest, 8000, form);
  });
  addEventListener("pageshow", (event) => {
    all("form[data-sent]").forEach(rest);
    if (event.persisted) meet();
  });

  all("[data-reveal]").forEach((button) => {
    const input = document.getElementById(button.getAttribute("aria-controls"));
    const set = (shown) => {
      input.type = shown ? "text" : "password";
      button.setAttribute("aria-pressed", shown);
      button.textContent = shown ? button.dataset.hide : button.dataset.show;
    };
    button.hidden = false;
    button.addEventListener("click", () => set(input.type === "password"));
    // Sent as a password again, or browsers would offer it later as plain text.
    input.form.addEventListener("submit", () => set(false));
  });

  all("[data-caps]").forEach((line) => {
    const input = document.getElementById(line.dataset.caps);
    const look = (event) => {
      const words = event.getModifierState?.("CapsLock") ? line.dataset.words : "";
      if (line.textContent !== words) line.textContent = words;
    };
    input.addEventListener("keydown", look);
    input.addEventListener("keyup", look);
    input.addEventListener("blur", () => { line.textContent = ""; });
  });

  // A value that is typed elsewhere. Without the script, or without leave to copy, it is text to be selected.
  all("[data-copy]").forEach((button) => {
    const words = button.textContent;
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 3000);
    });
  });

  // Printing, where there is something that prints.
  all("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // A new password, told in words why it will not do yet. The server decides; this only saves a round.
  all("[data-strength]").forEach((line) => {
    const input = document.getElementById(line.dataset.strength);
    const name = line.dataset.name.toLowerCase().split("@")[0];
    const judge = (typed) => {
      const missing = line.dataset.min - [...typed].length;
      if (!typed) return "";
      if (missing > 0) return line.dataset.short.replace("{n}", missing);
      if (name.length > 2 && typed.toLowerCase().includes(name)) return line.dataset.named;
      if (new Set(typed.toLowerCase()).size < 5) return line.dataset.same;
      return [...typed].length < 20 ? line.dataset.good : line.dataset.strong;
    };
    input.addEventListener("input", () => { line.textContent = judge(input.value); });
  });

  // Resend: a countdown. The reader's clock may be wrong, so never longer than the minute the server asks for.
  all("form[data-wait]").forEach((form) => {
    const button = form.querySelector("button");
    const line = form.querySelector("[data-words]");
    const end = Date.now() + Math.min(60000, new Date(form.dataset.wait) - Date.now());
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      button.disabled = left > 0;
      line.textContent = left > 0 ? line.dataset.words.replace("{n}", left) : "";
      if (left > 0) setTimeout(tick, 500);
    };
    tick();
  });

  // How the mail is doing. Asks less and less often, not at all while nobody looks, and never for longer than half an hour.
  all("[data-delivery]").forEach((line) => {
    const [text, time] = [line.querySelector("[data-text]"), line.querySelector("time")];
    const begun = Date.now();
    const ask = async () => {
      const age = Date.now() - begun;
      if (age > 1800000) return;
      try {
        if (document.hidden) throw 0;
        const answer = await fetch(line.dataset.delivery, { headers: { accept: "application/json" } });
        if (answer.status === 404 || answer.status === 410) return;
        const news = await answer.json();
        line.dataset.state = news.state;
        if (text.textContent !== news.text) text.textContent = news.text;
        if (news.at_iso && time.dateTime !== news.at_iso) {
          time.dateTime = news.at_iso;
          time.textContent = news.at_text;
          tell(time);
        }
        if (news.done) return;
      } catch { /* no network just now: ask again later */ }
      setTimeout(ask, age < 20000 ? 2000 : age < 120000 ? 5000 : 20000);
    };
    setTimeout(ask, 1000);
  });

  all("input[data-filter]").forEach((input) => {
    const empty = document.getElementById(input.dataset.filter);
    input.closest("[hidden]").hidden = false;
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      let found = 0;
      all("[data-find]").forEach((tile) => {
        tile.hidden = !words.every((word) => tile.dataset.find.toLowerCase().includes(word));
        found += !tile.hidden;
      });
      all("[data-group]").forEach((group) => { group.hidden = !group.querySelector("[data-find]:not([hidden])"); });
      empty.hidden = found > 0;
    });
  });

  // The demo's mailbox shows mails as text; their addresses become links.
  all("[data-links]").forEach((text) => {
    const parts = text.textContent.split(/(https?:\/\/[^\s<>]*[^\s<>.,])/);
    text.replaceChildren(...parts.map((part, at) => {
      if (at % 2 === 0) return part;
      const link = document.createElement("a");
      link.href = link.textContent = part;
      return link;
    }));
  });
}
