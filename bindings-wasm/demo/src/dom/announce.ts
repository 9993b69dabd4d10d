// Saying what happened to people who cannot see it.

/** Says a sentence through the page's live region. */
export function announce(sentence: string): void {
  const region = document.getElementById("announcement");
  if (region === null) return;
  // The same sentence twice is said twice.
  region.textContent = "";
  requestAnimationFrame(() => {
    region.textContent = sentence;
  });
}
