// Bundles what is not Rust, before Trunk builds: the page's CSS and the YAML editor. Writes public/generated/.
import { build } from 'esbuild'
import { mkdir } from 'node:fs/promises'

await mkdir('public/generated/editor', { recursive: true })
const common = { bundle: true, minify: true, logLevel: 'warning', target: ['chrome123', 'firefox120', 'safari17.5'] }
await build({ ...common, entryPoints: ['src/page.css'], outfile: 'public/generated/page.css', external: ['*.woff2'] })
await build({ ...common, entryPoints: ['src/editor/editor.mjs'], outfile: 'public/generated/editor/editor.js', format: 'esm', legalComments: 'linked' })
