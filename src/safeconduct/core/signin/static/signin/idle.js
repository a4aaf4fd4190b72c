// Nobody is here for a quarter of an hour: the page is taken off the screen, in every window, and the site locks the session.
// Two minutes before, it says so. While somebody types without sending, the site is told that somebody is here.
(() => {
  "use strict";

  const told = document.currentScript.dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const idle = Number(told.idle) * 1000;
  const warn = Number(told.warn) * 1000;
  const between = 60 * 1000;
  const windows = "BroadcastChannel" in window ? new BroadcastChannel("safeconduct") : null;
  let last = Date.now();
  let sent = Date.now();
  let covered = false;
  let warning = null;

  const post = (address, fields) =>
    fetch(address, {
      method: "POST",
      keepalive: true,
      headers: { "X-CSRFToken": token, "Content-Type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams(fields),
    });

  const unwarn = () => {
    if (warning) warning.remove();
    warning = null;
  };

  const active = (elsewhere) => {
    if (covered) return;
    last = Date.now();
    unwarn();
    if (elsewhere) return;
    if (windows) windows.postMessage("here");
    if (last - sent > between) {
      sent = last;
      post(told.here, {}).catch(() => {});
    }
  };

  const show = () => {
    warning = document.createElement("div");
    warning.className = "idle-soon";
    warning.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = told.soon;
    const button = document.createElement("button");
    button.className = "btn main";
    button.type = "button";
    button.textContent = told.stay;
    button.addEventListener("click", () => active(false));
    warning.append(words, button);
    document.body.append(warning);
  };

  // Every window is empty at once, and each tells the site before it goes to the lock, which would send it back else.
  const cover = (first) => {
    if (covered) return;
    covered = true;
    const next = location.pathname + location.search;
    document.title = "…";
    document.body.replaceChildren();
    if (first && windows) windows.postMessage("cover");
    post(told.cover, { next })
      .catch(() => {})
      .finally(() => location.replace(`${told.locked}?${new URLSearchParams({ next })}`));
  };

  const look = () => {
    const quiet = Date.now() - last;
    if (quiet >= idle) cover(true);
    else if (quiet >= idle - warn && !warning) show();
  };

  let noted = 0;
  const note = () => {
    if (Date.now() - noted < 1000 || warning) return;
    noted = Date.now();
    if (Date.now() - last >= idle) return look();
    active(false);
  };

  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart"]) addEventListener(kind, note, { passive: true });
  if (windows) windows.onmessage = (event) => (event.data === "cover" ? cover(false) : active(true));
  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  setInterval(look, 1000);
})();
