// On every page: opens the search, and marks the words of a result on the page that the result opens.
//
// The search itself lies in assets/search/ and is loaded when it is first asked for. This file holds what both need:
// how words are compared.
"use strict"

window.searchTools = (() => {
    const root = window.singleFile?.root ?? new URL("../", document.currentScript.src)
    const slashSetting = "sourcebook: no slash"
    // Thai, Lao, Myanmar, Khmer, kana, ideographs and so on write no spaces: there, each letter is a word.
    const syllables = "\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\ua000-\ua4cf"
    const ideographs = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}"
    const unspaced = `[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff${syllables}${ideographs}]`
    const letters = `(?:(?!(?!\\p{M})${unspaced})[\\p{L}\\p{N}\\p{M}])+`
    const word = new RegExp(`(?=[\\p{L}\\p{N}])${unspaced}\\p{M}*|${letters}(?:['’.]${letters})*`, "gu")
    const accents = /[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670]/g
    const notDecomposed = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", ı: "i" }
    const parts = ["engine", "register", "find", "rows", "dialog"]
    const searched = ".article-head, .block, .page-head, .event-page"
    const block = "p, li, h1, h2, h3, h4, h5, h6, td, th, blockquote, pre, div"
    const made = (tag, properties) => Object.assign(document.createElement(tag), properties)

    /** A word as it is compared: small, without accents, points and possessive. The builder folds forms likewise. */
    function fold(text) {
        const bare = text.normalize("NFKD").replace(accents, "").toLowerCase()
        return bare
            .replace(/[ßæœøłđðı]/g, letter => notDecomposed[letter])
            .replace(/['’]s?$/, "")
            .replace(/[.'’]/g, "")
    }

    const wordsOf = text =>
        Array.from(text.matchAll(word), ({ 0: found, index }) => ({
            start: index,
            end: index + found.length,
            word: fold(found),
        }))

    /** Where one of the phrases (lists of folded words) stands in a text: [{start, end, phrase}], the longest first. */
    function occurrences(text, phrases) {
        const words = wordsOf(text)
        const beginningWith = Map.groupBy ? Map.groupBy(phrases, first) : grouped(phrases)
        const found = []
        for (let n = 0; n < words.length; n++) {
            const candidates = beginningWith.get(words[n].word) ?? []
            const fitting = candidates.filter(phrase => phrase.every((one, m) => words[n + m]?.word === one))
            if (!fitting.length) continue
            const phrase = fitting.reduce((one, other) => (other.length > one.length ? other : one))
            const last = words[n + phrase.length - 1]
            found.push({ start: words[n].start, end: last.end, phrase })
            n += phrase.length - 1
        }
        return found
    }

    const first = phrase => phrase[0]

    function grouped(phrases) {
        const groups = new Map()
        for (const phrase of phrases) groups.set(first(phrase), [...(groups.get(first(phrase)) ?? []), phrase])
        return groups
    }

    // --- opening the search ---------------------------------------------------------------------------------------

    // The field is there at once, and the rest is loaded around it: what is typed meanwhile stands in it.
    const field = made("input", {
        className: "search-input",
        type: "search",
        ariaLabel: document.querySelector(".search-words")?.textContent ?? "",
        autocomplete: "off",
        spellcheck: false,
    })
    const dialog = made("dialog", { className: "search-dialog", ariaLabel: field.ariaLabel })
    const page = document.getElementById("search")
    let loaded
    if (page) openOnThePage()
    else openOverThePage()

    function openOnThePage() {
        const form = made("form", { className: "search-form", role: "search" })
        field.id = "search-field"
        form.append(field)
        form.addEventListener("submit", event => event.preventDefault())
        page.prepend(form)
        // Without the rest, the field would be a dead one; the line about the indexes is still there.
        addEventListener("error", ({ target }) => target.defer && form.remove(), true)
        field.focus()
    }

    function openOverThePage() {
        const head = made("div", { className: "search-head" })
        field.id = "search-input"
        field.enterKeyHint = "go"
        head.append(field)
        dialog.append(head)
        field.addEventListener("keydown", event => {
            // Within a word that is still being put together, keys belong to the keyboard's own list of words.
            if (!["Enter", "Escape"].includes(event.key) || event.isComposing) return
            event.preventDefault()
            // Chromium would only empty the field.
            if (event.key === "Escape") dialog.close()
            else loaded?.then(openFirst => openFirst?.())
        })
    }

    function open() {
        if (page) return field.focus()
        if (!dialog.isConnected) document.body.append(dialog)
        if (!dialog.open) dialog.showModal()
        field.focus()
        field.select()
        loaded ??= load().catch(onThePageInstead)
    }

    /** Resolves, when the dialog is whole, with what Enter does. */
    async function load() {
        const [engine, ...others] = parts.map(script)
        // Whoever opens it will search: what every search needs is loaded while the first word is being typed.
        engine.then(() => searchEngine.load()).catch(() => {})
        await Promise.all([sheet("search.css"), engine, ...others])
        return searchDialog.openFirst
    }

    function onThePageInstead() {
        loaded = undefined
        const asked = field.value && `#${new URLSearchParams({ q: field.value })}`
        if (dialog.open) location.href = new URL(`search.html${asked}`, root).href
    }

    // All are fetched at once and run one after the other.
    const script = name => added(made("script", { src: address(`${name}.js`), async: false }))
    const sheet = name => added(made("link", { rel: "stylesheet", href: address(name) }))
    const address = name => new URL(`assets/search/${name}`, root).href

    function added(element) {
        if (window.singleFile) return singleFile.add(element)
        return new Promise((resolve, reject) => {
            element.onload = resolve
            element.onerror = () => reject(new Error(`${element.src || element.href} cannot be loaded`))
            document.head.append(element)
        })
    }

    /** Whether `/` opens the search: a reader who speaks to the machine, or hits keys unawares, can turn it off. */
    function slashOpens() {
        try {
            return !localStorage.getItem(slashSetting)
        } catch {
            return true
        }
    }

    function letSlashOpen(opens) {
        try {
            if (opens) localStorage.removeItem(slashSetting)
            else localStorage.setItem(slashSetting, "1")
        } catch {
            // Nothing can be remembered here; the setting then lasts as long as the page.
        }
        showSlash(opens)
    }

    function showSlash(opens) {
        for (const key of document.querySelectorAll(".search-box kbd")) key.hidden = !opens
    }

    function isTyping(target) {
        return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
    }

    addEventListener("keydown", event => {
        const held = event.ctrlKey || event.metaKey
        const withK = event.key.toLowerCase() === "k" && held && !event.altKey && !event.shiftKey
        const slash = event.key === "/" && !held && !event.altKey
        if (!withK && !(slash && slashIsOn() && !isTyping(event.target))) return
        event.preventDefault()
        open()
    })
    const slashIsOn = () => !document.querySelector(".search-box kbd")?.hidden

    for (const box of document.querySelectorAll(".search-box")) {
        box.setAttribute("aria-keyshortcuts", "Control+K Meta+K")
        if (!document.getElementById("search")) box.setAttribute("aria-haspopup", "dialog")
        box.addEventListener("click", event => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return
            event.preventDefault()
            open()
        })
    }
    showSlash(slashOpens())

    // --- opening a result -----------------------------------------------------------------------------------------

    /** The fragment that opens a page at an id, with phrases marked: `#at=p12&mark=shutoff|starlink`. */
    function fragment(id, phrases) {
        const mark = phrases.map(phrase => phrase.join(" ")).join("|")
        if (!mark) return id && `#${id}`
        return `#${new URLSearchParams({ ...(id && { at: id }), mark })}`
    }

    function arrive() {
        if (!/[#&]mark=/.test(location.hash)) return
        const state = new URLSearchParams(location.hash.slice(1))
        for (const mark of document.querySelectorAll("mark.found")) mark.replaceWith(...mark.childNodes)
        const phrases = state.get("mark").split("|").map(phrase => phrase.split(" "))
        for (const nodes of textsToSearch()) markIn(nodes, phrases)
        // The address becomes the plain one, which can be passed on; only a true jump makes the paragraph the target.
        if (!state.has("at")) return history.replaceState(null, "", location.pathname + location.search)
        const jump = () => location.replace(`#${encodeURIComponent(state.get("at"))}`)
        jump()
        // Firefox forgets a target that was changed while the page was still loading.
        addEventListener("load", () => setTimeout(() => document.querySelector(":target") ?? jump()))
    }

    /** The text nodes of each paragraph that a search reads. */
    function textsToSearch() {
        const texts = new Map()
        for (const part of document.querySelectorAll(searched)) {
            const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
            while (walker.nextNode()) {
                const { parentElement } = walker.currentNode
                if (parentElement.closest(".marks, .fold, .step, [hidden]")) continue
                const paragraph = parentElement.closest(block)
                texts.set(paragraph, [...(texts.get(paragraph) ?? []), walker.currentNode])
            }
        }
        return texts.values()
    }

    function markIn(nodes, phrases) {
        const text = nodes.map(node => node.data).join("")
        const ranges = occurrences(text, phrases).reverse()
        let end = text.length
        for (const node of nodes.reverse()) {
            const start = end - node.length
            for (const range of ranges) {
                const from = Math.max(range.start, start) - start
                const to = Math.min(range.end, start + node.length) - start
                if (from < to) wrap(node, from, to)
            }
            end = start
        }
    }

    function wrap(node, from, to) {
        const range = document.createRange()
        range.setStart(node, from)
        range.setEnd(node, to)
        range.surroundContents(made("mark", { className: "found" }))
    }

    addEventListener("hashchange", arrive)
    arrive()

    return { root, dialog, field, fold, wordsOf, occurrences, fragment, slashOpens, letSlashOpen }
})()
