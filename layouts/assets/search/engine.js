// The search engine, from a host and from disk alike: Pagefind's own code and data, as classic scripts, each loaded when
// it is first needed. `searchEngine.load()` gives it; nothing is fetched before, and nothing of the page is changed.
"use strict"

const searchEngine = (() => {
    const root = new URL("../../", document.currentScript.src)
    const parts = new URL("search/", root)
    const onDisk = root.protocol === "file:"
    const waitingFor = new Map()
    let starting

    function load() {
        starting ??= start()
        return starting
    }

    async function start() {
        const entry = await part(onDisk ? "entry.js" : `entry.js?${Date.now()}`)
        for (const { hash } of Object.values(entry.pagefind.languages)) part(`pagefind.${hash}.pf_meta.js`)
        const { engine, wasm } = await part(entry.engine)
        const pagefind = engine(url => answer(url, entry, wasm), Worker).createInstance({
            basePath: "/pagefind/",
            baseUrl: root.pathname,
            noWorker: true,
            metaCacheTag: "",
        })
        return pagefind
    }

    async function answer(url, entry, wasm) {
        const name = url.replace("/pagefind/", "").replace(/\?.*/, "")
        if (name === "pagefind-entry.json") return new Response(JSON.stringify(entry.pagefind))
        return new Response(bytesOf(wasm[name] ?? (await part(`${name}.js`))))
    }

    function part(name) {
        if (!waitingFor.has(name)) waitingFor.set(name, ask(name))
        return waitingFor.get(name)
    }

    function ask(name) {
        return new Promise((resolve, reject) => {
            const script = document.createElement("script")
            script.src = new URL(name, parts).href
            script.onload = () => (script.remove(), resolve(script.data))
            script.onerror = () => (script.remove(), reject(new Error(`search: ${name} cannot be loaded`)))
            document.head.append(script)
        })
    }

    function bytesOf(base64) {
        if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64)
        return Uint8Array.from(atob(base64), character => character.charCodeAt(0))
    }

    return { load }
})()
