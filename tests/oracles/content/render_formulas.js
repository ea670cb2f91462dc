// SPDX-License-Identifier: GPL-3.0-or-later
//
// Renders content/formulas.toml to content/formulas/*.svg by MathJax:
//   npm install mathjax-full@3   (in any folder; NODE_PATH=…/node_modules)
//   node render_formulas.js content/formulas.toml content/formulas
// Run it when a formula changes and commit the pictures: neither the build nor the app needs npm.
const fs = require("fs");
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { SVG } = require("mathjax-full/js/output/svg.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { AllPackages } = require("mathjax-full/js/input/tex/AllPackages.js");

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const document = mathjax.document("", { InputJax: new TeX({ packages: AllPackages }), OutputJax: new SVG({ fontCache: "none" }) });
const [, , table, folder] = process.argv;
const lines = fs.readFileSync(table, "utf8").split("\n");
let name = null;
for (const line of lines) {
  const head = line.match(/^\[([a-z0-9-]+)\]$/);
  if (head) name = head[1];
  const tex = line.match(/^tex = '(.*)'$/);
  if (!tex) continue;
  const node = document.convert(tex[1], { display: true, em: 16, ex: 8, containerWidth: 800 });
  fs.writeFileSync(`${folder}/${name}.svg`, adaptor.innerHTML(node) + "\n");
}
