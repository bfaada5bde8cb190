// Asks every three seconds how far somebody is, and shows it when it changed. Without this the button does the same.
(() => {
  const place = document.querySelector("[data-stand]");
  if (!place) {
    return;
  }
  let shown = null;
  const ask = async () => {
    if (document.hidden) {
      return;
    }
    try {
      const answer = await fetch(place.dataset.stand);
      const text = answer.ok && !answer.redirected ? await answer.text() : shown;
      if (text !== shown) {
        place.innerHTML = text;
        shown = text;
      }
    } catch {
      // The network is away: the next turn asks again.
    }
  };
  ask();
  setInterval(ask, 3000);
  document.addEventListener("visibilitychange", ask);
})();
