// A newer state of a page, put in the place of what the window shows of it: nothing is loaded, no script begins anew,
// and what has not changed is not touched, so that focus, selection, folds and place stay by themselves.

const about = [
    'meta[name="description"]',
    'meta[name^="twitter:"]',
    'meta[property^="og:"]',
    'link[rel="canonical"]',
    'script[type="application/ld+json"]',
].join()
const search = "dialog.search-dialog"

/**
 * Makes the document show `text`, which differs in its header, main part, footer and description alone. False where
 * the page has to be loaded anew: it is not whole, or its search has been opened, which knows what there was then.
 */
export function takeOver(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html")
    const [old, now] = [partsOf(document), partsOf(fresh)]
    if (document.querySelector(search)) return false
    if (old.length !== now.length || !old.length || opener(document) !== opener(fresh)) return false
    const target = document.querySelector(":target")
    const openers = searchBoxes(document)
    document.title = fresh.title
    for (const element of document.head.querySelectorAll(about)) element.remove()
    document.head.append(...fresh.head.querySelectorAll(about))
    old.forEach((part, n) => patch(part, now[n]))
    if (!openers.every(box => box.isConnected)) return false
    // The browser takes another element of that name for none.
    if (target && !document.querySelector(":target")) location.replace(location.hash)
    return true
}

/** The main part of a page, and its header and footer, in their order. */
function partsOf(page) {
    const parts = Array.from(page.querySelectorAll("header, main, footer")).filter(isOutermost)
    const names = parts.map(part => part.localName).join(" ")
    return /^(header )?main( footer)?$/.test(names) ? parts : []
}

const isOutermost = part => !part.parentElement.closest("header, main, footer")

/** A script listens to these, and has set attributes of them. */
const searchBoxes = page => Array.from(page.querySelectorAll(".search-box"))
const opener = page => JSON.stringify(searchBoxes(page).map(box => box.textContent))

function patch(old, now) {
    if (old.isEqualNode(now) || (isSearchBox(old) && isSearchBox(now))) return
    if (!isAlike(old, now)) old.replaceWith(document.adoptNode(now))
    else if (old.nodeType !== Node.ELEMENT_NODE) old.data = now.data
    else {
        patchAttributes(old, now)
        patchChildren(old, now)
    }
}

const isAlike = (old, now) => old.nodeType === now.nodeType && old.nodeName === now.nodeName && old.id === now.id
const isSearchBox = node => node.classList?.contains("search-box")

function patchAttributes(old, now) {
    for (const { name } of Array.from(old.attributes)) {
        if (!now.hasAttribute(name) && !isReaders(old, name)) old.removeAttribute(name)
    }
    for (const { name, value } of now.attributes) {
        if (old.getAttribute(name) !== value && !isReaders(old, name)) old.setAttribute(name, value)
    }
}

/** What is folded and what is open is the reader's affair. */
const isReaders = (element, name) => element.localName === "details" && name === "open"

/** What is the same at both ends stays; of the rest each is made the next one. */
function patchChildren(old, now) {
    const before = Array.from(old.childNodes)
    const after = Array.from(now.childNodes)
    const fewer = Math.min(before.length, after.length)
    let first = 0
    let last = 0
    while (first < fewer && before[first].isEqualNode(after[first])) first++
    while (last < fewer - first && before.at(-1 - last).isEqualNode(after.at(-1 - last))) last++
    const next = before[before.length - last] ?? null
    for (let n = first; n < fewer - last; n++) patch(before[n], after[n])
    for (const node of before.slice(fewer - last, before.length - last)) node.remove()
    for (const node of after.slice(fewer - last, after.length - last)) old.insertBefore(document.adoptNode(node), next)
}
