// No report of the safeguarding partners is stated to have been published in the last 12 months.
//
// Severity: note.
// Authority: Children Act 2004, section 16G: at least once in every 12 months the safeguarding partners must
//   publish a report on what was done under the arrangements and how effective they were.
//
// Mend: Add an event of the kind publication, with its date, its citation and `annual report` or `yearly
//   report` in its name, that concerns the partnership or a body of it. Where nothing was published, the
//   three partners have to do it.
//
// $as_of: Date = today. The day asked about.
// $instruments: Instrument, several. The guidance.
//
// subject_id, subject: What the guidance has mandated for 12 months: a partnership, or a body in none.
// message: Since when no report is stated.
// certainty: The weaker of what is mandated and its mandate.
// citations: Where both are taken from; a list.
//
// Sorted by subject_id.
WITH toString(toInteger(substring($as_of, 0, 4)) - 1) + substring($as_of, 4) AS since
MATCH (instrument:Instrument)
WHERE instrument.id IN $instruments
MATCH (subject:Body|Partnership)-[mandate:MANDATED_BY]->(instrument)
WHERE mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  // Until the end of September 2019 the former boards could go on.
  AND mandate.holds_from <= since AND '2019-09-30' <= since
WITH DISTINCT subject, since
WHERE NOT EXISTS {
  MATCH (subject)-[part:PART_OF*1..10]->(whole)-[other:MANDATED_BY]->(guidance:Instrument)
  WHERE guidance.id IN $instruments AND whole.id <> subject.id
    AND other.holds_from <= $as_of AND $as_of <= other.holds_to
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
} AND NOT EXISTS {
  MATCH (subject)<-[part:PART_OF*0..10]-(place)<-[:CONCERNS]-(event:Event)
  WHERE event.kind = 'publication' AND since < event.holds_to AND event.holds_from <= $as_of
    AND (toLower(event.name) CONTAINS 'annual report' OR toLower(event.name) CONTAINS 'yearly report')
    AND all(line IN part WHERE line.holds_from <= $as_of AND $as_of <= line.holds_to)
}
WITH subject, 'is not stated to have published a yearly report in the 12 months to ' + $as_of AS message
CALL (subject) {
  RETURN subject.certainty AS fact_certainty, subject.citations AS fact_citations
  UNION ALL
  MATCH (subject)-[mandate:MANDATED_BY]->(instrument:Instrument)
  WHERE instrument.id IN $instruments
    AND mandate.holds_from <= $as_of AND $as_of <= mandate.holds_to
  RETURN mandate.certainty AS fact_certainty, mandate.citations AS fact_citations
}
UNWIND CASE WHEN size(fact_citations) = 0 THEN [null] ELSE fact_citations END AS citation
WITH subject, message, fact_certainty, citation ORDER BY citation
WITH subject, message,
  collect(DISTINCT fact_certainty) AS certainties, collect(DISTINCT citation) AS citations
RETURN subject.id AS subject_id, subject.name AS subject, message,
  CASE WHEN 'ambiguous' IN certainties THEN 'ambiguous'
    WHEN 'inferred' IN certainties THEN 'inferred' ELSE 'stated' END AS certainty,
  citations
ORDER BY subject_id
