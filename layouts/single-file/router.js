// A whole site in one file: every page is packed in it, and shown where the address says, `#/articles/x.html#p12`.
//
// A page is what it is on a host, and so are its scripts: they run anew on each page that names them, and see an address
// of their own. For that they are functions of `location`, `history` and `addEventListener`, which stand for the page's.
// Nothing is patched. Below, a path is one in the site; a fragment begins with `#` or is empty.
"use strict"

window.singleFile = (() => {
    // Where pages believe to be. No such host can exist; no address of it is ever asked for.
    const root = new URL("https://sourcebook.invalid/")
    const home = "index.html"
    const [missing, fileView] = ["single-file/missing.html", "single-file/file.html"]
    const pictures = { png: "png", jpg: "jpeg", jpeg: "jpeg", gif: "gif", webp: "webp", avif: "avif", svg: "svg+xml" }
    const packsKept = 24
    const names = ["needs-javascript", "opening", "too-old", "damaged"]
    const notes = Object.fromEntries(names.map(name => [name, document.getElementById(name)]))
    const scrolled = new Map() // by the key of a step in the history: how far down its page was
    let packs = [] // the elements that hold them
    let holding = new Map() // by path: the number of the pack that holds it
    let unpacked = new Map()
    let key = ""
    let page // the page that is shown: { path, fragment, changes, life }
    let turn = 0
    let running = Promise.resolve()

    // --- what is packed -------------------------------------------------------------------------------------------

    async function bytesIn(pack) {
        const text = pack.content.textContent
        const packed = Uint8Array.fromBase64?.(text) ?? Uint8Array.from(atob(text), letter => letter.charCodeAt(0))
        const plain = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"))
        return new Response(plain).blob()
    }

    async function begin() {
        packs = Array.from(document.querySelectorAll("template.pack"))
        const paths = JSON.parse(await (await bytesIn(packs.shift())).text())
        if (packs.length !== paths.length) throw new Error(`${paths.length - packs.length} parts are missing`)
        holding = new Map(paths.flatMap((held, n) => (Array.isArray(held) ? held : [held]).map(path => [path, n])))
    }

    /** The value that stands under a path: a page's or style sheet's text, data of the search, a script. */
    async function value(path) {
        const n = holding.get(path)
        if (n === undefined) throw new Error(`${path} is not in this file`)
        const pack = unpacked.get(n) ?? bytesIn(packs[n]).then(blob => blob.text()).then(JSON.parse)
        unpacked.delete(n) // and put last: those go that were not asked for the longest
        unpacked.set(n, pack)
        if (unpacked.size > packsKept) unpacked.delete(unpacked.keys().next().value)
        return (await pack)[path]
    }

    const file = path => bytesIn(packs[holding.get(path)])

    /** What a script leaves on its own element. */
    function ran(code) {
        const script = Object.assign(document.createElement("script"), { textContent: code })
        document.head.append(script)
        script.remove()
        return script.data
    }

    // --- addresses ------------------------------------------------------------------------------------------------

    const decoded = text => {
        try {
            return decodeURIComponent(text)
        } catch {
            return text
        }
    }

    const addressOf = path => new URL(path.split("/").map(encodeURIComponent).join("/"), root)

    /** The address in this file, `#/…`, of what a page calls `href`; undefined for one that leads out. */
    function route(href, from = page) {
        if (href.startsWith("#/")) return href
        const base = from ? new URL(from.fragment, addressOf(from.path)) : root
        const url = URL.canParse?.(href, base) === false ? null : new URL(href, base)
        return url?.origin === root.origin ? `#${url.pathname}${url.hash}` : undefined
    }

    function placeAt(hash) {
        const full = hash.startsWith("#/") ? hash.slice(2) : home + hash
        const [path, fragment] = parted(full)
        // Programs through which an address was passed on may have written the second # as %23.
        if (!holding.has(path) && path.includes("#")) return placeFrom(...parted(path))
        return placeFrom(path, fragment)
    }

    function parted(text) {
        const at = text.indexOf("#")
        return at < 0 ? [decoded(text), ""] : [decoded(text.slice(0, at)), text.slice(at)]
    }

    const placeFrom = (path, fragment) => ({ path: path || home, fragment: fragment === "#" ? "" : fragment })

    // --- a page and its scripts -----------------------------------------------------------------------------------

    function opened({ path, fragment }) {
        return { path, fragment, changes: new EventTarget(), life: new AbortController() }
    }

    function locationOf(page) {
        const url = () => new URL(page.fragment, addressOf(page.path))
        return {
            get href() {
                return url().href
            },
            set href(href) {
                go(href)
            },
            get hash() {
                return url().hash
            },
            set hash(hash) {
                go(hash.startsWith("#") ? hash : `#${hash}`)
            },
            get pathname() {
                return url().pathname
            },
            search: "",
            origin: root.origin,
            protocol: root.protocol,
            host: root.host,
            assign: go,
            replace,
            reload: () => location.reload(),
            toString: () => url().href,
        }
    }

    function go(href) {
        const to = route(String(href))
        if (to) location.hash = to
        else location.href = href
    }

    function replace(href) {
        const to = route(String(href))
        if (!to) return
        if (placeAt(to).path !== page.path) return location.replace(to)
        const before = page.fragment
        rewrite(to)
        jump()
        if (page.fragment !== before) page.changes.dispatchEvent(new Event("hashchange"))
    }

    /** Another address of the page that is shown, in place of its own. */
    function rewrite(to) {
        history.replaceState({ key }, "", to)
        page.fragment = placeAt(to).fragment
    }

    const historyOf = page => ({
        get state() {
            return page.state ?? null
        },
        get length() {
            return history.length
        },
        back: () => history.back(),
        forward: () => history.forward(),
        go: steps => history.go(steps),
        replaceState: (state, _, href) => step(page, state, href, "replaceState"),
        pushState: (state, _, href) => step(page, state, href, "pushState"),
    })

    function step(from, state, href, how) {
        if (from !== page) return
        const to = route(String(href ?? ""))
        if (!to) return
        from.state = state
        if (how === "pushState") {
            scrolled.set(key, scrollY)
            newKey()
        }
        history[how]({ key }, "", to)
        from.fragment = placeAt(to).fragment
    }

    /** As the window's own; the listener goes with its page, and hears of other addresses within it alone. */
    const listenerOf = page => (type, listener, options) => {
        const target = type === "hashchange" ? page.changes : window
        const given = typeof options === "object" ? options : { capture: Boolean(options) }
        target.addEventListener(type, listener, { signal: page.life.signal, ...given })
    }

    /** Runs a script of a page after those that were asked for before it; one whose page has gone does not run. */
    function runScript(path, on = page) {
        const ready = value(path)
        const done = running.then(async () => {
            const { script } = await ready
            if (on === page) ran(script)(locationOf(on), historyOf(on), listenerOf(on))
        })
        running = done.catch(() => {})
        return done
    }

    // --- showing a page -------------------------------------------------------------------------------------------

    async function show() {
        const place = placeAt(location.hash)
        const returning = history.state?.key
        if (page) scrolled.set(key, scrollY)
        if (returning) key = returning
        else newKey()
        const height = returning && (scrolled.get(key) ?? history.state.height)
        history.replaceState({ key }, "")
        const mine = ++turn
        if (page?.path === place.path) return moveWithin(place, height)
        try {
            const parts = await partsOf(place.path)
            if (mine === turn) display(place, parts, height)
        } catch (failure) {
            if (mine === turn) complain(notes.damaged, failure)
        }
    }

    function newKey() {
        key = Math.random().toString(36).slice(2)
    }

    function moveWithin(place, height) {
        const isNew = page.fragment !== place.fragment
        page.fragment = place.fragment
        const isThere = jump()
        if (height !== undefined) scrollTo(0, height)
        else if (!isThere && !page.fragment) scrollTo(0, 0)
        if (isNew) page.changes.dispatchEvent(new Event("hashchange"))
    }

    /** All that a page is made of, its pictures in it. */
    async function partsOf(path) {
        const isHeld = holding.has(path) && !/^(?:assets|search|single-file)\//.test(path)
        const isPage = isHeld && path.endsWith(".html") && !path.startsWith("files/")
        const isFile = isHeld && !isPage
        const template = isPage ? path : isFile ? fileView : missing
        const parsed = new DOMParser().parseFromString(await value(template), "text/html")
        const at = { path: isPage ? path : home, fragment: "" }
        const own = (selector, name) =>
            Array.from(parsed.querySelectorAll(selector)).flatMap(element => {
                const to = route(element.getAttribute(name), at)
                const held = to && placeAt(to).path
                return held && holding.has(held) ? [{ element, path: held }] : []
            })
        const sheets = await Promise.all(own('link[rel~="stylesheet"]', "href").map(sheet))
        const scripts = own('script[src]:not([type="module"])', "src").map(({ path }) => path)
        await Promise.all(scripts.map(value))
        await Promise.all(own("img[src], input[src]", "src").map(({ element, path }) => embed(element, path)))
        if (isFile) await fillIn(parsed, path)
        lead(parsed.body, at)
        return { parsed, sheets, scripts }
    }

    async function sheet({ element, path }) {
        const media = element.getAttribute("media") ?? ""
        return { path, media, text: await value(path) }
    }

    async function embed(image, path) {
        image.removeAttribute("srcset")
        image.src = await dataAddress(path)
    }

    function dataAddress(path) {
        const type = pictures[path.split(".").pop().toLowerCase()]
        return file(path).then(blob => {
            const reader = new FileReader()
            return new Promise((resolve, reject) => {
                reader.onload = () => resolve(reader.result)
                reader.onerror = () => reject(reader.error)
                reader.readAsDataURL(new Blob([blob], { type: type ? `image/${type}` : "application/octet-stream" }))
            })
        })
    }

    /** A file that is no page: its name, its picture if it is one, and a way to save it. */
    async function fillIn(parsed, path) {
        const name = path.split("/").pop()
        parsed.title = name
        parsed.getElementById("file").textContent = name
        const save = parsed.getElementById("save")
        save.download = name
        save.href = URL.createObjectURL(await file(path))
        if (!pictures[name.split(".").pop().toLowerCase()]) return
        const picture = Object.assign(parsed.createElement("img"), { alt: name, src: await dataAddress(path) })
        parsed.getElementById("picture").append(picture)
    }

    /** Links lead to addresses in this file, so that they can be opened anywhere and copied. */
    function lead(inside, from = page) {
        for (const link of inside.querySelectorAll("a[href], area[href]")) leadOne(link, from)
    }

    function leadOne(link, from = page) {
        const href = link.getAttribute("href")
        // A link that skips to the text is known by an address of just this form.
        if (/^(?:blob|data):/.test(href) || link.matches(".skip")) return
        const to = route(href, from)
        if (to && to !== href) link.setAttribute("href", to)
    }

    function display(place, { parsed, sheets, scripts }, height) {
        const isFirst = !page
        page?.life.abort()
        page = opened(place)
        wear(sheets)
        for (const name of ["lang", "dir", "class"]) {
            const given = parsed.documentElement.getAttribute(name)
            if (given === null) document.documentElement.removeAttribute(name)
            else document.documentElement.setAttribute(name, given)
        }
        document.title = parsed.title
        document.body.replaceWith(document.adoptNode(parsed.body))
        for (const path of scripts) runScript(path).catch(failure => console.error(failure))
        settle(isFirst, height)
    }

    /** The page's style sheets, in its order; those that stay are not touched. */
    function wear(sheets) {
        const worn = new Map(Array.from(document.head.querySelectorAll("style"), style => [style.dataset.path, style]))
        const wanted = sheets.map(sheet => worn.get(sheet.path) ?? made(sheet))
        for (const style of worn.values()) if (!wanted.includes(style)) style.remove()
        wanted.forEach((style, n) => {
            const follows = n ? wanted[n - 1] : null
            if (!style.isConnected || (follows && !(follows.compareDocumentPosition(style) & 4))) document.head.append(style)
        })
    }

    function made({ path, media, text }) {
        const style = Object.assign(document.createElement("style"), { media, textContent: text })
        style.dataset.path = path
        return style
    }

    // --- where on the page ----------------------------------------------------------------------------------------

    function settle(isFirst, height) {
        if (height !== undefined) {
            jump()
            return scrollBackTo(height)
        }
        if (jump()) return
        scrollTo(0, 0)
        if (!isFirst) focusHeading()
    }

    /**
     * Jumps to what the fragment names, as the browser would: scrolls, opens what is folded, makes it the target of
     * style sheets. For a moment the element has the whole address for its id; a target is one until the next jump.
     */
    function jump() {
        const id = decoded(page.fragment.slice(1))
        const target = id && document.getElementById(id)
        if (!target) return false
        const address = location.hash
        target.id = address.slice(1)
        location.replace(address)
        target.id = id
        history.replaceState({ key }, "")
        return true
    }

    function focusHeading() {
        const heading = document.querySelector("h1")
        if (!heading) return
        heading.tabIndex = -1
        heading.focus({ preventScroll: true })
        heading.addEventListener("blur", () => heading.removeAttribute("tabindex"), { once: true })
    }

    /** A page that is still being written, such as one of results, grows until it is high enough. */
    function scrollBackTo(height) {
        scrollTo(0, height)
        if (scrollY >= height - 1) return
        const growing = new ResizeObserver(() => {
            scrollTo(0, height)
            if (scrollY >= height - 1) growing.disconnect()
        })
        growing.observe(document.body)
        const stop = () => growing.disconnect()
        for (const type of ["wheel", "pointerdown", "keydown"]) {
            addEventListener(type, stop, { once: true, passive: true, signal: page.life.signal })
        }
    }

    // --- beginning ------------------------------------------------------------------------------------------------

    function complain(note, failure) {
        note.hidden = false
        notes.opening.hidden = true
        if (!note.isConnected) (document.querySelector("main") ?? document.body).replaceChildren(note)
        if (failure) console.error(failure)
    }

    async function start() {
        if (!window.DecompressionStream || !Array.prototype.at || !Element.prototype.replaceChildren) {
            return complain(notes["too-old"])
        }
        try {
            await begin()
        } catch (failure) {
            return complain(notes.damaged, failure)
        }
        history.scrollRestoration = "manual"
        new MutationObserver(changed).observe(document, {
            subtree: true,
            childList: true,
            attributes: true,
            attributeFilter: ["href"],
        })
        addEventListener("hashchange", show)
        addEventListener("pagehide", () => history.replaceState({ key, height: scrollY }, ""))
        addEventListener("click", clicked)
        await show()
    }

    /** Scripts write links, too. */
    function changed(changes) {
        for (const { type, target, addedNodes } of changes) {
            if (type === "attributes" && target.matches("a, area")) leadOne(target)
            for (const node of addedNodes) {
                if (node.nodeType !== Node.ELEMENT_NODE || !node.isConnected) continue
                if (node.matches("a[href], area[href]")) leadOne(node)
                lead(node)
            }
        }
    }

    function clicked(event) {
        const href = event.target.closest?.("a[href]")?.getAttribute("href")
        if (!href?.startsWith("#") || event.defaultPrevented) return
        // To where the reader is already: the address stays the same, so nothing else would tell.
        if (href === location.hash) moveWithin(placeAt(location.hash))
        if (href.startsWith("#/")) return
        event.preventDefault()
        go(href)
    }

    // What is shown where these lines are not run, or not understood.
    notes["needs-javascript"].hidden = true
    notes.opening.hidden = false
    addEventListener("DOMContentLoaded", start)

    // --- for the scripts of pages ---------------------------------------------------------------------------------

    /** Adds a script or style sheet of the site, an element with its address; resolves when it is there. */
    async function add(element) {
        const { path } = placeAt(route(element.src || element.href))
        if (element.src) return runScript(path)
        const known = document.head.querySelector(`style[data-path="${CSS.escape(path)}"]`)
        if (!known) document.head.append(made(await sheet({ element, path })))
    }

    /** What a script of the search holds, by its name in `search/`. */
    async function content(name) {
        const found = await value(`search/${name.replace(/\?.*/, "")}`)
        return found.script ? ran(found.script) : found
    }

    return { root, add, content }
})()
