// Opens each page in Chromium, at two widths, in light and in dark.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const files = process.argv.slice(2);
if (files.length === 0) throw new Error("no page was named");
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const wrong = [];
let looked = 0;
for (const file of files) {
  for (const width of [1280, 390]) {
    for (const colorScheme of ["light", "dark"]) {
      const name = `${file.split("/").pop()}, ${width} pixels, ${colorScheme}`;
      // The page forbids scripts; axe is let in by the browser, not by the page.
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const requests = [];
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      const own = requests.filter((url) => url !== pathToFileURL(file).href);
      if (own.length > 0) wrong.push(`${name}: asks for ${own.join(", ")}`);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (overflow > 0) wrong.push(`${name}: ${overflow} pixels wider than the screen`);
      await page.evaluate(axe);
      const found = await page.evaluate(() => window.axe.run(document));
      if (found.passes.length < 10) wrong.push(`${name}: axe looked at hardly anything`);
      for (const one of found.violations) {
        wrong.push(`${name}: ${one.id} (${one.impact}): ${one.help}: ${one.nodes[0].html.slice(0, 160)}`);
      }
      await page.screenshot({ path: `${file}.${width}.${colorScheme}.png`, fullPage: true });
      looked += 1;
      await context.close();
    }
  }
}
await browser.close();
if (wrong.length > 0) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`${looked} views of ${files.length} pages: nothing found`);
