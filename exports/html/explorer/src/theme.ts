// Light or dark: as the reader once chose, else as the system has it.
export type Theme = "light" | "dark";

export const DARK = matchMedia("(prefers-color-scheme: dark)");
const KEY = "newsgraph-theme";

export function wanted(): Theme { return DARK.matches ? "dark" : "light"; }

/** What the reader chose before; nothing where that is unknown, as storage may be refused to a page opened from a file. */
export function chosen(): Theme | null {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === "light" || kept === "dark" ? kept : null;
  } catch {
    return null;
  }
}

export function keep(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It holds for as long as the page is open.
  }
}
