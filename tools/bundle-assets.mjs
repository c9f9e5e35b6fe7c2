// Bundles what is not Rust, before Trunk builds: the page's CSS, the YAML editor, and the rules' pages, a file each. Writes public/generated/.
import { build } from 'esbuild'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { readRules } from './rules/read.mjs'
import { fragment } from './rules/html.mjs'

await mkdir('public/generated/editor', { recursive: true })
const common = { bundle: true, minify: true, logLevel: 'warning', target: ['chrome123', 'firefox120', 'safari17.5'] }
await build({ ...common, entryPoints: ['src/page.css'], outfile: 'public/generated/page.css', external: ['*.woff2'] })
await build({ ...common, entryPoints: ['src/editor/editor.mjs'], outfile: 'public/generated/editor/editor.js', format: 'esm', legalComments: 'linked' })
await rm('public/generated/rules', { recursive: true, force: true })
await mkdir('public/generated/rules')
for (const rule of readRules()) await writeFile(`public/generated/rules/${rule.id}.html`, fragment(rule))
