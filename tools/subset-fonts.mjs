// Cuts the two fonts down to what the page shows: node tools/subset-fonts.mjs. The results are in git, under public/fonts.
import { readFile, writeFile } from 'node:fs/promises'
import subsetFont from 'subset-font'

const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('')
const words = `${ascii} ·–—‘’“”…•×→←↑↓≤≥±µäöüÄÖÜßéèêàçñ`
const fonts = [
  ['inter/files/inter-latin-wght-normal', 'inter', words, { wght: { min: 400, max: 700, default: 400 } }],
  ['jetbrains-mono/files/jetbrains-mono-latin-wght-normal', 'jetbrains-mono', `${ascii} ·–—…•→`, { wght: 400 }],
]
for (const [source, name, text, variationAxes] of fonts) {
  const font = await readFile(new URL(`../node_modules/@fontsource-variable/${source}.woff2`, import.meta.url))
  const small = await subsetFont(font, text, { targetFormat: 'woff2', variationAxes })
  await writeFile(new URL(`../public/fonts/${name}.woff2`, import.meta.url), small)
  console.log(`${name}: ${font.length} → ${small.length} bytes`)
}
