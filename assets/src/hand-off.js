// Looks every 2.5 seconds whether the client said yes, while the page with the QR code is in view. It says so to screen
// readers too, and then opens the page again, which tells the rest. Without this script the button does the same.
"use strict";

(() => {
  const place = document.getElementById("hand-off-standing");
  if (!place) return;

  const EVERY = 2500;
  const words = place.querySelector("[role=status]");
  let waiting = 0;
  let busy = false;

  const openAgain = () => window.location.reload();

  const end = (standing) => {
    words.textContent = place.dataset[standing] || words.textContent;
    window.setTimeout(openAgain, 1000);
  };

  const ask = async () => {
    try {
      const answer = await fetch(place.dataset.url, { credentials: "same-origin", cache: "no-store" });
      if (answer.status === 404) return "gone";
      return answer.ok ? (await answer.json()).standing : "waits";
    } catch {
      // No connection: it is tried again.
      return "waits";
    }
  };

  const look = async () => {
    window.clearTimeout(waiting);
    if (document.hidden || busy) return;
    busy = true;
    const standing = await ask();
    busy = false;
    if (standing === "waits") waiting = window.setTimeout(look, EVERY);
    else end(standing);
  };

  document.addEventListener("visibilitychange", look);
  waiting = window.setTimeout(look, EVERY);
})();
