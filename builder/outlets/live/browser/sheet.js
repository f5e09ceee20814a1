// Sheets at the bottom of the window: what is wrong, and what was copied. They are the server's, not the page's: a
// shadow tree keeps the styles of both apart.

const root = new URL("./", import.meta.url)
const hiddenProblems = "sourcebook: hidden problems"
const inside = `
<link rel="stylesheet" href="${root}live.css">
<div class="unseen" role="status"></div>
<div class="spacer"></div>
<div class="sheets">
<section class="sheet problems-sheet" aria-label="Problems" hidden>
<div class="head"></div>
<button class="hide" type="button"><kbd>Esc</kbd> hide</button>
<div class="matter" tabindex="0" role="group" aria-label="All problems"></div>
</section>
<section class="sheet copy-sheet" aria-label="Quotation" hidden>
<div class="head"></div>
<button class="hide" type="button"><kbd>Esc</kbd> hide</button>
<div class="matter"></div>
</section>
</div>
<button class="again" type="button" hidden></button>
`
let tree
let digest

/** The sheet over the last good page. `html` is the server's own: a title line, and below it the terminal's text. */
export function showProblems(html, problems) {
    digest = problems
    const made = document.createElement("template")
    made.innerHTML = html
    const title = made.content.querySelector(".title")
    const text = title.querySelector("b").textContent
    const first = made.content.querySelector(".message")?.textContent ?? ""
    part(".again").textContent = `${text}: show`
    fill("problems", [title], [made.content])
    open("problems", remembered() !== digest)
    say(`${text}. ${first}`)
}

export function showCopy(title, note, matter) {
    const head = Object.assign(document.createElement("p"), { className: "title" })
    head.append(Object.assign(document.createElement("b"), { textContent: title }), " ", note)
    fill("copy", [head], matter)
    open("copy", true)
    say(`${title} ${note}`)
}

export function hideSheet(name, why = "") {
    if (!tree) return
    if (name === "problems") {
        digest = undefined
        remember("")
    }
    open(name, false)
    say(why)
}

function fill(name, head, matter) {
    const sheet = part(`.${name}-sheet`)
    sheet.querySelector(".head").replaceChildren(...head)
    sheet.querySelector(".matter").replaceChildren(...matter)
    sheet.querySelector(".matter").scrollTop = 0
}

function open(name, opens) {
    part(`.${name}-sheet`).hidden = !opens
    part(".again").hidden = !digest || !part(".problems-sheet").hidden
    // What the sheets cover can still be scrolled into sight.
    part(".spacer").style.height = `${part(".sheets").offsetHeight}px`
}

/** Hides the uppermost sheet; what is wrong stays at hand behind a button. */
function hideUppermost() {
    const name = ["copy", "problems"].find(one => !part(`.${one}-sheet`).hidden)
    if (!name) return false
    if (name === "problems") remember(digest)
    open(name, false)
    return true
}

function part(selector) {
    return (tree ??= built()).querySelector(selector)
}

function built() {
    const host = document.createElement("sourcebook-sheets")
    const shadow = host.attachShadow({ mode: "open" })
    shadow.innerHTML = inside
    for (const button of shadow.querySelectorAll(".hide")) {
        button.addEventListener("click", () => {
            const name = button.closest(".problems-sheet") ? "problems" : "copy"
            if (name === "problems") remember(digest)
            tree = shadow
            open(name, false)
        })
    }
    shadow.querySelector(".again").addEventListener("click", () => {
        remember("")
        open("problems", true)
    })
    shadow.querySelector("link").addEventListener("load", () => {
        part(".spacer").style.height = `${part(".sheets").offsetHeight}px`
    })
    addEventListener("keydown", event => {
        if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return
        if (hideUppermost()) event.preventDefault()
    })
    document.body.append(host)
    return shadow
}

/** For those who hear the page: nothing takes the focus away from where they are. */
function say(text) {
    part('[role="status"]').textContent = text
}

function remember(problems) {
    try {
        sessionStorage.setItem(hiddenProblems, problems)
    } catch {
        // Then they show again on the next page.
    }
}

function remembered() {
    try {
        return sessionStorage.getItem(hiddenProblems)
    } catch {
        return ""
    }
}
