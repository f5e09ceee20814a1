// From what a reader types to passages: names in any spelling, paragraphs instead of pages, one row for one wire story.
"use strict"

window.searchFind = (() => {
    const { fold, wordsOf, occurrences } = searchTools
    const token = /^ƿqx[bcfghjkpqvwz]{12}$/
    const paragraphEnd = /\|$/ // the sign at the end of a paragraph, see search.py
    const sixteen = "bcdfghjklmnpqrst"
    const perPage = 3
    const joint = /\u2060 |\u2060$/g // after a letter that was made a word, see scripts.py
    const exact = /^\s*["“”„«»](.+)["“”„«»]\s*$/s
    const entities = searchRegister.entities.map(([name, href, token, forms]) => ({ name, href, token, forms }))
    const owners = new Map()
    for (const entity of entities) {
        for (const form of new Set(entity.forms.map(key))) owners.set(form, [...(owners.get(form) ?? []), entity])
    }
    const shared = new Map(searchRegister.shared)
    let took = 0
    const longest = Math.max(1, ...Array.from(owners.keys(), form => form.split(" ").length))

    function key(text) {
        return wordsOf(text).map(({ word }) => word).join(" ")
    }

    /** What the engine is asked for: a name's token instead of its form. `names`: whose forms are to be marked. */
    function understood(query) {
        const phrase = exact.exec(query)
        if (phrase) return { terms: `"${lettersApart(phrase[1].replace(/[’‘]/g, "'"))}"`, names: [] }
        const words = wordsOf(query)
        const whole = words.map(({ word }) => word).join(" ")
        if (owners.has(whole)) return { terms: tokenOf(whole), names: [whole] }
        const terms = []
        const names = []
        for (let n = 0; n < words.length; ) {
            const form = nameAt(words, n, query)
            const length = form ? form.split(" ").length : 1
            if (form) names.push(form)
            terms.push(form ? tokenOf(form) : query.slice(words[n].start, words[n].end))
            n += length
        }
        const isOneRow = words.length > 1 && words.every(({ start }, n) => !n || start === words[n - 1].end)
        return { terms: isOneRow && !names.length ? `"${terms.join(" ")}"` : terms.join(" "), names }
    }

    /** Words that follow each other without a space, as the letters of some scripts do, with one between. */
    function lettersApart(text) {
        const inside = wordsOf(text).filter(({ start }, n, all) => n && start === all[n - 1].end)
        return inside.reduceRight((done, { start }) => `${done.slice(0, start)} ${done.slice(start)}`, text)
    }

    const tokenOf = form => shared.get(form) ?? owners.get(form)[0].token

    function nameAt(words, n, query) {
        for (let length = Math.min(longest, words.length - n); length > 0; length--) {
            const form = words.slice(n, n + length).map(({ word }) => word).join(" ")
            const typed = query.slice(words[n].start, words[n + length - 1].end)
            // “us” and “who” are words before they are names.
            if (owners.has(form) && (form.length > 3 || typed === typed.toUpperCase())) return form
        }
        return ""
    }

    const phrasesOf = names =>
        names.flatMap(form => owners.get(form).flatMap(({ forms }) => forms.map(one => key(one).split(" "))))

    /**
     * Searches. `filters`: {publisher: ["Reuters", …], …}; `from`, `count`: which of the pages found are wanted.
     * Resolves with `rows`, the number of `pages` found, of those found without filters, and the counts of `filters`.
     */
    async function find(query, { filters = {}, sort = "", from = 0, count = 10 } = {}) {
        const { terms, names } = understood(query)
        const engine = await searchEngine.load()
        const chosen = Object.entries(filters).filter(([, values]) => values.length)
        const found = await engine.search(terms, {
            filters: Object.fromEntries(chosen.map(([name, values]) => [name, { any: values }])),
            sort: sort === "date" ? { date: "desc" } : {},
        })
        // The pages before, and some after, too: a passage printed twice is one row, wherever its two pages stand.
        const wanted = found.results.slice(0, from + count + (found.results.length > from + count ? count : 0))
        const pages = await Promise.all(wanted.map(result => result.data()))
        const begun = performance.now()
        const phrases = phrasesOf(names)
        const read = pages.map(page => ({ ...page, ...passagesOf(page, phrases) }))
        if (read.length && !answers(read[0], terms)) return { rows: [], pages: 0, unfiltered: 0, filters: {} }
        const rows = rowsOf(read).filter(row => row.page >= from && row.page < from + count)
        const [{ search: searching }] = found.timings
        took = searching + performance.now() - begun
        const { results, unfilteredResultCount: unfiltered, filters: counts } = found
        return { rows, pages: results.length, unfiltered, filters: counts }
    }

    /**
     * Whether a page has what was asked for. For a word that is nowhere, the engine takes one that it begins with:
     * “constructor” would find every “C”. A word that shares half of the letters may be another form of it.
     */
    function answers({ content, locations, raw_content, meta }, terms) {
        const words = wordsAsCounted({ raw_content, content })
        const found = locations.flatMap(location => wordsOf(words[location] ?? ""))
        const had = [...found, ...Object.values(meta).flatMap(wordsOf)].map(({ word }) => word)
        const asked = wordsOf(terms).map(({ word }) => word)
        return asked.every(word => token.test(word) || had.some(one => inCommon(one, word) >= word.length / 2))
    }

    function inCommon(one, other) {
        let n = 0
        while (n < one.length && one[n] === other[n]) n++
        return n
    }

    /**
     * How long to wait for another letter, in ms: as long as the last search took, or it would hold up the typing.
     * What had to be loaded for it does not count: that holds up nothing, and is there the next time.
     */
    const pause = () => Math.min(300, Math.max(30, took))

    // --- passages of a page ---------------------------------------------------------------------------------------

    /** Its `passages`, the best first, and the first `text` after its title. */
    function passagesOf(page, phrases) {
        const words = wordsAsCounted(page)
        const hits = new Set(page.locations.filter(location => words[location] && !token.test(words[location])))
        const all = paragraphsOf(page, words.length).map(paragraph => passageOf(paragraph, words, hits, phrases))
        const passages = all
            .filter(({ marks }) => marks.length)
            .map((passage, place) => ({ ...passage, place }))
            .sort((one, other) => worth(other) - worth(one) || one.place - other.place)
        return { passages, text: all.find(({ isTitle }) => !isTitle) }
    }

    /** What is asked for at all counts before how often. */
    const worth = ({ kinds, marks }) => 1000 * kinds + marks.length

    /** The page's words, at the places by which the engine counts them. */
    function wordsAsCounted({ raw_content: raw = "", content }) {
        if (!raw.includes("\u200b")) return content.split(/\s+/)
        const plain = word => word.trim().replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&")
        return raw.split("\u200b").map(plain)
    }

    /** Where its paragraphs begin and end; before the first of them stand the title and the summary. */
    function paragraphsOf(page, length) {
        const starts = page.anchors
            .filter(({ id }) => /^p\d+$/.test(id))
            .map(({ id, location }) => ({ id, start: location }))
            .sort((one, other) => one.start - other.start)
        const title = wordsAsCounted({ content: page.meta.title ?? "" }).length
        const head = [{ id: "", start: 0, isTitle: true }, { id: "", start: title }]
        return [...head, ...starts].map((one, n, all) => ({ ...one, end: all[n + 1]?.start ?? length }))
    }

    function passageOf({ id, start, end, isTitle }, words, hits, phrases) {
        let text = ""
        const marks = []
        for (let n = start; n < end; n++) {
            if (token.test(words[n]) || words[n] === "|") continue
            if (text) text += text.endsWith("\u2060") ? "" : " "
            text = text.replace(joint, "")
            if (hits.has(n)) marks.push(...trimmed(words[n], text.length))
            text += words[n].replace(paragraphEnd, "")
        }
        text = text.replace(joint, "")
        const inNames = occurrences(text, phrases)
        const isInName = mark => inNames.some(name => mark.start < name.end && name.start < mark.end)
        const all = [...inNames, ...joined(marks.filter(mark => !isInName(mark)))]
        all.sort((one, other) => one.start - other.start)
        // Words that begin alike are taken for one: “mineral”, “minerals”.
        const kinds = new Set(all.map(mark => (mark.phrase ? "a name" : mark.word.slice(0, 5)))).size
        return { id, isTitle, text, marks: all, kinds }
    }

    /** Marks, those that touch made one: the letters of a word that the engine knows as words. */
    function joined(marks) {
        const all = []
        for (const mark of marks) {
            const last = all.at(-1)
            if (last?.end === mark.start) all.splice(-1, 1, { ...last, end: mark.end, word: last.word + mark.word })
            else all.push(mark)
        }
        return all
    }

    /** A word without the signs around it. */
    function trimmed(word, offset) {
        const parts = wordsOf(word)
        if (!parts.length) return []
        return [{ start: offset + parts[0].start, end: offset + parts.at(-1).end, word: parts[0].word }]
    }

    // --- rows -----------------------------------------------------------------------------------------------------

    /** A row for each passage that is shown, that of two prints in one; `more`: how many a page has beside. */
    function rowsOf(pages) {
        const rows = []
        pages.forEach((page, n) => {
            const kind = page.filters.kind?.[0] ?? ""
            if (kind !== "passage") return rows.push(rowOf(page, n, kind))
            const own = []
            let printed = 0
            for (const passage of page.passages.filter(({ isTitle }) => !isTitle)) {
                const twin = rows.find(row => samePassage(row, page, passage))
                if (twin) {
                    twin.places.push(placeOf(page, passage))
                    printed++
                } else own.push(passage)
            }
            for (const passage of own.slice(0, perPage)) {
                const places = [placeOf(page, passage)]
                rows.push({ kind, page: n, passage, origin: page.meta.origin, places, more: 0 })
            }
            if (own.length) rows.at(-1).more = Math.max(0, own.length - perPage)
            else if (!printed) rows.push(rowOf(page, n, kind))
        })
        return rows
    }

    function rowOf(page, n, kind) {
        const found = page.passages.find(({ isTitle }) => isTitle)
        // The engine ends a title with a full stop.
        const title = { marks: [], ...found, text: titleOf(page) }
        const words = page.passages.find(({ isTitle }) => !isTitle)
        const [about, named] = [shown(page.meta.about), shown(page.meta.named)]
        const { text, meta: { date } } = page
        return { kind, page: n, title, words, text, about, named, date, places: [placeOf(page)], more: 0 }
    }

    /** A text that nobody should find by its words, as it was before the builder wrote it in sixteen letters. */
    function shown(text) {
        const pairs = text?.slice(1).match(/../g) ?? []
        const bytes = pairs.map(([high, low]) => sixteen.indexOf(high) * 16 + sixteen.indexOf(low))
        return new TextDecoder().decode(Uint8Array.from(bytes))
    }

    const titleOf = ({ meta }) => (meta.title ?? "").replace(joint, "")

    function placeOf(page, { id } = { id: "" }) {
        const markedIn = ({ text, marks }) => marks.map(({ start, end }) => key(text.slice(start, end)))
        const marked = page.passages.flatMap(markedIn)
        const phrases = Array.from(new Set(marked), phrase => phrase.split(" "))
        return {
            href: page.url + searchTools.fragment(id, phrases),
            source: page.meta.source?.replace(joint, ""),
            line: id.slice(1),
            date: page.meta.date,
            title: titleOf(page),
            inferred: (page.meta.inferred ?? "").replaceAll("ƿqx", "").split(" "),
        }
    }

    /** Whether a passage is what a row shows already, as another paper prints the same story. */
    function samePassage(row, page, passage) {
        if (!row.origin || row.origin !== page.meta.origin || row.places[0].title === titleOf(page)) return false
        const [one, other] = [row.passage.text, passage.text].map(stretches)
        const [less, more] = one.size < other.size ? [one, other] : [other, one]
        const common = Array.from(less).filter(stretch => more.has(stretch)).length
        return common / less.size >= 0.5
    }

    function stretches(text) {
        const words = wordsOf(text).map(({ word }) => word)
        return new Set(words.map((_, n) => words.slice(n, n + 3).join(" ")).slice(0, Math.max(1, words.length - 2)))
    }

    // --- names near to a query ------------------------------------------------------------------------------------

    /** Entities with a form that begins like the query or differs from it by a few letters, the nearest first. */
    function nearest(query, count = 5) {
        const asked = key(query)
        if (!asked) return []
        const most = asked.length < 3 ? 0 : Math.max(1, Math.floor(asked.length / 3))
        const isUnspaced = wordsOf(query)[1]?.start === wordsOf(query)[0].end
        const near = new Map()
        for (const [form, named] of owners) {
            const distances = [form, ...form.split(" ")].map(one => differing(one, asked, most))
            // Where words are written without spaces, a part of a name may stand anywhere in it.
            const begins = form.startsWith(asked) || (isUnspaced && form.includes(asked))
            const distance = begins ? 0 : Math.min(...distances)
            if (distance > most) continue
            for (const entity of named) near.set(entity, Math.min(distance, near.get(entity) ?? Infinity))
        }
        return Array.from(near)
            .sort(([one, a], [other, b]) => a - b || one.name.localeCompare(other.name))
            .slice(0, count)
            .map(([entity]) => entity)
    }

    /** How many letters have to be changed, put in or left out, if they are at most `most`. */
    function differing(one, other, most) {
        if (Math.abs(one.length - other.length) > most) return Infinity
        let before = Array.from({ length: other.length + 1 }, (_, n) => n)
        for (let i = 1; i <= one.length; i++) {
            const row = [i]
            for (let j = 1; j <= other.length; j++) {
                row[j] = Math.min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one[i - 1] !== other[j - 1]))
            }
            if (Math.min(...row) > most) return Infinity
            before = row
        }
        return before[other.length]
    }

    const facets = async () => (await searchEngine.load()).filters()

    return { find, pause, facets, nearest, understood }
})()
