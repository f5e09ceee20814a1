// How results look, in the dialog and on the page. Texts of sources become text nodes, never markup.
"use strict"

window.searchRows = (() => {
    const { words, language } = searchRegister
    const [long, short] = [230, 130]
    const kinds = { passage: words.passage, event: words.event, name: words.name }

    /** An element: `element("p.meta", {hidden: true}, "text", child, …)`. */
    function element(name, properties = {}, ...children) {
        const [tag, ...classes] = name.split(".")
        const made = document.createElement(tag)
        if (classes.length) made.className = classes.join(" ")
        for (const [key, value] of Object.entries(properties)) {
            if (key in made) made[key] = value
            else made.setAttribute(key, value)
        }
        made.append(...children.filter(child => child !== "" && child != null))
        return made
    }

    const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name])
    const counted = ({ one, more }, n, values = {}) => filled(n === 1 ? one : more, { n: number(n), ...values })
    const number = n => n.toLocaleString(language)

    function row(result) {
        const [place, ...others] = result.places
        const { href } = place
        const text = result.passage
            ? [element("a.result-text", { href, dir: "auto" }, ...excerpt(result.passage))]
            : [element("a.result-text.result-title", { href, dir: "auto" }, ...excerpt(result.title))]
        if (place.source) text.push(sourceLine(place, others, result))
        else text.push(aboutOf(result))
        const kind = result.kind === "passage" && !place.line ? words.summary : kinds[result.kind] ?? ""
        return element("li.result", {}, element("p.label", {}, kind), element("div", {}, ...text))
    }

    /** What is said of an event or a name. */
    function aboutOf({ kind, words: found, text, about, named: counts, places: [place] }) {
        const shown = found ?? (kind === "name" ? text : undefined)
        const quoted = shown?.text ? [element("p.result-words", {}, ...excerpt(shown, short))] : []
        const line = counts ? [namedOften(...counts.split("in").map(Number))] : [about, about && " ", date(place)]
        return element("div", {}, ...quoted, element("p.meta", {}, ...line))
    }

    function namedOften(times, sources) {
        const total = number(searchRegister.articles)
        return `${counted(words.mentions, times)}, ${counted(words.sources, sources, { total })}`
    }

    function sourceLine(place, others, { passage, more }) {
        const title = place.title && passage ? [` · ${place.title}`] : []
        const link = other => element("a", { href: other.href }, filled(words.also_in, { source: named(other) }))
        const also = others.flatMap(other => [" · ", link(other)])
        const rest = more ? [element("span.detail", {}, ` · ${counted(words.more_here, more)}`)] : []
        return element("p.meta", {}, ...source(place), " · ", date(place), ...title, ...also, ...rest)
    }

    const named = ({ source, line }) => (line ? `${source} ¶${line}` : source)
    const date = place => doubtful(place.date, place.inferred.includes("date"))
    const source = place => [
        doubtful(place.source, place.inferred.includes("source")),
        place.line ? ` ¶${place.line}` : "",
    ]
    const doubtful = (text, isDoubtful) => element(isDoubtful ? "span.inferred" : "span", {}, text ?? "")

    /** A text around its first marked words, cut where it is long, its words marked. */
    function excerpt({ text, marks }, longest = long) {
        const start = startOf(text, marks, longest)
        const end = endOf(text, start, longest)
        const parts = start ? ["… "] : []
        let done = start
        for (const mark of marks) {
            if (mark.start < done || mark.end > end) continue
            parts.push(text.slice(done, mark.start), element("mark.found", {}, text.slice(mark.start, mark.end)))
            done = mark.end
        }
        parts.push(text.slice(done, end), end < text.length ? " …" : "")
        return parts
    }

    function startOf(text, marks, longest) {
        const hit = marks[0]?.start ?? 0
        if (text.length <= longest || (marks.at(-1)?.end ?? 0) <= longest * 0.7) return 0
        const ends = Array.from(text.slice(0, hit).matchAll(/[.!?…]["”’»“]?\s+/g))
        const sentence = Math.max(0, ...ends.map(({ 0: found, index }) => index + found.length))
        if (hit - sentence <= longest / 2) return sentence
        const space = text.indexOf(" ", hit - longest / 3)
        return space >= 0 && space < hit ? space + 1 : hit
    }

    function endOf(text, start, longest) {
        if (text.length - start <= longest) return text.length
        const space = text.lastIndexOf(" ", start + longest)
        return space > start ? space : start + longest
    }

    /** What stands where nothing was found: the names of the register that are nearest to the query. */
    function nothing(query, sentence, addressOf) {
        const names = searchFind.nearest(query)
        const offered = names.map(({ name }) => element("li", {}, element("a", { href: addressOf(name) }, name)))
        return element(
            "div.search-state",
            {},
            element("p", {}, filled(sentence, { query })),
            ...(names.length ? [element("p.meta", {}, words.nearest), element("ul.nearest", {}, ...offered)] : []),
        )
    }

    function failure(again) {
        return element(
            "div.search-state",
            { role: "alert" },
            element("p", {}, words.failed),
            element("button.button", { type: "button", onclick: again }, words.try_again),
        )
    }

    return { element, row, nothing, failure, filled, counted, number, words }
})()
