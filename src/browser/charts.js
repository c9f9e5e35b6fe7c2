// Charts from outside: read from what was dropped or chosen, and kept in the browser (IndexedDB). Nothing of them is looked into here.

const MOST_FILES = 20_000
const MOST_BYTES = 100 * 2 ** 20

/** What was dropped, to be read later. Call it within the drop event: afterwards the browser tells no more. */
export const dropped = (transfer) =>
  [...transfer.items].filter((item) => item.kind === 'file').map((item) => item.webkitGetAsEntry?.() ?? item.getAsFile()).filter(Boolean)

/** What was chosen in a file input; the files of a chosen folder know their path. The input is emptied, so that the same can be chosen again. */
export function chosen(input) {
  const files = [...input.files]
  input.value = ''
  return files
}

/** Reads what `dropped` or `chosen` gave: `{ charts: [{ name, archive } or { name, files: [[path, bytes]] }], files: [File], faults: [text] }`. */
export async function read(given) {
  const found = { charts: [], files: [], faults: [] }
  const folders = new Map()
  for (const one of given) {
    try {
      if (one.isDirectory) folders.set(one.name, await below(one))
      else await sort(one.isFile ? await file(one) : one, found, folders)
    } catch {
      found.faults.push(`${one.name} could not be read`)
    }
  }
  for (const [name, files] of folders) {
    const bytes = files.reduce((sum, [, file]) => sum + file.size, 0)
    if (files.length > MOST_FILES) found.faults.push(`${name} has more than ${MOST_FILES} files: drop a chart's folder`)
    else if (bytes > MOST_BYTES) found.faults.push(`${name} holds more than 100 MiB, which Helm would not load either`)
    else {
      const all = await Promise.all(files.map(async ([path, file]) => [path, await bytesOf(file)])).catch(() => undefined)
      if (all) found.charts.push({ name, files: all })
      else found.faults.push(`${name} could not be read`)
    }
  }
  return found
}

async function sort(file, found, folders) {
  const path = file.webkitRelativePath
  if (path) {
    const [top] = path.split('/')
    if (!path.includes('/.git/')) folders.set(top, [...(folders.get(top) ?? []), [path, file]])
  } else if (/\.(tgz|tar\.gz)$/i.test(file.name)) {
    if (file.size > MOST_BYTES) found.faults.push(`${file.name} is larger than 100 MiB, which Helm would not load either`)
    else found.charts.push({ name: file.name, archive: await bytesOf(file) })
  } else found.files.push(file)
}

/** The files below a folder: path and file. */
async function below(folder) {
  const found = []
  const waiting = [folder]
  while (waiting.length && found.length <= MOST_FILES) {
    const reader = waiting.pop().createReader()
    for (;;) {
      // A reader gives up to 100 at a time, and none at the end.
      const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject))
      if (!entries.length) break
      for (const entry of entries) {
        if (entry.isFile) found.push([entry.fullPath.slice(1), await file(entry)])
        else if (entry.name !== '.git') waiting.push(entry)
      }
    }
  }
  return found
}

const file = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject))
const bytesOf = async (file) => new Uint8Array(await file.arrayBuffer())

const STORE = 'charts'

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('chartwright', 1)
    request.onupgradeneeded = () => request.result.createObjectStore(STORE)
    request.onsuccess = () => resolve(request.result)
    request.onerror = request.onblocked = () => reject(request.error)
  })
}

async function within(mode, act) {
  const base = await open()
  try {
    const transaction = base.transaction(STORE, mode)
    const request = act(transaction.objectStore(STORE))
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve
      transaction.onerror = transaction.onabort = () => reject(transaction.error)
    })
    return request.result
  } finally {
    base.close()
  }
}

/** Keeps a chart; false where the browser refuses. */
export const keep = (id, chart) => within('readwrite', (store) => store.put({ id, ...chart }, id)).then(() => true, () => false)

/** Forgets a chart. */
export const forget = (id) => within('readwrite', (store) => store.delete(id)).catch(() => undefined)

/** All kept charts, each with its id. */
export const kept = () => within('readonly', (store) => store.getAll()).catch(() => [])
