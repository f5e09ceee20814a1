// The search as a page: filters, sorting and pages of results, all of it in the address.
"use strict"

{
    const { element, row, nothing, failure, filled, counted, number, words } = searchRows
    const perPage = 10
    const facetsShown = 8
    const filterNames = ["kind", "publisher", "person", "organization", "place", "year", "topic"]
    const kinds = { passage: words.passage, event: words.event, name: words.name }
    let asked = 0
    let lookedUp = ""
    let timer
    let left = ""

    const { field } = searchTools
    const count = element("p.search-count", { role: "status" })
    const clear = element("a", { hidden: true }, words.clear)
    const sorting = element("p.search-sort")
    const head = element("div.results-head", {}, count, clear, sorting)
    const state = element("div")
    const list = element("ol.results", { "aria-label": words.results })
    const steps = element("nav.search-pages", { "aria-label": words.result_pages })
    const facets = element("div.facet-lists")
    const filters = element("details.search-filters", {}, element("summary.button", {}, words.show_filters), facets)
    const note = element("p.search-note.meta", {}, words.note)
    const found = element("div.search-found", {}, head, state, list, steps, note)
    field.ariaLabel = field.placeholder = words.placeholder
    // The line for readers without JavaScript goes; the field stays where it is, or it would lose the focus.
    while (field.form.nextSibling) field.form.nextSibling.remove()
    const columns = element("div.search-columns", {}, filters, found)
    field.form.after(columns)

    // --- the address ----------------------------------------------------------------------------------------------

    function read() {
        const state = new URLSearchParams(location.hash.slice(1))
        return {
            q: state.get("q") ?? "",
            sort: state.get("sort") === "date" ? "date" : "",
            page: Math.max(1, Number.parseInt(state.get("page"), 10) || 1),
            facets: state.has("facets"),
            filters: Object.fromEntries(filterNames.map(name => [name, state.getAll(name)])),
        }
    }

    function address({ q, sort, page, facets, filters }) {
        const state = new URLSearchParams()
        if (q) state.set("q", q)
        for (const name of filterNames) for (const value of filters[name]) state.append(name, value)
        if (sort) state.set("sort", sort)
        if (page > 1) state.set("page", page)
        if (facets) state.set("facets", "1")
        return `#${state}`
    }

    const but = change => address({ ...read(), page: 1, ...change })
    const without = () => Object.fromEntries(filterNames.map(name => [name, []]))
    const isFiltered = ({ filters }) => filterNames.some(name => filters[name].length)

    // --- searching ------------------------------------------------------------------------------------------------

    field.addEventListener("input", () => {
        clearTimeout(timer)
        timer = setTimeout(typed, searchFind.pause())
        isBusy()
    })
    field.form.addEventListener("submit", event => {
        event.preventDefault()
        typed()
    })

    /** Letters are not steps that one goes back: the address is only replaced. */
    function typed() {
        history.replaceState(null, "", but({ q: field.value.trim() }))
        run()
    }

    /** Shows what the address says; what is typed meanwhile is looked up next, and until then the list is a busy one. */
    async function run() {
        const now = read()
        const mine = ++asked
        lookedUp = now.q
        timer = clearTimeout(timer)
        left = signOf(document.activeElement) || left
        isBusy()
        await showWhatIsFound(now, mine)
        if (mine !== asked || timer) return
        list.removeAttribute("aria-busy")
        if (left && document.activeElement.matches("body, [hidden], [hidden] *")) comeBack()
        left = ""
    }

    /** A filter that was followed before the last letters were looked up is one of what stands in the field. */
    function went() {
        if (timer && read().q === lookedUp) typed()
        else run()
    }

    const isBusy = () => list.setAttribute("aria-busy", "true")

    async function showWhatIsFound(now, mine) {
        if (field.value.trim() !== now.q) field.value = now.q
        filters.open = now.facets || isFiltered(now)
        showSorting(now)
        if (!now.q) {
            facets.replaceChildren()
            return show({ text: element("p.search-state", {}, words.hint) })
        }
        const slow = setTimeout(() => mine === asked && showLoading(), 250)
        try {
            if (filters.open) await searchFind.facets()
            const result = await searchFind.find(now.q, {
                filters: now.filters,
                sort: now.sort,
                from: (now.page - 1) * perPage,
                count: perPage,
            })
            if (mine === asked) await showFound(now, result)
        } catch {
            if (mine === asked) show({ text: failure(run) })
        } finally {
            clearTimeout(slow)
        }
    }

    /** The links around the list stay: a reader has just followed one of them. */
    function showLoading() {
        state.replaceChildren(element("p.search-state", {}, words.loading))
        list.replaceChildren()
        list.hidden = true
        count.replaceChildren()
    }

    function showFound(now, { rows, pages, unfiltered, filters: counts }) {
        const last = Math.ceil(pages / perPage)
        if (last && now.page > last) {
            // An older edition had more, or somebody mistyped it.
            history.replaceState(null, "", address({ ...now, page: last }))
            return run()
        }
        if (filters.open) showFacets(now, counts)
        const sentence = isFiltered(now) ? words.nothing_filtered : words.nothing
        const text = pages ? null : nothing(now.q, sentence, name => but({ q: name, filters: without() }))
        show({ text, rows: rows.map(row), counted: said(now, pages, unfiltered), filtered: isFiltered(now) })
        showSteps(now, last)
    }

    function said(now, pages, unfiltered) {
        if (!isFiltered(now)) return [element("b", {}, counted(words.pages, pages))]
        const chosen = filterNames.flatMap(name => now.filters[name].map(value => shownAs(name, value))).join(", ")
        const of = counted(words.pages_of, unfiltered, { n: number(pages), total: number(unfiltered) })
        return [element("b", {}, of), ` ${filled(words.filtered_by, { filters: chosen })}`]
    }

    function show({ text, rows = [], counted: said = [], filtered = false }) {
        state.replaceChildren(...(text ? [text] : []))
        list.replaceChildren(...rows)
        list.hidden = !rows.length
        count.replaceChildren(...said)
        clear.hidden = !filtered
        clear.href = but({ filters: without() })
        steps.replaceChildren()
        steps.hidden = true
        sorting.hidden = !rows.length
    }

    function showSorting(now) {
        const choice = (sort, word) =>
            element("a", { href: but({ sort }), ...(now.sort === sort && { "aria-current": "true" }) }, word)
        sorting.replaceChildren(`${words.sort_by} `, choice("", words.relevance), " · ", choice("date", words.date))
    }

    function showSteps(now, last) {
        steps.hidden = last < 2
        if (last < 2) return
        const link = (page, word) => element("a", { href: address({ ...now, page }) }, word)
        const step = (page, word) => (page < 1 || page > last ? [] : [link(page, word)])
        steps.replaceChildren(
            ...step(now.page - 1, words.previous),
            element("span", {}, filled(words.page_of, { n: now.page, total: last })),
            ...step(now.page + 1, words.next),
        )
    }

    // --- the focus ------------------------------------------------------------------------------------------------

    /** What a link around the results is known by when it is written anew; empty for anything else. */
    function signOf(link) {
        if (!link.matches("a") || !columns.contains(link) || list.contains(link)) return ""
        const part = link.closest("section, p, nav")
        return `${part?.getAttribute("aria-labelledby") ?? part?.className ?? ""}: ${link.textContent}`
    }

    /** A reader who followed a link that was then written anew is on it again; after a step, on the first result. */
    function comeBack() {
        const links = Array.from(columns.querySelectorAll("a:not([hidden], [hidden] *)"))
        const isStep = left.startsWith(`${steps.className}:`)
        const next = isStep ? list.querySelector("a") : links.find(link => signOf(link) === left)
        const folded = next?.closest("details")
        if (folded) folded.open = true
        ;(next ?? field).focus({ preventScroll: isStep })
        if (isStep) head.scrollIntoView()
    }

    // --- filters --------------------------------------------------------------------------------------------------

    filters.addEventListener("toggle", () => {
        const now = read()
        if (filters.open === (now.facets || isFiltered(now))) return
        if (filters.open && now.q) facets.replaceChildren(element("p.meta", {}, words.loading_filters))
        history.replaceState(null, "", address({ ...now, facets: filters.open }))
        if (filters.open) run()
    })

    function showFacets(now, counts) {
        facets.replaceChildren(...filterNames.flatMap(name => facetOf(name, now, counts[name] ?? {})))
    }

    function facetOf(name, now, counts) {
        const values = Object.keys(counts).filter(value => counts[value] || now.filters[name].includes(value))
        if (!values.length) return []
        values.sort((one, other) => counts[other] - counts[one] || one.localeCompare(other, searchRegister.language))
        const items = values.map(value => facet(name, value, now, counts[value]))
        const id = `by-${name}`
        const first = element("ul.facets", {}, ...items.slice(0, facetsShown))
        const rest = restOf(items.slice(facetsShown))
        return [element("section", { "aria-labelledby": id }, element("h2.label", { id }, words[name]), first, ...rest)]
    }

    function restOf(items) {
        if (!items.length) return []
        const open = items.some(item => item.matches(".chosen"))
        const summary = element("summary", {}, counted(words.more, items.length))
        return [element("details.more", { open }, summary, element("ul.facets", {}, ...items))]
    }

    function facet(name, value, now, n) {
        const isChosen = now.filters[name].includes(value)
        const values = isChosen ? now.filters[name].filter(other => other !== value) : [...now.filters[name], value]
        const href = but({ filters: { ...now.filters, [name]: values } })
        const link = element("a", { href, ...(isChosen && { "aria-current": "true" }) }, shownAs(name, value))
        return element(isChosen ? "li.chosen" : "li", {}, link, element("span.figure", {}, number(n ?? 0)))
    }

    const shownAs = (name, value) => (name === "kind" ? kinds[value] ?? value : value)

    addEventListener("hashchange", went)
    if (field.value) typed()
    else run()
}
