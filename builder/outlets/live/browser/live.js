// On every page that the server shows: whether it is still what there is, and what is wrong with the files.
//
// The page says what it shows and hears what there is now. It can miss as many messages as it likes: the next one, or
// the first after a pause, says the same. A tab that nobody sees does not ask, so that tabs do not use up connections.

import { listenForCopying } from "./copy.js"
import { hideSheet, showProblems } from "./sheet.js"
import { takeOver } from "./takeover.js"

const { base, page, shows, styles, frame } = document.getElementById("sourcebook-live").dataset
const keptPlace = "sourcebook: place"
const askAgain = 1000
const shown = { page: shows, styles, problems: "", frame }
let source
let reloading = false

function listen() {
    source?.close()
    const { page: shows, ...others } = shown
    const asked = new URLSearchParams({ page, shows, ...others })
    source = new EventSource(`${base}_live/events?${asked}`)
    source.onmessage = ({ data }) => update(JSON.parse(data))
    source.onerror = () => source.readyState === EventSource.CLOSED && setTimeout(listen, askAgain)
}

function update(now) {
    if (now.problems !== shown.problems) {
        shown.problems = now.problems
        if (now.problems) showProblems(now.html, now.problems)
        else hideSheet("problems", "Mended.")
    }
    if (now.page !== shown.page && !turnInto(now)) return reload()
    if (now.styles !== shown.styles) swapStyles(now.styles)
    shown.styles = now.styles
}

// --- the page anew, the reader where they were ---------------------------------------------------------------------

/** What has changed of the page in the place of what it was, where that is enough. */
function turnInto({ page: shows, whole }) {
    if (!whole) return false
    try {
        const was = place()
        if (!takeOver(whole)) return false
        goBackTo(was)
    } catch {
        return false
    }
    shown.page = shows
    return true
}

function reload() {
    source.close()
    try {
        sessionStorage.setItem(keptPlace, JSON.stringify({ path: location.pathname, ...place() }))
        reloading = true
    } catch {
        // Nothing can be remembered here; the browser then does what it can by itself.
    }
    location.reload()
}

/** Where the reader is: what stands at the top of the window and how far below it, what is open, what has the focus. */
function place() {
    const near = scrollY > 0 && Array.from(document.querySelectorAll("main [id]")).findLast(isAbove)
    return {
        scroll: scrollY,
        anchor: near ? { id: near.id, top: near.getBoundingClientRect().top } : null,
        folds: folds().map(fold => ({ name: nameOf(fold), open: fold.open })),
        focus: document.activeElement?.id,
    }
}

const isAbove = element => element.getClientRects().length > 0 && element.getBoundingClientRect().top <= 1
const folds = () => Array.from(document.querySelectorAll("details"))
const nameOf = fold => fold.id || fold.querySelector("summary")?.textContent

function goBackTo({ scroll, anchor, folds: known, focus }) {
    folds().forEach((fold, n) => {
        const same = known[n]?.name === nameOf(fold) ? known[n] : known.find(({ name }) => name === nameOf(fold))
        if (same) fold.open = same.open
    })
    if (focus) document.getElementById(focus)?.focus({ preventScroll: true })
    stay(scroll, anchor)
}

function stay(scroll, anchor) {
    const near = anchor && document.getElementById(anchor.id)
    const top = near ? scrollY + near.getBoundingClientRect().top - anchor.top : scroll
    scrollTo({ top, behavior: "instant" })
}

function arrive() {
    const kept = sessionStorage.getItem(keptPlace)
    sessionStorage.removeItem(keptPlace)
    const { path, ...was } = JSON.parse(kept ?? "{}")
    if (path !== location.pathname) return
    goBackTo(was)
    // Pictures above may push the text down when they have come, unless the reader has moved on by then.
    const here = scrollY
    addEventListener("load", () => scrollY === here && stay(was.scroll, was.anchor))
}

/** Each style sheet of the site in its newest state, without a moment in which there is none. */
function swapStyles(version) {
    const { scroll, anchor } = place()
    for (const old of document.querySelectorAll('link[rel~="stylesheet"]')) {
        const address = new URL(old.href)
        if (address.origin !== location.origin) continue
        address.search = version
        const fresh = Object.assign(old.cloneNode(), { href: address.href })
        const done = () => {
            old.remove()
            stay(scroll, anchor)
        }
        fresh.addEventListener("load", done)
        fresh.addEventListener("error", done)
        old.after(fresh)
    }
}

// Said earlier, it would let the browser scroll to where the page was before its text moved.
addEventListener("pagehide", () => {
    history.scrollRestoration = reloading ? "manual" : "auto"
})
try {
    arrive()
} catch {
    // As above.
}
document.addEventListener("visibilitychange", () => (document.hidden ? source?.close() : listen()))
if (!document.hidden) listen()
listenForCopying(base, page)
