// Words selected in an article, and `c`: the YAML that quotes them is on the clipboard.

import { hideSheet, showCopy } from "./sheet.js"

const blocks = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, blockquote, pre, div"
const article = /^articles\/([^/]+)\.html$/

export function listenForCopying(base, page) {
    const slug = article.exec(page)?.[1]
    if (!slug) return
    addEventListener("keydown", event => {
        const held = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.repeat
        if (event.key !== "c" || held || event.defaultPrevented || isTyping(event)) return
        const selection = getSelection()
        if (selection.isCollapsed || !selection.toString().trim()) return
        event.preventDefault()
        copy(base, slug, partsOf(selection))
    })
    addEventListener("pointerdown", event => {
        if (event.target.localName !== "sourcebook-sheets") hideSheet("copy")
    })
}

const isTyping = event => {
    const target = event.composedPath()[0]
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
}

async function copy(base, slug, parts) {
    if (!parts.length) return refuse("select words in the numbered paragraphs of the text.")
    const answer = await ask(`${base}_live/quotation`, { article: slug, parts })
    if (answer.problem) return refuse(`${answer.problem}.`, answer.hint)
    const where = `line ${answer.line} of ${answer.path}, found there word for word.`
    await put(answer.yaml, "Copied:", where, answer.citation)
}

async function ask(address, body) {
    try {
        const answer = await fetch(address, { method: "POST", body: JSON.stringify(body) })
        return answer.ok ? await answer.json() : { problem: await answer.text() }
    } catch {
        return { problem: "the server does not answer" }
    }
}

function refuse(why, hint) {
    showCopy("Not copied:", why, hint ? [made("pre", { textContent: hint })] : [])
}

/** Onto the clipboard; where a browser refuses that, into a box in which it is selected. */
async function put(text, title, where, citation) {
    const other = citation ? [citationButton(citation, where)] : []
    try {
        await navigator.clipboard.writeText(text)
        showCopy(title, where, [made("pre", { textContent: text }), ...other])
    } catch {
        const box = made("textarea", { value: text, readOnly: true, rows: text.trimEnd().split("\n").length })
        box.setAttribute("aria-label", "To copy")
        showCopy("To copy, press Ctrl-C (⌘ C):", where, [box, ...other])
        box.focus()
        box.select()
    }
}

function citationButton(citation, where) {
    const button = made("button", { type: "button", className: "other", textContent: "Copy the citation instead" })
    const shown = made("code", { textContent: citation })
    button.addEventListener("click", () => put(citation, "Copied as a citation:", where, ""))
    const row = made("p", { className: "citation" })
    row.append(button, " ", shown)
    return row
}

const made = (tag, properties) => Object.assign(document.createElement(tag), properties)

// --- what is selected ----------------------------------------------------------------------------------------------

/** The selected words of each paragraph of the text: its line, and where in its text they begin, in code points. */
function partsOf(selection) {
    const parts = new Map()
    for (let n = 0; n < selection.rangeCount; n++) {
        const range = selection.getRangeAt(n)
        for (const row of document.querySelectorAll(".rows .block")) {
            if (range.intersectsNode(row)) gather(row, range, parts)
        }
    }
    return Array.from(parts.values()).filter(part => part.text.trim())
}

function gather(row, range, parts) {
    let line = 0
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    const lengths = new Map()
    while (walker.nextNode()) {
        const node = walker.currentNode
        if (node.nodeType === Node.ELEMENT_NODE) {
            line = Number(/^p(\d+)$/.exec(node.id)?.[1] ?? line)
            continue
        }
        const paragraph = node.parentElement.closest(blocks)
        const before = lengths.get(paragraph) ?? 0
        lengths.set(paragraph, before + points(node.data))
        if (paragraph === row || !range.intersectsNode(node)) continue
        const from = node === range.startContainer ? range.startOffset : 0
        const to = node === range.endContainer ? range.endOffset : node.length
        if (from >= to) continue
        const start = before + points(node.data.slice(0, from))
        const part = parts.get(paragraph) ?? { line, start, text: "" }
        parts.set(paragraph, { ...part, text: part.text + node.data.slice(from, to) })
    }
}

const points = text => Array.from(text).length
