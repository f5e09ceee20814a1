// The search engine, the same from a host and from disk: Pagefind's own code and data as classic scripts, each loaded
// when it is first needed. A script leaves its content on its own element; nothing else of the page is touched.
//
//     const engine = await searchEngine.load()
//     const found = await engine.search("starlink", { filters: { publisher: "Reuters" }, sort: { date: "desc" } })
//     const first = await found.results[0].data()    // url, meta, content, anchors, locations, …
//
// Searches and results are Pagefind's: https://pagefind.app/docs/api/
// But for `locations`, what a result says of its words (excerpt, sub_results) may be of a later search.
"use strict"

window.searchEngine ??= (() => {
    const root = window.singleFile?.root ?? new URL("../../", document.currentScript.src)
    const scripts = new URL("search/", root)
    const pagefindFolder = "/pagefind/"
    // A page's date is not what it says; a long text that says much comes before a short one.
    const ranking = { pageLength: 0.1, metaWeights: { title: 5, source: 0, date: 0, about: 0 } }
    let running

    /** Resolves when a search can be answered; rejects when something of the engine cannot be loaded. */
    async function load() {
        await ask(pagefind => pagefind.preload(""))
        return { search, filters, preload }
    }

    async function search(query, options = {}) {
        const found = await ask(pagefind => pagefind.search(query, options))
        return { ...found, results: found.results.map(withItsOwnData) }
    }

    /** Pagefind has one object for a page, and each search that asks for it writes its own places into it. */
    function withItsOwnData(result) {
        return { ...result, data: async () => ({ ...(await result.data()), locations: result.words }) }
    }

    /** Every filter with its values and counts. From then on each search counts too, which takes it longer. */
    const filters = () => ask(pagefind => pagefind.filters())
    /** Loads what a search for these words needs, while they are still being typed. */
    const preload = (query, options = {}) => ask(pagefind => pagefind.preload(query, options))

    // Pagefind finds less, in silence, where a file is missing: then all is begun anew, once. A site that was published
    // again since this page was opened has other files, and the new start finds them.
    async function ask(question, again = true) {
        running ??= start()
        const asked = running
        try {
            const { pagefind, missing } = await asked
            const answer = await question(pagefind)
            if (!missing.length) return answer
            throw missing[0]
        } catch (failure) {
            if (running === asked) running = undefined
            asked.then(({ pagefind }) => pagefind.destroy()).catch(() => {})
            if (again) return ask(question, false)
            throw failure
        }
    }

    async function start() {
        // The one name that stays the same when the content changes, so no cache may answer for the host.
        const entry = await content(root.protocol === "file:" ? "entry.js" : `entry.js?${Date.now()}`)
        const [code, worker, ...metas] = await Promise.all([
            content(entry.code),
            entry.worker && content(entry.worker),
            ...entry.metas.map(name => content(`${name}.js`)),
        ])
        const files = { ...entry.files, ...code.files }
        entry.metas.forEach((name, n) => (files[name] = metas[n]))
        const missing = []

        async function bytes(address) {
            const name = address.replace(pagefindFolder, "").replace(/\?.*/, "")
            try {
                return bytesOf(files[name] ?? (await content(`${name}.js`)))
            } catch (failure) {
                missing.push(failure)
                throw failure
            }
        }

        const fetch = async address => new Response(await bytes(address))
        const pagefind = code.engine(fetch, worker && workerThatAsks(bytes, worker)).createInstance({
            basePath: pagefindFolder,
            baseUrl: root.pathname,
            noWorker: !worker,
            metaCacheTag: "",
            ranking,
        })
        return { pagefind, missing }
    }

    /** What the script of this name holds. */
    function content(name) {
        if (window.singleFile) return singleFile.content(name)
        return new Promise((resolve, reject) => {
            const script = document.createElement("script")
            script.onload = () => {
                script.remove()
                resolve(script.data)
            }
            script.onerror = () => {
                script.remove()
                reject(new Error(`${scripts}${name} cannot be loaded`))
            }
            script.src = new URL(name, scripts).href
            document.head.append(script)
        })
    }

    /** A file as Pagefind reads it: packed, in base64, or JSON after its magic word. */
    function bytesOf(file) {
        if (typeof file !== "string") return new TextEncoder().encode(`pagefind_dcd${JSON.stringify(file)}`)
        if (Uint8Array.fromBase64) return Uint8Array.fromBase64(file)
        return Uint8Array.from(atob(file), character => character.charCodeAt(0))
    }

    // From disk no worker may read a file: it asks the page for what it needs.
    function workerThatAsks(bytes, source) {
        const code = [`const fetch = (${fetchFromThePage})();\n`, source]
        return function () {
            const worker = new Worker(URL.createObjectURL(new Blob(code, { type: "text/javascript" })))
            worker.addEventListener("message", async ({ data: { asked, address } }) => {
                if (!asked) return
                const body = await bytes(address).catch(() => null)
                worker.postMessage({ asked, body }, body ? [body.buffer] : [])
            })
            return worker
        }
    }

    /** Runs in the worker, before Pagefind's own code and its own listener. */
    function fetchFromThePage() {
        const waiting = new Map()
        let count = 0
        addEventListener("message", event => {
            const { asked, body } = event.data
            if (!asked) return
            event.stopImmediatePropagation()
            const { resolve, reject } = waiting.get(asked)
            waiting.delete(asked)
            if (body) resolve(new Response(body))
            else reject(new Error("the page could not load it"))
        })
        return address =>
            new Promise((resolve, reject) => {
                waiting.set(++count, { resolve, reject })
                postMessage({ asked: count, address })
            })
    }

    return { load }
})()
