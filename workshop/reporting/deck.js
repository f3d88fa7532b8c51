// The deck of the report: one slide at a time, by keys, taps and swipes. It asks nobody for anything.
"use strict";

(() => {
  const deck = document.querySelector(".deck");
  const slides = [...deck.querySelectorAll(".slide")];
  let at = 0;

  document.documentElement.classList.add("live");
  show(Math.min(Math.max(Number.parseInt(location.hash.replace("#slide-", ""), 10) || 1, 1), slides.length) - 1);
  document.querySelectorAll(".report text[data-room]").forEach(fit);

  const keys = {
    ArrowRight: () => show(at + 1),
    ArrowDown: () => show(at + 1),
    PageDown: () => show(at + 1),
    " ": () => show(at + 1),
    ArrowLeft: () => show(at - 1),
    ArrowUp: () => show(at - 1),
    PageUp: () => show(at - 1),
    Home: () => show(0),
    End: () => show(slides.length - 1),
    f: full,
    s: () => document.documentElement.classList.toggle("speaking"),
    p: () => window.print(),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = keys[name];
    const reading = scrollY > innerHeight / 2 && !document.fullscreenElement; // the report scrolls as any page does
    if (!act || (reading && !"fsp".includes(name))) return;
    event.preventDefault();
    if (event.shiftKey && name === " ") show(at - 1);
    else act();
  });

  deck.addEventListener("click", (event) => {
    if (getSelection().isCollapsed) show(at + (event.clientX < innerWidth / 4 ? -1 : 1));
  });

  /** @param {number} place */
  function show(place) {
    at = Math.min(Math.max(place, 0), slides.length - 1);
    slides.forEach((slide, index) => slide.classList.toggle("shown", index === at));
    slides[at].querySelectorAll("text[data-room]").forEach(fit);
    history.replaceState(null, "", `#slide-${at + 1}`);
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else deck.requestFullscreen();
  }

  /** A line that this browser's fonts draw wider than its box is drawn narrower. @param {SVGTextElement} text */
  function fit(text) {
    const room = Number(text.dataset.room);
    if (!room || text.getComputedTextLength() <= room) return;
    text.setAttribute("textLength", String(room));
    text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  }
})();
