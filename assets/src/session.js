// Says two minutes before the session ends that it will, and offers to go on. The server is the guard: without this
// script the session ends just as well. Tabs of one session tell each other when one of them has spoken to the server.
"use strict";

(() => {
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) window.location.reload();
  });

  const dialog = document.getElementById("session-warning");
  if (!dialog) return;

  const lifetime = Number(dialog.dataset.endsIn) * 1000;
  const warning = Number(dialog.dataset.warnBefore) * 1000;
  const tabs = new BroadcastChannel("namens-session");
  let end = 0;

  const restart = () => {
    end = Date.now() + lifetime;
    if (dialog.open) dialog.close();
  };

  const leave = () => window.location.replace(dialog.dataset.endedUrl);

  const extend = async (event) => {
    event.preventDefault();
    const form = event.currentTarget;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return leave();
      restart();
      tabs.postMessage("extended");
    } catch {
      // No connection: the dialog stays, so that the person can try again.
    }
  };

  const look = () => {
    const left = end - Date.now();
    if (left <= 0) leave();
    else if (left <= warning && !dialog.open) dialog.showModal();
  };

  dialog.querySelector("[data-extend]").addEventListener("submit", extend);
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  tabs.addEventListener("message", restart);
  document.addEventListener("visibilitychange", look);
  restart();
  tabs.postMessage("loaded");
  window.setInterval(look, 1000);
})();
