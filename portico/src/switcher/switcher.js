// <portico-switcher>: shows a person's products, and leads from one to the next. docs/operate/product-menu.md says how to use it.
// It renders the list it is given (property or attribute `list`, or JSON in a <script type="application/json"> inside it) and asks
// nobody for anything. Without a list it can read, what stands inside it stays: put plain links there.
(() => {
  const NAME = "portico-switcher";
  if (customElements.get(NAME) || !("adoptedStyleSheets" in Document.prototype)) return;

  // Constructed, so that no page has to allow inline styles for it.
  const looks = new CSSStyleSheet();
  looks.replaceSync(`
    :host { --t: #17222a; --m: #55636c; --s: #fff; --l: #c9d1d0; --h: #eef1f0; --a: #0b5d6e; display: inline-block; position: relative; }
    @supports (color: light-dark(#000, #fff)) {
      :host { --t: light-dark(#17222a, #e7edef); --m: light-dark(#55636c, #a2b0b7); --s: light-dark(#fff, #172025);
        --l: light-dark(#c9d1d0, #3a474e); --h: light-dark(#eef1f0, #243038); --a: light-dark(#0b5d6e, #74cbdd); }
    }
    :host([hidden]), [hidden] { display: none !important; }
    * { box-sizing: border-box; }
    nav { font: var(--portico-font, inherit); line-height: 1.4; }
    button { display: inline-flex; align-items: center; gap: 10px; min-height: 44px; padding: 0 12px; font: inherit; color: inherit;
      background: none; border: 1px solid transparent; border-radius: var(--portico-radius, 8px); cursor: pointer; }
    button:hover, [aria-expanded=true] { border-color: currentcolor; }
    button::before { content: ""; width: 18px; height: 18px;
      background: radial-gradient(circle, currentcolor 2px, transparent 2.5px) 0 0 / 6px 6px; }
    div { position: absolute; z-index: 1000; top: calc(100% + 4px); inset-inline-start: 0; width: 320px; max-width: calc(100vw - 16px);
      max-height: calc(100vh - 80px); overflow-y: auto; padding: 8px; color: var(--portico-text, var(--t));
      background: var(--portico-surface, var(--s)); border: 1px solid var(--portico-line, var(--l));
      border-radius: var(--portico-radius, 8px); box-shadow: 0 12px 32px -8px rgb(0 0 0 / 35%); }
    ul { list-style: none; margin: 0; padding: 0; }
    li > * { display: flex; align-items: center; gap: 12px; min-height: 56px; padding: 8px; color: inherit; text-decoration: none;
      border-radius: var(--portico-radius, 8px); }
    a:hover { background: var(--portico-hover, var(--h)); }
    a:hover strong { text-decoration: underline; }
    :focus-visible { outline: 3px solid var(--portico-accent, var(--a)); outline-offset: -1px; }
    button:focus-visible { outline-color: currentcolor; }
    i { flex: none; display: grid; place-items: center; width: 36px; height: 36px; overflow: hidden; border-radius: 8px; font: 650 15px/1 system-ui, sans-serif;
      background: var(--portico-hover, var(--h)); color: var(--portico-accent, var(--a)); }
    a:hover i { outline: 1px solid var(--portico-line, var(--l)); }
    img { width: 36px; height: 36px; object-fit: contain; }
    strong, small { display: block; }
    strong { font-weight: 600; }
    small { font-size: .8125em; color: var(--portico-muted, var(--m)); }
    [aria-current] { background: var(--portico-hover, var(--h)); box-shadow: inset 3px 0 var(--portico-accent, var(--a)); }
    div > a { display: flex; align-items: center; min-height: 44px; margin-top: 8px; padding: 0 8px; color: var(--portico-accent, var(--a));
      border-top: 1px solid var(--portico-line, var(--l)); text-underline-offset: 3px; }
    @media (forced-colors: active) { button::before { display: none; } [aria-current] { outline: 2px solid; } }
  `);

  const make = (name, attributes, ...children) => {
    const element = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    element.append(...children);
    return element;
  };

  // Whatever else an address could do, only going somewhere is wanted.
  const address = (text) => {
    try {
      const { protocol, href } = new URL(text);
      return protocol === "https:" || protocol === "http:" ? href : null;
    } catch {
      return null;
    }
  };

  const mark = (product) => {
    const letters = product.initials || [...product.name][0] || "";
    const src = address(product.logo_url);
    const box = make("i", { "aria-hidden": "true" });
    const picture = src ? make("img", { alt: "", src }) : letters;
    // A page that does not allow our pictures still has letters.
    if (src) picture.addEventListener("error", () => box.replaceChildren(letters));
    box.append(picture);
    return box;
  };

  const item = (product, words) => {
    const href = product.current ? null : address(product.url);
    const about = product.current ? words.current : (product.note ?? product.line);
    const text = make("span", {}, make("strong", {}, product.name));
    if (about) text.append(make("small", {}, about));
    const state = product.current ? { "aria-current": "true" } : {};
    return make("li", {}, make(href ? "a" : "span", href ? { href } : state, mark(product), text));
  };

  customElements.define(NAME, class extends HTMLElement {
    static observedAttributes = ["list"];
    #list = null;
    #button;
    #panel;
    #outside = (event) => { if (!event.composedPath().includes(this)) this.#show(false); };

    connectedCallback() {
      // Set before this script was there: then it hides the setter.
      if (Object.hasOwn(this, "list")) {
        const given = this.list;
        delete this.list;
        this.list = given;
      } else if (!this.#list) {
        this.#read(this.getAttribute("list") ?? this.querySelector("script[type='application/json']")?.textContent);
      }
    }

    disconnectedCallback() { if (this.#panel) this.#show(false); }

    attributeChangedCallback(name, before, text) { if (this.isConnected && text !== before) this.#read(text); }

    get list() { return this.#list; }

    set list(list) {
      if (!Array.isArray(list?.products)) return;
      this.#list = list;
      this.#render();
    }

    #read(text) {
      try {
        this.list = JSON.parse(text);
      } catch { /* no list: the plain links stay */ }
    }

    #render() {
      const { products, portal_url: portal, words = {} } = this.#list;
      const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
      root.adoptedStyleSheets = [looks];
      const label = this.getAttribute("label") ?? words.menu ?? "Products";
      const rows = products.filter((product) => typeof product?.name === "string").map((product) => item(product, words));
      const all = address(portal);
      this.#panel = make("div", { id: "products", hidden: "" }, make("ul", { role: "list" }, ...rows));
      if (all) this.#panel.append(make("a", { href: all }, words.portal ?? label));
      this.#button = make("button", { type: "button", "aria-controls": "products" }, label);
      const nav = make("nav", { "aria-label": label }, this.#button, this.#panel);
      this.#button.addEventListener("click", () => {
        this.#show(this.#panel.hidden);
        this.#button.focus(); // Safari gives no focus to a button that is clicked, and Escape goes where the focus is.
      });
      nav.addEventListener("keydown", (event) => this.#key(event));
      nav.addEventListener("focusout", (event) => { if (event.relatedTarget && !nav.contains(event.relatedTarget)) this.#show(false); });
      root.replaceChildren(nav);
      this.#show(false);
    }

    #show(open) {
      const panel = this.#panel;
      panel.hidden = !open;
      this.#button.setAttribute("aria-expanded", String(open));
      document[open ? "addEventListener" : "removeEventListener"]("pointerdown", this.#outside);
      if (!open) return;
      // Within the window, wherever the page has put the button.
      panel.style.translate = "";
      const { left, right } = panel.getBoundingClientRect();
      const over = Math.max(0, right + 8 - document.documentElement.clientWidth);
      const shift = Math.max(8 - left, -over);
      if (left < 8 || over) panel.style.translate = `${shift}px`;
    }

    #key(event) {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const links = [...this.#panel.querySelectorAll("a")];
      const at = links.indexOf(this.shadowRoot.activeElement);
      const steps = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 };
      if (event.key === "Escape" && !this.#panel.hidden) {
        this.#show(false);
        this.#button.focus();
      } else if (event.key in steps && (at >= 0 || event.key.startsWith("Arrow"))) {
        this.#show(true);
        links.at(steps[event.key] % links.length)?.focus();
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }
  });
})();
