// What every page needs: the theme, copying a command, and keys. No page needs this file to be read.
(() => {
  "use strict";
  const root = document.documentElement;

  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
  const toggle = () => {
    root.dataset.theme = dark() ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
    document.dispatchEvent(new CustomEvent("inconcert:theme"));
  };

  const copy = async (button) => {
    const text = button.dataset.copy ?? button.closest(".command")?.querySelector("code")?.textContent ?? "";
    await navigator.clipboard.writeText(text);
    const before = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = before; }, 1200);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-theme-toggle]")) toggle();
    if (button.matches("[data-copied]")) copy(button);
    if (button.matches("[data-keys]")) document.getElementById("keys")?.showModal();
  });

  // Whatever scrolls is reached by the Tab key, so that the arrows can move it.
  const reach = () => {
    for (const one of document.querySelectorAll("main *")) {
      const scrolls = one.clientHeight > 0 && (one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1);
      if (scrolls && !one.matches("a, button, input, select, textarea, iframe, [tabindex]") && /auto|scroll/.test(getComputedStyle(one).overflow)) one.tabIndex = 0;
    }
  };
  addEventListener("load", reach);
  document.addEventListener("htmx:after:swap", reach);

  // Who was within what is replaced stands in the new one: at the same field, or at its beginning.
  let last = null;
  document.addEventListener("focusin", (event) => { last = event.target; });
  document.addEventListener("htmx:after:swap", () => {
    if (!last || last.isConnected) return;
    const place = last.closest("[id]")?.id;
    const again = (last.name && document.querySelector(`${last.localName}[name="${CSS.escape(last.name)}"]`)) || (place && document.getElementById(place));
    again?.focus();
  });

  // Keys: "/" to the search, "?" for help, "g" and a letter for a part of the case, "j" and "k" along a list.
  let waiting = false;
  const along = (step) => {
    const items = [...document.querySelectorAll("[data-along] a[href]")];
    if (!items.length) return;
    const at = items.indexOf(document.activeElement);
    items[Math.min(items.length - 1, Math.max(0, at + step))].focus();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
    if (waiting) {
      waiting = false;
      document.querySelector(`a[data-go="${CSS.escape(event.key)}"]`)?.click();
      return;
    }
    if (event.key === "g") waiting = true;
    else if (event.key === "/") {
      const field = document.querySelector("input[type=search]");
      if (field) { event.preventDefault(); field.focus(); } else document.querySelector('a[data-go="s"]')?.click();
    } else if (event.key === "?") document.getElementById("keys")?.showModal();
    else if (event.key === "j") along(1);
    else if (event.key === "k") along(-1);
  });
})();
