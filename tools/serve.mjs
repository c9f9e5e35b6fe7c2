// Serves a folder of static files: node tools/serve.mjs [FOLDER [PORT [PREFIX]]]. PREFIX (such as /chartwright/) tries out hosting under a sub-path.
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

const types = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.txt': 'text/plain; charset=utf-8',
}

/** A name with the hash of what it holds: it never changes. */
const hashed = /-[0-9a-f]{16}(_bg)?\.\w+$/

/** Starts the server; resolves to it once it listens. Port 0 takes a free one. */
export function serve(folder, port = 0, prefix = '/') {
  const server = createServer(async (request, response) => {
    const fail = (status, text) => response.writeHead(status, { 'content-type': 'text/plain' }).end(`${text}\n`)
    let path
    try {
      path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname)
    } catch {
      return fail(400, 'Bad request')
    }
    if (!path.startsWith(prefix)) return fail(404, 'Not found')
    let file = join(folder, normalize(`/${path.slice(prefix.length)}`))
    if (path.endsWith('/')) file = join(file, 'index.html')
    const found = await stat(file).catch(() => undefined)
    if (!found?.isFile()) return fail(404, 'Not found')
    const etag = `"${found.size.toString(36)}-${Math.round(found.mtimeMs).toString(36)}"`
    const headers = { 'cache-control': hashed.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache', etag }
    if (request.headers['if-none-match'] === etag) return response.writeHead(304, headers).end()
    response.writeHead(200, { ...headers, 'content-type': types[extname(file)] ?? 'application/octet-stream', 'content-length': found.size })
    if (request.method === 'HEAD') return response.end()
    createReadStream(file).on('error', () => response.destroy()).pipe(response)
  })
  return new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve(server)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder = 'dist', port = '8080', prefix = '/'] = process.argv.slice(2)
  const server = await serve(folder, Number(port), prefix)
  console.log(`Chartwright is at http://localhost:${server.address().port}${prefix} (Ctrl+C ends it)`)
}
