// The search as a dialog over any page.
"use strict"

window.searchDialog = (() => {
    const { element, row, nothing, failure, counted, words } = searchRows
    const { dialog, field } = searchTools
    const shown = 6
    const pageAddress = new URL("search.html", searchTools.root).href
    let asked = 0
    let timer

    const count = element("p.search-count", { role: "status" })
    const list = element("ol.results", { "aria-label": words.results })
    const state = element("div")
    const all = element("a", { href: pageAddress })
    const slash = element("button.search-setting", { type: "button" })
    const close = element(
        "button.search-close",
        { type: "button", "aria-label": words.close },
        element("kbd", {}, "Esc"),
        element("span", {}, words.close),
    )
    const hints = element(
        "p.search-hints",
        {},
        element("kbd", {}, "↑"),
        " ",
        element("kbd", {}, "↓"),
        ` ${words.choose} `,
        element("kbd", {}, "Enter"),
        ` ${words.open}`,
    )
    field.placeholder = words.placeholder
    field.ariaLabel = dialog.ariaLabel = words.dialog
    field.after(count, close)
    dialog.append(
        element("div.search-body", {}, state, list),
        element("div.search-foot", {}, hints, slash, all),
    )

    field.addEventListener("input", () => {
        clearTimeout(timer)
        timer = setTimeout(run, searchFind.pause())
        isBusy()
    })

    /** Shows what is found; what is typed meanwhile is looked up next, and until then the list is a busy one. */
    async function run() {
        const query = field.value.trim()
        const mine = ++asked
        timer = clearTimeout(timer)
        isBusy()
        await showWhatIsFound(query, mine)
        if (mine === asked && !timer) list.removeAttribute("aria-busy")
    }

    const isBusy = () => list.setAttribute("aria-busy", "true")

    async function showWhatIsFound(query, mine) {
        all.href = `${pageAddress}#${new URLSearchParams({ q: query, facets: "1" })}`
        if (!query) return show({ text: element("p.search-state", {}, words.hint) })
        const loading = element("p.search-state", {}, words.loading)
        const slow = setTimeout(() => mine === asked && show({ text: loading }), 250)
        try {
            const found = await searchFind.find(query, { count: shown })
            if (mine === asked) showFound(query, found)
        } catch {
            if (mine === asked) show({ text: failure(run) })
        } finally {
            clearTimeout(slow)
        }
    }

    function showFound(query, { rows, pages }) {
        const addressOf = name => `${pageAddress}#${new URLSearchParams({ q: name })}`
        if (!pages) return show({ text: nothing(query, words.nothing, addressOf), counted: counted(words.pages, 0) })
        show({ rows: rows.map(row), counted: counted(words.pages, pages), pages })
    }

    function show({ text, rows = [], counted: said = "", pages = 0 }) {
        const at = links().indexOf(document.activeElement)
        const chosen = at >= 0 && placeOf(links()[at])
        state.replaceChildren(...(text ? [text] : []))
        list.replaceChildren(...rows)
        list.hidden = !rows.length
        if (chosen) stayOn(chosen, at)
        count.textContent = said
        all.textContent = counted(words.all_with_filters, Math.max(1, pages))
    }

    /** A reader who was quicker with the arrows than the search stays on the row, or else where it was. */
    function stayOn(chosen, at) {
        const now = links()
        const next = now.find(link => placeOf(link) === chosen) ?? now[at] ?? field
        next.focus()
    }

    /** Where a row leads, whatever is marked there. */
    const placeOf = ({ href }) => href.replace(/[#&]mark=.*/, "")

    const links = () => Array.from(dialog.querySelectorAll(".search-body :is(.result-text, .nearest a)"))

    dialog.addEventListener("keydown", event => {
        const all = links()
        const at = all.indexOf(document.activeElement)
        if (event.key === "ArrowDown") (all[at + 1] ?? field).focus()
        else if (event.key === "ArrowUp") (at < 0 ? all.at(-1) : all[at - 1] ?? field)?.focus()
        else {
            const isLetter = event.key.length === 1 && !event.ctrlKey && !event.metaKey
            if (isLetter && event.target.matches(".result-text")) field.focus() // and there it is typed
            return
        }
        event.preventDefault()
    })

    /** Enter in the field: what was typed last is looked up before its first row is opened. */
    async function openFirst() {
        await run()
        links()[0]?.click()
    }

    dialog.addEventListener("click", event => {
        const link = event.target.closest(".search-body a")
        // A name that was offered is looked up here; a result on this very page is only a jump.
        if (link?.closest(".nearest")) {
            event.preventDefault()
            field.value = link.textContent
            field.focus()
            run()
        } else if (link || event.target === dialog) dialog.close()
    })
    close.addEventListener("click", () => dialog.close())

    slash.addEventListener("click", () => {
        searchTools.letSlashOpen(slash.dataset.next === "on")
        showSetting(slash.dataset.next === "on")
    })
    function showSetting(opens) {
        slash.dataset.next = opens ? "off" : "on"
        slash.textContent = opens ? words.slash_off : words.slash_on
    }
    showSetting(searchTools.slashOpens())
    run()

    return { openFirst }
})()
